// The questions of notebook 01.
import type { Choice } from '../question';

export const processQuestions = {
  'function-call': {
    right: 'a',
    replies: {
      a: 'A call stays in the process that makes it. Only start() asks the system for another process.',
      b: 'Look at the numbers: after the plain call, was the process number new, or the one of the notebook?',
      c: 'Nothing is left to luck here. Run the plain call again and look at its process number.',
    },
  },
  memory: {
    right: 'c',
    replies: {
      a: 'That would be true if both processes used one memory. Think of two kitchens: who painted the wall of whose kitchen?',
      b: 'The child did run, and its own copy did change. What about the copy of the parent?',
      c: 'The child changed its own copy. Nothing that it does to its variables reaches the variables of the parent.',
    },
  },
} as const satisfies Record<string, Choice>;
