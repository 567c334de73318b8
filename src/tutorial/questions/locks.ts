// The questions of notebook 06.
import type { Choice } from '../question';

export const lockQuestions = {
  'whose-turn': {
    right: 'b',
    replies: {
      a: 'That would be fair, and often it is so. But does anybody promise it? Look at the order of the lines in your run.',
      b: 'A lock promises one thing: one at a time. Who is next, it does not promise.',
      c: 'Then five would be inside at the same time. What does a lock promise?',
    },
  },
  'where-to-lock': {
    right: 'c',
    replies: {
      a: 'A test shows one order of many. The other two functions touch the same money: what can come between?',
      b: 'Who only reads may read between two changes that belong together, and then do the wrong thing. Think of looking before booking.',
      c: 'All who use the money take the same lock. One who does not is enough to break it.',
    },
  },
} as const satisfies Record<string, Choice>;
