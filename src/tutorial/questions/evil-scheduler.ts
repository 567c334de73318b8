// The question of notebook 13.
import type { Choice } from '../question';

export const evilQuestions = {
  'evil-moment': {
    right: 'b',
    replies: {
      a: 'Then it has nothing in its hand that could become old. What makes a value old?',
      b: 'What it has read becomes old while the other one writes. Then it writes a result made of the old value.',
      c: 'Then it can lose nothing any more, and the other one sees all that it did.',
    },
  },
} as const satisfies Record<string, Choice>;
