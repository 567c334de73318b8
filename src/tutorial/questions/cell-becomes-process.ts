// The question of appendix B.
import type { Choice } from '../question';

export const cellQuestions = {
  travels: {
    right: 'c',
    replies: {
      a: 'It travels as numbers and texts do: a copy is made at start(). Try it in a cell.',
      b: 'A lock does travel: it is the same lock in both processes. That is what it is for.',
      c: 'An open connection belongs to one process. The child has to open one of its own.',
    },
  },
} as const satisfies Record<string, Choice>;
