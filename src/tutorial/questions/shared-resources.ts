// The questions of notebook 05.
import type { Choice } from '../question';

export const sharedQuestions = {
  'plus-plus': {
    right: 'b',
    replies: {
      a: 'A short line is not one step. What must the computer know before it can write the new number?',
      b: 'However it is written, the old number is read first and the new one is written later. In between, others may come.',
      c: 'With one core the processes take turns, and a turn may end anywhere: also between reading and writing.',
    },
  },
} as const satisfies Record<string, Choice>;
