// The question of appendix A.
import type { Choice } from '../question';

export const pythonQuestions = {
  'python-join': {
    right: 'b',
    replies: {
      a: 'Without `await` a wait is only promised, and the program goes on at once. What is missing?',
      b: 'The names are the same; every wait gets an `await`.',
      c: 'Classes are made with `new` here, but a call of a method is not.',
    },
  },
} as const satisfies Record<string, Choice>;
