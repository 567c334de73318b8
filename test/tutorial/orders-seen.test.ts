// Orders that real runs come to: counted, shown, and nothing of it printed; and what a watched run keeps of its lines.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { inspect } from 'node:util';
import { Process, readTrace, startTrace, stopTrace } from '../../src';
import { OrdersSeen, ordersSeen, watch } from '../../src/tutorial';
import { nothingLeft } from '../support/processes/nothing-left';
import '../support/processes/quiet-children';

const say = (text: string) => console.log(text);

async function oneByOne(): Promise<void> {
  say('begin');
  for (const text of ['a', 'b']) {
    const child = new Process({ target: say, args: [text] });
    child.start();
    await child.join();
  }
  say('end');
}

async function atOnce(): Promise<void> {
  const both = ['a', 'b'].map((text) => new Process({ target: say, args: [text] }));
  for (const each of both) each.start();
  for (const each of both) await each.join();
}

function bundle(shown: object): Record<string, string> {
  return (shown as Record<symbol, () => Record<string, string>>)[Symbol.for('Jupyter.display')]?.() ?? {};
}

test('a program whose order is certain has one order', async () => {
  const seen = await ordersSeen(oneByOne, { runs: 3 });
  assert.deepEqual(seen.orders, [{ lines: ['begin', 'a', 'b', 'end'], count: 3 }]);
  assert.deepEqual([...seen.firsts], [['begin', 3]]);
});

test('every run is counted once, also of a program that nobody waits for', async () => {
  const hasty = () => {
    for (const text of ['a', 'b']) new Process({ target: say, args: [text] }).start();
  };
  for (const program of [atOnce, hasty]) {
    const { orders, runs } = await ordersSeen(program, { runs: 4 });
    assert.equal(runs, 4);
    assert.equal(
      orders.reduce((sum, { count }) => sum + count, 0),
      4,
    );
    for (const { lines } of orders) assert.deepEqual([...lines].sort(), ['a', 'b']);
  }
});

test('nothing of what is counted is printed, and what others print is', async () => {
  const printed: string[] = [];
  const { write } = process.stdout;
  // The test runner writes its own reports as bytes.
  process.stdout.write = ((text: string | Uint8Array) =>
    typeof text === 'string' ? printed.push(text) > 0 : write.call(process.stdout, text)) as typeof write;
  try {
    const counting = ordersSeen(oneByOne, { runs: 1 });
    say('mine');
    await counting;
  } finally {
    process.stdout.write = write;
  }
  assert.deepEqual(printed, ['mine\n']);
});

test('it reads as bars, the most frequent order first, and who came first', () => {
  const seen = new OrdersSeen([['b', 'a'], ...Array.from({ length: 4 }, () => ['a', 'b'])]);
  assert.equal(
    String(seen),
    [
      '5 runs, 2 different orders',
      `   4  ${'█'.repeat(20)}  a, b`,
      `   1  ${'█'.repeat(5)}${' '.repeat(15)}  b, a`,
      'Came first: a (4), b (1)',
    ].join('\n'),
  );
  assert.equal(inspect(seen), String(seen));
  assert.equal(bundle(seen)['text/plain'], String(seen));
});

test('of many orders some are shown and the others counted', () => {
  const seen = new OrdersSeen(Array.from({ length: 20 }, (_, at) => [`line ${at}`]));
  assert.match(String(seen), /and 8 more orders\nCame first: line 0 \(1\)/);
});

test('in a notebook it is an image with a description, whatever the lines are', () => {
  const strange = new OrdersSeen([['<script>', '\u0007&', 'x'.repeat(500)]]);
  const html = bundle(strange)['text/html'] ?? '';
  const [, alt = '', data = ''] =
    /^<img alt="([^"]*)" src="data:image\/svg\+xml;base64,([^"]*)" style="min-width: \d+px">$/.exec(html) ??
    [];
  assert.match(alt, /1 run, 1 order/);
  const svg = Buffer.from(data, 'base64').toString();
  assert.match(svg, /&lt;script&gt;, .&amp;/);
  assert.doesNotMatch(svg, /<script|x{100}/);
  assert.ok(!svg.includes('\u0007'));
});

test('what makes no sense and what the program throws is told', async () => {
  for (const runs of [0, 1.5, -1, 1001, Number.NaN])
    await assert.rejects(ordersSeen(atOnce, { runs }), { name: 'InvalidArgumentError' });
  const failing = () => {
    throw new Error('no chairs');
  };
  await assert.rejects(ordersSeen(failing, { runs: 2 }), /no chairs/);
});

test('a watched run has the lines of all, as they came', async () => {
  const { lines } = await watch(oneByOne);
  assert.deepEqual(lines, ['begin', 'a', 'b', 'end']);
  const torn = await watch(async () => {
    process.stdout.write('a ');
    const child = new Process({ target: say, args: ['child'] });
    child.start();
    await child.join();
    process.stdout.write('b\n');
  });
  assert.deepEqual(torn.lines, ['a child', 'b']);
});

test('a timeline of a watched run shows what the program does and nothing else', async () => {
  startTrace();
  await watch(oneByOne);
  stopTrace();
  const { events, objects } = readTrace();
  assert.deepEqual(objects, []);
  assert.deepEqual(events.filter(({ kind }) => kind === 'joined').length, 2);
});

after(nothingLeft);

test('a program that waits until its words are written goes on, also where nothing is shown', async () => {
  const written = () => new Promise<void>((resolve) => process.stdout.write('mine\n', () => resolve()));
  const program = async () => {
    await written();
    const child = new Process({ target: () => written() });
    child.start();
    await child.join();
  };
  const { orders } = await ordersSeen(program, { runs: 1 });
  assert.deepEqual(orders, [{ lines: ['mine', 'mine'], count: 1 }]);
});
