// Orders that never end because somebody goes round and round: their code ends once round the loop, and so
// does what is told of them.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { explore, Lock, Process, RawValue } from '../../src';
import { orderImage } from '../../src/timeline/order-image';
import { nothingLeft } from '../nothing-left';

const counter = new RawValue('int32', 0);
const door = new Lock({ name: 'door' });
const window = new Lock({ name: 'window' });

async function together(...targets: (() => unknown)[]): Promise<void> {
  const all = targets.map((target) => new Process({ target }));
  for (const process of all) process.start();
  for (const process of all) await process.join();
}

const write = () => {
  for (;;) counter.value = 1;
};

const writeLater = () => {
  counter.value = 7;
  counter.value = 8;
  for (;;) counter.value = 1;
};

const print = () => {
  for (let round = 0; ; round++) console.log(round);
};

const look = () => {
  while (counter.value === 0);
};

async function giveWay(first: Lock, second: Lock): Promise<void> {
  for (;;) {
    await first.acquire();
    if (await second.acquire({ timeout: 0 })) return;
    first.release();
  }
}

const once = () => void counter.value;

const programs: {
  readonly [name: string]: readonly [() => unknown, code: string, lines: readonly string[]];
} = {
  'one line again and again, beside another process': [
    () => together(write, once),
    'A',
    ['A (Process-1) writes counter = 1', 'A (Process-1) goes on like this for ever'],
  ],
  'a loop with something in front': [
    () => together(writeLater, once),
    'A A A',
    [
      'A (Process-1) writes counter = 7',
      'A (Process-1) writes counter = 8',
      'A (Process-1) writes counter = 1',
      'A (Process-1) goes on like this for ever',
    ],
  ],
  'a loop that prints, alone': [
    () => print(),
    '',
    ['M (MainProcess) prints "0\\n"', 'M (MainProcess) goes on like this for ever'],
  ],
  'a loop that only looks': [
    () => together(look),
    'A',
    ['A (Process-1) reads counter: 0', 'A (Process-1) goes on like this for ever'],
  ],
};

describe('the code of an order without end ends once round the loop', () => {
  for (const [name, [program, code, lines]] of Object.entries(programs)) {
    test(name, async () => {
      const { failing, replay } = await found(program);
      assert.equal(failing?.code, code);
      const told = await replay(code);
      const own = told.lines
        .filter((line) => !/ starts /.test(line))
        .map((line) => line.replace(/ \([^()]*, line \d+\)$/, ''));
      assert.deepEqual(own, lines);
      assert.equal(told.why, failing?.why);
      assert.match(String(told.why), /^(Process-1|MainProcess) goes on for ever after .*, line \d+\.$/);
      assert.ok(told.trace.events.length < 20, String(told.trace.events.length));
      assert.ok(orderImage(told.trace).length < 20_000);
    });
  }

  test('two who give way to each other for ever', async () => {
    const program = () =>
      together(
        () => giveWay(door, window),
        () => giveWay(window, door),
      );
    const exploration = await explore(program, { states: 5_000, orders: 10 });
    const endless = exploration.outcomes.filter(({ outcome }) => outcome.hang?.includes('goes on for ever'));
    assert.ok(endless.length > 0);
    for (const { code, why } of endless) {
      assert.ok(code.split(' ').length < 20, code);
      assert.equal((await exploration.replay(code)).why, why);
    }
  });
});

test('a code that stops too early, in a program without such a loop, is told how it goes on', async () => {
  const program = () => together(once, once);
  const exploration = await explore(program);
  await assert.rejects(exploration.replay('A'), /it goes on with B/);
});

async function found(program: () => unknown) {
  const exploration = await explore(program);
  return { failing: exploration.failing, replay: (code: string) => exploration.replay(code) };
}

after(nothingLeft);
