// The question of notebook 14.
import type { Choice } from '../question';

export const capstoneQuestions = {
  'merge-where': {
    right: 'c',
    replies: {
      a: 'An ordinary variable of a child is its own copy. Would anybody else see what it adds?',
      b: 'Then every worker reads, changes and writes, and all wait at one lock. Is there a way with less waiting?',
      c: 'Each piece of work gives one small result, and only one process puts them together. So no lock is needed.',
    },
  },
} as const satisfies Record<string, Choice>;
