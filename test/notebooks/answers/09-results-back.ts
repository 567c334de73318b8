// Answers to the exercises of notebook 09.
import type { Answers } from './answers';

const loudWithPlace = `async function loudAt(place: number, word: string, answers: Queue<[number, string]>) {
  await sleep(1000);
  await answers.put([place, word.toUpperCase()]);
}
`;

/** As it stands in the notebook; the solution has changed it. */
const loud = `async function loud(word: string, answers: Queue<string>) {
  await sleep(1000);
  await answers.put(word.toUpperCase());
}
`;

/** The child of sumByChild() is started, and then … */
function sumByChild(...lines: string[]): string {
  return `async function sumByChild(a: number, b: number) {
  const sums = new Queue<number>(0, { name: 'sums' });
  const child = new Process({ target: addTwo, args: [a, b, sums], name: 'Child' });
  child.start();
  ${lines.join('\n  ')}
}`;
}

export default {
  'sum-by-child': {
    right: [
      sumByChild("console.log('The sum is', await sums.get());"),
      // A join() is not needed, and does no harm.
      sumByChild('await child.join();', 'const sum = await sums.get();', "console.log('The sum is', sum);"),
      // It says more, before and after.
      sumByChild(
        "console.log('Now I wait');",
        'const sum = await sums.get();',
        "console.log('The sum is', sum);",
        "console.log('Done, after 1 message.');",
      ),
      sumByChild(
        "console.log(a + ' + ' + b + ' = ?');",
        "console.log('The sum is', await sums.get());",
        'await child.join();',
        "console.log('The child has ended:', child.exitcode === 0);",
      ),
      sumByChild("sums.get().then((sum) => console.log('The sum is ' + sum));"),
      sumByChild(
        "console.log('I wait for the sum');",
        'const sum = sums.getSync();',
        "console.log('The sum is', sum);",
      ),
    ],
    wrong: [
      // The parent adds by itself.
      [sumByChild("console.log('The sum is', a + b);"), /the parent takes nothing out of the queue/],
      // The child has added for nothing.
      [
        sumByChild('await sums.get();', "console.log('The sum is', a + b);"),
        /the parent prints 7 whatever its child sends: it must print what comes out of the queue/,
      ],
      [
        sumByChild('await sums.get();', "console.log('The sum is 7');"),
        /\(3, 4\): the parent prints 7 whatever its child sends/,
      ],
      // await is missing.
      [
        sumByChild('const sum = sums.get();', "console.log('The sum is', sum);"),
        /the parent prints "The sum is Promise.*", and the sum is 7/,
      ],
      // It gets and says nothing.
      [sumByChild('const sum = await sums.get();', 'return sum;'), /gets the result, but prints nothing/],
      // It looks once, without waiting.
      [
        sumByChild("console.log('The sum is', sums.getNowait());"),
        /MainProcess ends with exit code 1 \(QueueEmptyError/,
      ],
      // It sleeps in place of waiting.
      [
        sumByChild('await sleep(3000);', "console.log('The sum is', sums.getNowait());"),
        /in 2 of 3 orders MainProcess ends with exit code 1 \(QueueEmptyError/,
      ],
      // Two gets, one put.
      [
        sumByChild(
          'const x = await sums.get();',
          'const y = await sums.get();',
          "console.log('The sum is', x + y);",
        ),
        /it never ends: .*sums/,
      ],
      // It adds its own numbers to the sum.
      [
        sumByChild('const sum = await sums.get();', "console.log('The sum is', a + b + sum);"),
        /the parent prints "The sum is 14", and the sum is 7/,
      ],
      // The queue itself.
      [
        sumByChild('await child.join();', 'await sums.get();', "console.log('The sum is', sums.qsize());"),
        /the parent prints "The sum is 0", and the sum is 7/,
      ],
      // It waits for the child and takes nothing.
      [sumByChild('await child.join();'), /the parent takes nothing out of the queue/],
      // The child prints.
      [
        `async function addAndPrint(a: number, b: number, sums: Queue<number>) {
  console.log(\`The sum is \${a + b}\`);
  await sums.put(a + b);
}
async function sumByChild(a: number, b: number) {
  const sums = new Queue<number>();
  new Process({ target: addAndPrint, args: [a, b, sums] }).start();
  await sums.get();
}`,
        /it is the child who prints the sum; the parent must do it/,
      ],
      // A plain call.
      [
        `async function sumByChild(a: number, b: number) {
  const sums = new Queue<number>();
  await addTwo(a, b, sums);
  console.log(\`The sum is \${await sums.get()}\`);
}`,
        /no process is started; it must be 1/,
      ],
      // start() is missing.
      [
        `async function sumByChild(a: number, b: number) {
  const sums = new Queue<number>(0, { name: 'sums' });
  const child = new Process({ target: addTwo, args: [a, b, sums] });
  console.log(\`The sum is \${await sums.get()}\`);
}`,
        /it never ends: .*sums/,
      ],
    ],
  },
  shout: {
    right: [
      // Pairs, sorted by their place.
      `${loudWithPlace}
async function shout(words: string[]) {
  const answers = new Queue<[number, string]>();
  for (let i = 0; i < words.length; i++) new Process({ target: loudAt, args: [i, words[i], answers] }).start();
  const pairs: [number, string][] = [];
  while (pairs.length < words.length) pairs.push(await answers.get());
  return pairs.sort((one, other) => one[0] - other[0]).map((pair) => pair[1]).join(' ');
}`,
      // A queue for each.
      `${loud}async function shout(words: string[]) {
  const queues = words.map(() => new Queue<string>());
  words.forEach((word, i) => new Process({ target: loud, args: [word, queues[i]] }).start());
  const said: string[] = [];
  for (const queue of queues) said.push(await queue.get());
  return said.join(' ');
}`,
      // A pool keeps the order.
      `import { Pool } from 'parlab';
async function shout(words: string[]) {
  const pool = new Pool({ processes: words.length });
  const said = await pool.map(async (word: string) => {
    await sleep(1000);
    return word.toUpperCase();
  }, words, { chunkSize: 1 });
  pool.close();
  await pool.join();
  return said.join(' ');
}`,
      // A pipe for each child.
      `import { Pipe, type Connection } from 'parlab';
async function loudInto(word: string, end: Connection<string>) {
  await sleep(1000);
  await end.send(word.toUpperCase());
}
async function shout(words: string[]) {
  const ends = words.map((word) => {
    const [mine, yours] = Pipe();
    new Process({ target: loudInto, args: [word, yours as Connection<string>] }).start();
    return mine;
  });
  const said: unknown[] = [];
  for (const end of ends) said.push(await end.recv());
  return said.join(' ');
}`,
      // The word itself is the label: equal words are equally loud.
      `async function loudPair(word: string, answers: Queue<[string, string]>) {
  await sleep(1000);
  await answers.put([word, word.toUpperCase()]);
}
async function shout(words: string[]) {
  const answers = new Queue<[string, string]>();
  const children = words.map((word) => new Process({ target: loudPair, args: [word, answers] }));
  for (const child of children) child.start();
  for (const child of children) await child.join();
  const known = new Map<string, string>();
  for (const _ of words) known.set(...(await answers.get()));
  return words.map((word) => known.get(word)).join(' ');
}`,
    ],
    wrong: [
      // One after the other: right, but slow.
      [
        `${loud}async function shout(words: string[]) {
  const answers = new Queue<string>();
  const said: string[] = [];
  for (const word of words) {
    new Process({ target: loud, args: [word, answers] }).start();
    said.push(await answers.get());
  }
  return said.join(' ');
}`,
        /at most 1 process is at work at a time; it must be 2/,
      ],
      // By the alphabet: good luck with 'good morning'.
      [
        `${loud}async function shout(words: string[]) {
  const answers = new Queue<string>();
  for (const word of words) new Process({ target: loud, args: [word, answers] }).start();
  const said: string[] = [];
  for (const word of words) said.push(await answers.get());
  return said.sort().join(' ');
}`,
        /'to', 'be', 'or'.*in every order it returns 'BE OR TO' instead of 'TO BE OR'/,
      ],
      // The place is given by the parent, when the answer comes.
      [
        `${loud}async function shout(words: string[]) {
  const answers = new Queue<string>();
  words.forEach((word) => new Process({ target: loud, args: [word, answers] }).start());
  const said: string[] = [];
  for (let place = 0; place < words.length; place++) said[place] = await answers.get();
  return said.join(' ');
}`,
        /in 1 of 2 orders it returns 'MORNING GOOD' instead of 'GOOD MORNING'|it returns 'MORNING GOOD'/,
      ],
      // A join() for each does not put the answers in order.
      [
        `${loud}async function shout(words: string[]) {
  const answers = new Queue<string>();
  const children = words.map((word) => new Process({ target: loud, args: [word, answers] }));
  for (const child of children) child.start();
  const said: string[] = [];
  for (const child of children) {
    await child.join();
    said.push(await answers.get());
  }
  return said.join(' ');
}`,
        /it returns 'MORNING GOOD' instead of 'GOOD MORNING'/,
      ],
      // No child at all.
      [
        `function shout(words: string[]) {
  return words.join(' ').toUpperCase();
}`,
        /no process is ever at work/,
      ],
      // The children are there for show.
      [
        `async function ready(answers: Queue<string>) {
  await sleep(1000);
  await answers.put('x');
}
async function shout(words: string[]) {
  const answers = new Queue<string>();
  for (const word of words) new Process({ target: ready, args: [answers] }).start();
  for (const word of words) await answers.get();
  return words.map((word) => word.toUpperCase()).join(' ');
}`,
        /it returns 'GOOD MORNING' whatever the children send, so they work for nothing/,
      ],
      // They do it, and the parent does it once more.
      [
        `async function shout(words: string[]) {
  const answers = new Queue<string>();
  for (const word of words) new Process({ target: loud, args: [word, answers] }).start();
  for (const word of words) await answers.get();
  return words.map((word) => word.toUpperCase()).join(' ');
}`.replace(/^/, loud),
        /it returns 'GOOD MORNING' whatever the children send, so they work for nothing/,
      ],
      // All in one process.
      [
        `${loud}async function shout(words: string[]) {
  const answers = new Queue<string>();
  const said: string[] = [];
  await Promise.all(words.map((word) => loud(word, answers)));
  for (const word of words) said.push(await answers.get());
  return said.join(' ');
}`,
        /at most 1 process is at work at a time; it must be 2/,
      ],
      // One get too few, and the array has a hole.
      [
        `${loudWithPlace}
async function shout(words: string[]) {
  const answers = new Queue<[number, string]>();
  words.forEach((word, i) => new Process({ target: loudAt, args: [i, word, answers] }).start());
  const said: string[] = [];
  for (let i = 1; i < words.length; i++) {
    const [place, text] = await answers.get();
    said[place] = text;
  }
  return said.join(' ');
}`,
        /it goes wrong|it returns/,
      ],
      // One get too many.
      [
        `${loudWithPlace}
async function shout(words: string[]) {
  const answers = new Queue<[number, string]>(0, { name: 'answers' });
  words.forEach((word, i) => new Process({ target: loudAt, args: [i, word, answers] }).start());
  const said: string[] = [];
  for (let i = 0; i <= words.length; i++) {
    const [place, text] = await answers.get();
    said[place] = text;
  }
  return said.join(' ');
}`,
        /it never ends: .*answers/,
      ],
      // Different times in place of labels.
      [
        `async function loudLater(place: number, word: string, answers: Queue<string>) {
  await sleep(1000 + place * 500);
  await answers.put(word.toUpperCase());
}
async function shout(words: string[]) {
  const answers = new Queue<string>();
  words.forEach((word, place) => new Process({ target: loudLater, args: [place, word, answers] }).start());
  const said: string[] = [];
  for (const word of words) said.push(await answers.get());
  return said.join(' ');
}`,
        /it returns 'MORNING GOOD' instead of 'GOOD MORNING'/,
      ],
      // An array of the parent, written by the children.
      [
        `async function shout(words: string[]) {
  const said: string[] = [];
  const children = words.map((word, i) => new Process({ target: async () => {
    await sleep(1000);
    said[i] = word.toUpperCase();
  } }));
  for (const child of children) child.start();
  for (const child of children) await child.join();
  return said.join(' ');
}`,
        /it returns '' instead of 'GOOD MORNING'/,
      ],
    ],
  },
} satisfies Record<string, Answers>;
