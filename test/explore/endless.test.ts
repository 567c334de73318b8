// Orders that never end because somebody goes round and round: their code ends once round the loop, and so
// does what is told of them.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { ExplorationError, explore, Lock, Process, RawValue, sleep } from '../../src';
import { orderImage } from '../../src/timeline/order-image';
import { nothingLeft } from '../support/processes/nothing-left';

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
    'A B',
    [
      'A (Process-1) writes counter = 1',
      'B (Process-2) reads counter: 1',
      'B (Process-2) ends',
      'A (Process-1) goes on like this for ever',
    ],
  ],
  'a loop with something in front': [
    () => together(writeLater, once),
    'A A A B',
    [
      'A (Process-1) writes counter = 7',
      'A (Process-1) writes counter = 8',
      'A (Process-1) writes counter = 1',
      'B (Process-2) reads counter: 1',
      'B (Process-2) ends',
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

const useDoor = async () => {
  for (;;) await door.with(() => {});
};

const countInside = async () => {
  for (;;) await door.with(() => counter.value++);
};

const waitAndTell = async () => {
  while (counter.value === 0) {
    console.log('waiting');
    await sleep(5);
  }
};

const writeOnce = () => {
  counter.value = 1;
};

describe('loops beside each other', () => {
  test('where a round leaves everything as it was, every order is walked', async () => {
    const { failing, isComplete, hasDeferred, outcomes } = await explore(() => together(useDoor, useDoor));
    assert.equal(outcomes.length, 1);
    assert.match(String(failing?.why), /^Process-1 goes on for ever after .*, line \d+\.$/);
    assert.deepEqual([isComplete, hasDeferred], [true, true]);
  });

  test('where each round changes something, they are left after three rounds, and that is said', async () => {
    const found = await explore(() => together(countInside, countInside));
    assert.equal(found.isComplete, false);
    assert.match(String(found), /^every order with at most 3 rounds of a loop without end: 20 orders: never/);
    assert.match(String(found), /Not walked: every order, for several processes go on for ever\./);
    assert.equal((await found.replay(found.failing?.code ?? '')).why, found.failing?.why);
  });

  test('who tells that he waits lets the one go on for whom he waits', async () => {
    const found = await explore(() => together(waitAndTell, writeOnce));
    assert.equal(found.failing, undefined);
    const texts = found.outcomes.map(({ outcome }) => outcome.printed.length);
    assert.deepEqual([found.isComplete, texts.sort()], [true, [0, 1, 2, 3]]);
  });
});

test('a code that stops too early, in a program without such a loop, is told how it goes on', async () => {
  const program = () => together(once, once);
  const exploration = await explore(program);
  await assert.rejects(exploration.replay('A'), /it goes on with B/);
});

describe('processes that start processes without end', () => {
  const rows: [string, () => void, RegExp][] = [
    ['one starts one', () => start(chain), /: 100 are inside each other, and the last one starts one more\./],
    [
      'each starts two',
      () => start(bomb),
      /starts processes without end: 1,000 are alive|100 are inside each other/,
    ],
  ];
  for (const [what, program, said] of rows) {
    test(`${what}: they are counted`, async () => {
      await assert.rejects(explore(program), (error: Error) => {
        assert.match(error.message, said);
        return error instanceof ExplorationError;
      });
    });
  }

  test('many after each other, and some inside each other, are explored', async () => {
    const found = await explore(async () => {
      for (let each = 0; each < 150; each++) await together(() => {});
      start(() => start(() => start(() => start(() => {}))));
    });
    assert.deepEqual([found.failing, found.orders], [undefined, 1n]);
  });
});

const start = (target: () => void) => new Process({ target }).start();

function chain(): void {
  start(chain);
}

function bomb(): void {
  start(bomb);
  start(bomb);
}

async function found(program: () => unknown) {
  const exploration = await explore(program);
  return { failing: exploration.failing, replay: (code: string) => exploration.replay(code) };
}

after(nothingLeft);
