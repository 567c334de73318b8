// The questions of notebook 07.
import type { Choice } from '../question';

export const waitingQuestions = {
  'who-waits': {
    right: 'b',
    replies: {
      a: 'In the picture, look at the time in which the child works. Whose bar says "waits"?',
      b: 'Who calls join() waits. The child does not even notice.',
      c: 'If both stood still, who would do the work? Look at the picture once more: who does it, and who says "waits"?',
    },
  },
  'join-in-loop': {
    right: 'b',
    replies: {
      a: 'Look at the first picture: when does the second cook begin, and when has the first one gone?',
      b: 'All have begun before the parent waits for the first time. A join() behind each start() lets only one live at a time.',
      c: 'The two pictures differ. In which one do the bars of the cooks lie above each other?',
    },
  },
  'join-total': {
    right: 'b',
    replies: {
      a: 'Adding is right for cooks who work one after the other. These have all begun together.',
      b: 'It waits for the slowest. When that join() is over, the others have ended, and their join() returns at once.',
      c: 'Then one is ready. But the parent calls join() for all of them.',
    },
  },
} as const satisfies Record<string, Choice>;
