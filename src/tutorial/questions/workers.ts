// The questions of notebook 10.
import type { Choice } from '../question';

export const workerQuestions = {
  sentinels: {
    right: 'c',
    replies: {
      a: 'Who takes a message takes it away. Can the second worker see it, too?',
      b: 'A worker takes many jobs, but ends once. What ends it?',
      c: 'A message is taken by one worker only. So each needs a sentinel of its own, after all the jobs.',
    },
  },
  'block-size': {
    right: 'b',
    replies: {
      a: 'Then every worker takes one number at a time. What costs more here: the message, or the work in it?',
      b: 'Few enough messages that they cost little, and enough blocks that nobody sits idle at the end.',
      c: 'One block is taken by one worker. What do the others do meanwhile?',
    },
  },
} as const satisfies Record<string, Choice>;
