// Answers to the exercises of notebook 03.
import type { Answers } from './answers';

export default {
  greeters: {
    right: [
      `function greeters(name: string, count: number) {
  const say = () => console.log(\`\${name}, here is \${currentProcess().pid}\`);
  while (count-- > 0) new Process({ target: say }).start();
}`,
    ],
    wrong: [
      [
        `function greeters(name: string, count: number) {
  for (let i = 0; i <= count; i++) new Process({ target: greet, args: [name] }).start();
}`,
        /3 children were wanted, 4 came/,
      ],
      [
        `function greeters(name: string, count: number) {
  const p = new Process({ target: greet, args: [name] });
  for (let i = 0; i < count; i++) p.start();
}`,
        /twice on the same Process object/,
      ],
      [
        `function greeters(name: string, count: number) {
  for (let i = 0; i < count; i++) greet(name);
}`,
        /no process was made/,
      ],
    ],
  },
  squares: {
    right: [
      `function squares(count: number) {
  const square = (n: number) => console.log(n, n * n);
  for (let i = 0; i < count; i++) new Process({ target: square, args: [i] }).start();
}`,
    ],
    wrong: [
      [
        `function squares(count: number) {
  for (let i = 0; i < count; i++) new Process({ target: () => console.log(count * count) }).start();
}`,
        /each square must come once/,
      ],
      [
        `function squares(count: number) {
  new Process({ target: () => console.log(0) }).start();
}`,
        /4 children were wanted, 1 came/,
      ],
    ],
  },
} satisfies Record<string, Answers>;
