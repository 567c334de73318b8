// Answers to the exercises of notebook 02.
import type { Answers } from './answers';

export default {
  three: {
    right: [
      `class Greeter extends Process {
  run() {
    hi();
  }
}
function threeGreeters() {
  for (let i = 0; i < 3; i++) new Greeter().start();
}`,
      `function threeGreeters() {
  for (let i = 0; i < 3; i++) new Process({ target: hi }).start();
}`,
      `const threeGreeters = () => [1, 2, 3].map(() => new Process({ target: hi })).forEach((p) => p.start());`,
    ],
    wrong: [
      // Three times the same object.
      [
        `function threeGreeters() {
  Array(3).fill(new Process({ target: hi })).forEach((p) => p.start());
}`,
        /twice on the same Process object/,
      ],
      [
        `function threeGreeters() {
  for (let i = 0; i <= 3; i++) new Process({ target: hi }).start();
}`,
        /the parent started 4 children; it must be exactly 3/,
      ],
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
      [
        `function threeGreeters() {
  const hiAndMore = (more: number) => {
    hi();
    if (more > 0) new Process({ target: hiAndMore, args: [more - 1] }).start();
  };
  new Process({ target: hiAndMore, args: [2] }).start();
}`,
        /the parent started 1 child; it must be exactly 3/,
      ],
      [
        `function threeGreeters() {
  for (let i = 0; i < 3; i++) new Process({ target: () => { hi(); hi(); } }).start();
}`,
        /greeted 2 times/,
      ],
      ['function threeGreeters() {}', /no process was made/],
    ],
  },
} satisfies Record<string, Answers>;
