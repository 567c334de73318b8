// The questions of notebook 00.
import type { Choice } from '../question';

export const readyQuestions = {
  cores: {
    right: 'b',
    replies: {
      a: 'A core does one thing at a time, but your computer has all its cores at work together. Look at the picture above.',
      b: 'One core moves one process at a time, so four cores move four. The other six wait a moment for their turn.',
      c: 'All ten are alive, but a core can move only one at a time. How many cores are there?',
    },
  },
} as const satisfies Record<string, Choice>;
