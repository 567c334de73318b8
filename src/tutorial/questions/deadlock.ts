// The questions of notebook 11.
import type { Choice } from '../question';

export const deadlockQuestions = {
  'circle-broken': {
    right: 'b',
    replies: {
      a: 'Then each sleeps before its second lock, and the other one is slow, too. Is there still an order in which each has one?',
      b: 'Who has `left` is the only one who may ask for `right`. So there is no circle, in no order.',
      c: 'More locks give more ways to wait for each other. Which locks does each one hold while it waits?',
    },
  },
  'slow-or-stuck': {
    right: 'c',
    replies: {
      a: 'A program that computes for an hour shows nothing, too. What does it do meanwhile?',
      b: 'A wait that somebody will end is no deadlock. Every `get()` and every `join()` waits.',
      c: 'All who could end the wait are waiting themselves. That is what the picture shows, and time does not change it.',
    },
  },
} as const satisfies Record<string, Choice>;
