// The questions of notebook 09.
import type { Choice } from '../question';

export const resultQuestions = {
  'first-answer': {
    right: 'b',
    replies: {
      a: 'It was started first, but did it also have the least to do? Look at the run with Slow and Quick once more.',
      b: 'The queue knows nothing of who was started when. What was put first comes out first.',
      c: 'Nobody throws dice here. What decides which message is in front in a queue?',
    },
  },
  'order-matters': {
    right: 'c',
    replies: {
      a: '3 + 5 and 5 + 3 are the same. This merge does not mind the order.',
      b: 'The largest of 3 and 5 is the largest of 5 and 3. This merge does not mind the order.',
      c: '"good" + "morning" is not "morning" + "good": here the result depends on who is ready first.',
    },
  },
  'join-then-get': {
    right: 'b',
    replies: {
      a: 'Take it away in your thoughts: who waits at get(), and until when?',
      b: 'get() waits until the result is there. A join() in front of it does no harm here, and is of no use.',
      c: 'The messages stay in the queue, also when the child who put them has ended.',
    },
  },
} as const satisfies Record<string, Choice>;
