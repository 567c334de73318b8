// The questions of notebook 03.
import type { Choice } from '../question';

export const manyQuestions = {
  'loop-name': {
    right: 'c',
    replies: {
      a: 'A name is only a name: the letter i inside `pi` is not replaced by anything.',
      b: 'The loop runs three times, so there are three processes. Only names are missing.',
      c: 'Each run of the loop makes a new Process object, but its name `pi` ends with that run. Use an array to keep all three.',
    },
  },
} as const satisfies Record<string, Choice>;
