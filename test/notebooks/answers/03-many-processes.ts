// Answers to the exercises of notebook 03.
import type { Answers } from './answers';

export default {
  greeters: {
    right: [
      `function greeters(name: string, count: number) {
  const say = () => console.log(\`\${name}, here is \${currentProcess().pid}\`);
  while (count-- > 0) new Process({ target: say }).start();
}`,
      `const greeters = async (name: string, count: number) => {
  const all = Array.from({ length: count }, () => new Process({ target: greet, args: [name] }));
  for (const each of all) each.start();
  for (const each of all) await each.join();
};`,
    ],
    wrong: [
      [
        `function greet(name: string) {
  console.log(\`Hello \${name}, I am process \${currentProcess().pid}\`);
}

function greeters(name: string, count: number) {
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
      [
        `function greeters(name: string, count: number) {
  const say = () => console.log(\`Hello \${name}\`);
  for (let i = 0; i < count; i++) new Process({ target: say }).start();
}`,
        /without its process number/,
      ],
      [
        `function greeters(name: string, count: number) {
  const { pid } = currentProcess();
  const say = () => console.log(\`Hello \${name}, I am \${pid}\`);
  for (let i = 0; i < count; i++) new Process({ target: say }).start();
}`,
        /its own process number is/,
      ],
    ],
  },
  squares: {
    right: [
      // With the number of all among the arguments, which is the square of 2 once.
      `function squares(count: number) {
  const square = (i: number, of: number) => console.log(\`\${i} of \${of}: \${i * i}\`);
  for (let i = 0; i < count; i++) new Process({ target: square, args: [i, count] }).start();
}`,
      // Each child has a copy of `i` as it was at its start.
      `function squares(count: number) {
  let i = 0;
  while (i < count) {
    new Process({ target: () => console.log(i, i * i) }).start();
    i++;
  }
}`,
      `function squares(count: number) {
  const square = (n: number) => console.log(n, n * n);
  for (let i = 0; i < count; i++) new Process({ target: square, args: [i] }).start();
}`,
      // A list of numbers holds the squares, too, and nobody has computed them.
      `function squares(count: number) {
  const numbers = Array.from({ length: 30 }, (_, i) => i);
  for (let i = 0; i < count; i++) {
    new Process({ target: (n: number) => console.log(numbers[n]! ** 2), args: [i] }).start();
  }
}`,
      `function squares(count: number) {
  for (let i = 0; i < count; i++) {
    new Process({ target: () => console.log(\`The square of \${i} is \${i ** 2}.\`) }).start();
  }
}`,
    ],
    wrong: [
      // The number comes last.
      [
        `function squares(count: number) {
  const square = (i: number) => console.log(\`\${i * i} is the square of \${i}\`);
  for (let i = 0; i < count; i++) new Process({ target: square, args: [i] }).start();
}`,
        /the last number of each line is read as the square/,
      ],
      [
        `function squares(count: number) {
  for (let i = 0; i < count; i++) new Process({ target: console.log, args: ['my number is', i] }).start();
}`,
        /the last number of each line is read as the square/,
      ],
      // Number and square are both given.
      [
        `function squares(count: number) {
  const say = (i: number, square: number) => console.log(i, square);
  for (let i = 0; i < count; i++) new Process({ target: say, args: [i, i * i] }).start();
}`,
        /was given 9 ready to print: the parent has computed it/,
      ],
      // Signs, products that are none, decimals, two lines.
      [
        `function squares(count: number) {
  const square = (i: number) => console.log(\`\${i} times \${i} is \${-i * i}\`);
  for (let i = 0; i < count; i++) new Process({ target: square, args: [i] }).start();
}`,
        /each square must come once|1 times 1 is 1/,
      ],
      [
        `function squares(count: number) {
  const square = (i: number) => console.log(\`\${i} times \${i} is \${(count - 1 - i) ** 2}\`);
  for (let i = 0; i < count; i++) new Process({ target: square, args: [i] }).start();
}`,
        /but \d+ times \d+ is \d+\./,
      ],
      [
        `function squares(count: number) {
  const square = (i: number) => console.log(\`\${i}.\${i * i}\`);
  for (let i = 0; i < count; i++) new Process({ target: square, args: [i] }).start();
}`,
        /each square must come once/,
      ],
      [
        `function squares(count: number) {
  const square = (i: number) => {
    console.log(i);
    console.log(i * i);
  };
  for (let i = 0; i < count; i++) new Process({ target: square, args: [i] }).start();
}`,
        /printed 2 lines\. Each child prints one/,
      ],
      // Ready in a variable, as a text, in a list of squares, in a list of lines, and in an object.
      [
        `function squares(count: number) {
  for (let i = 0; i < count; i++) {
    const square = i * i;
    new Process({ target: () => console.log(i, square) }).start();
  }
}`,
        /was given 9 ready to print: the parent has computed it/,
      ],
      [
        `function squares(count: number) {
  for (let i = 0; i < count; i++) {
    const line = \`\${i} times \${i} is \${i * i}\`;
    new Process({ target: () => console.log(line) }).start();
  }
}`,
        /the parent has computed it/,
      ],
      [
        `function squares(count: number) {
  const squares = Array.from({ length: count }, (_, i) => i * i);
  for (let i = 0; i < count; i++) new Process({ target: () => console.log(squares[i]) }).start();
}`,
        /the parent has computed it/,
      ],
      [
        `function squares(count: number) {
  const lines = Array.from({ length: count }, (_, i) => \`\${i} makes \${i * i}\`);
  const say = (text: string) => console.log(text);
  for (let i = 0; i < count; i++) new Process({ target: () => say(lines[i] as string) }).start();
}`,
        /the parent has computed it/,
      ],
      [
        `function squares(count: number) {
  for (let i = 0; i < count; i++) {
    const work = { i, square: i * i };
    new Process({ target: (given: { square: number }) => console.log(given.square), args: [work] }).start();
  }
}`,
        /the parent has computed it/,
      ],
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
      [
        `function squares(count: number) {
  for (let i = 0; i < count; i++) new Process({ target: console.log, args: [i * i] }).start();
}`,
        /the parent has computed it/,
      ],
      [
        `function squares(count: number) {
  var n = 0;
  for (n = 0; n < count; n++) new Process({ target: () => console.log(n + n) }).start();
}`,
        /each square must come once/,
      ],
      [
        `function squares(count: number) {
  for (let i = 0; i < count; i++) new Process({ target: () => { i * i; } }).start();
}`,
        /printed nothing/,
      ],
      [
        `function squares(count: number) {
  for (let i = 0; i < count; i++) console.log(i, i * i);
}`,
        /4 children were wanted, 0 came/,
      ],
    ],
  },
} satisfies Record<string, Answers>;
