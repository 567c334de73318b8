// The question of notebook 14.
import type { Choice } from '../question';

export const capstoneQuestions = {
  'merge-where': {
    right: 'c',
    replies: {
      a: 'An ordinary variable of a child is its own copy. Would anybody else see what it adds?',
      b: 'Then every worker reads, adds and writes for each word, and all wait at one lock. Is there a way with fewer messages?',
      c: 'Each page gives one small result, and only one process changes the table. So no lock is needed.',
    },
  },
} as const satisfies Record<string, Choice>;
