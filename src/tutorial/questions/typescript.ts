// The question of appendix C.
import type { Choice } from '../question';

export const typescriptQuestions = {
  'typescript-map': {
    right: 'a',
    replies: {
      a: '`map` calls the function with 1, 2 and 3, and puts what it gives back into a new array.',
      b: 'An array is not a number. Something has to go through its elements, one by one.',
      c: '`map` needs a function that it can call. What must stand in front of `each * 2`?',
    },
  },
} as const satisfies Record<string, Choice>;
