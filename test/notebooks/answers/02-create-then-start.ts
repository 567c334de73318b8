// Answers to the exercises of notebook 02.
import type { Answers } from './answers';

export default {
  three: {
    right: [
      `function threeGreeters() {
  for (let i = 0; i < 3; i++) new Process({ target: hi }).start();
}`,
      `const threeGreeters = () => [1, 2, 3].map(() => new Process({ target: hi })).forEach((p) => p.start());`,
    ],
    wrong: [
      [
        `function threeGreeters() {
  const p = new Process({ target: hi });
  p.start(); p.start(); p.start();
}`,
        /twice on the same Process object/,
      ],
      [
        `function threeGreeters() {
  hi(); hi(); hi();
}`,
        /by the parent/,
      ],
      [
        `function threeGreeters() {
  new Process({ target: hi }).start();
  new Process({ target: hi }).start();
  new Process({ target: hi });
}`,
        /never got a start\(\)/,
      ],
    ],
  },
} satisfies Record<string, Answers>;
