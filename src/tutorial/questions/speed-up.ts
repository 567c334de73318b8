// The questions of notebook 12.
import type { Choice } from '../question';

export const speedQuestions = {
  'more-than-cores': {
    right: 'b',
    replies: {
      a: 'A core moves one process at a time. Where should eight cores come from?',
      b: 'Two cores compute, whatever the number of processes. Six of the eight always wait for a core.',
      c: 'They are not slower by so much: they only take turns. How many of them compute at the same moment?',
    },
  },
  'one-core-wait': {
    right: 'a',
    replies: {
      a: 'Who sleeps or waits for the network needs no core. So many can wait at the same time, on one core.',
      b: 'Computing needs a core all the time. With one core, who computes while another one computes?',
      c: 'Look at the naps again: were they faster, also with one core?',
    },
  },
} as const satisfies Record<string, Choice>;
