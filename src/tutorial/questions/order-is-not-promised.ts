// The questions of notebook 04.
import type { Choice } from '../question';

export const orderQuestions = {
  'next-on-core': {
    right: 'c',
    replies: {
      a: 'Look at your runs: was the one that was started first always the first to speak?',
      b: 'A pid is only a number, by which a process is found. Nobody is served by it.',
      c: 'The system keeps the list and chooses. You cannot see its reasons, and you cannot count on them.',
    },
  },
  'hundred-runs': {
    right: 'b',
    replies: {
      a: 'You have seen at most 100 orders. How many has a small program like the ten greeters?',
      b: 'One good order is enough for that. What it does in the other orders, the runs do not tell.',
      c: 'A rare order does not keep count. It may come in the next run, or in the first run on another computer.',
    },
  },
} as const satisfies Record<string, Choice>;
