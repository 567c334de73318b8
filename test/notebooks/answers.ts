// Answers that students give, as they type them into the exercise cell: other right ones than the solution, and wrong
// ones with the sentence that they must get. Keys are the ids of the exercise cells.

export interface Answers {
  right: string[];
  wrong: [code: string, sentence: RegExp][];
}

export const answers: Record<string, Answers> = {
  dinner: {
    right: [
      `async function dinner() {
  const guest = new Process({ target: eat });
  console.log('I cook');
  guest.start();
  await guest.join();
}`,
      `const cook = () => console.log('I cook');
function dinner() {
  cook();
  new Process({ target: () => eat() }).start();
}`,
    ],
    wrong: [
      [
        `function dinner() {
  const guest = new Process({ target: eat });
  guest.start();
  guest.joinSync();
  console.log('I cook');
}`,
        /after start\(\)/,
      ],
      [
        `function dinner() {
  console.log('I cook');
  eat();
}`,
        /the parent who ate/,
      ],
      [
        `function dinner() {
  console.log('I cook');
  new Process({ target: eat });
}`,
        /no process is running yet/,
      ],
    ],
  },
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
};
