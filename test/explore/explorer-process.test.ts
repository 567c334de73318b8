// The process in which programs are explored: warm, replaced when it was spoilt or ended, capped, seen by
// nobody, and gone with its parent.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { promisify } from 'node:util';
import {
  activeChildren,
  EscapeError,
  ExplorationError,
  explore,
  InvalidArgumentError,
  Process,
  RawValue,
  readTrace,
  startTrace,
  stopTrace,
} from '../../src/index';
import { emptyStock } from '../../src/start/stock';
import { evaluate, trialsOf } from '../support/explore/trials';
import { nothingLeft } from '../support/processes/nothing-left';

after(nothingLeft);

const { program: lostUpdate } = trialsOf('programs').lostUpdate!;

async function isWell(): Promise<void> {
  assert.equal((await explore(lostUpdate)).orders, 6n);
}

test('it is no child of the program', async () => {
  await isWell();
  assert.deepEqual(activeChildren(), []);
  const first = new Process();
  assert.match(first.name, /^Process-\d+$/);
});

test('it has no lane in a timeline, and its questions and answers are no messages', async () => {
  startTrace();
  await isWell();
  stopTrace();
  const { processes, objects, events } = readTrace();
  assert.deepEqual([processes.map(({ name }) => name), objects, events], [[], [], []]);
});

test('what it explores leaves the real things as they are', async () => {
  const counter = new RawValue('int32', 7);
  const program = async () => {
    const increment = () => {
      counter.value += 1;
    };
    const child = new Process({ target: increment });
    child.start();
    await child.join();
    return counter.value;
  };
  const { outcomes } = await explore(program);
  assert.deepEqual([outcomes[0]?.outcome.returned, counter.value], [8, 7]);
});

test('a signal ends it, and the next exploration is well', async () => {
  const aborting = new AbortController();
  const { forEver } = evaluate(`
    const { Process } = require('parlab');
    exports.forEver = async () => { const p = new Process({ target: () => { for (;;) 'x'.repeat(1000).match(/(x+)+y/); } }); p.start(); await p.join(); };`);
  setTimeout(() => aborting.abort(), 300);
  await assert.rejects(explore(forEver as () => unknown, { signal: aborting.signal }), {
    name: 'AbortError',
  });
  await assert.rejects(explore(lostUpdate, { signal: aborting.signal }), { name: 'AbortError' });
  await isWell();
});

test('who waits for its turn can be given up while another exploration goes on', async () => {
  const [first, second] = [new AbortController(), new AbortController()];
  const { forEver } = evaluate(`
    const { Process } = require('parlab');
    exports.forEver = async () => { const p = new Process({ target: () => { for (;;) 'x'.repeat(1000).match(/(x+)+y/); } }); p.start(); await p.join(); };`);
  let isOver = false;
  const long = explore(forEver as () => unknown, { signal: first.signal }).finally(() => {
    isOver = true;
  });
  const waiting = explore(lostUpdate, { signal: second.signal });
  const third = explore(lostUpdate);
  setTimeout(() => second.abort(), 100);
  const safety = setTimeout(() => first.abort(), 10_000);
  await assert.rejects(waiting, { name: 'AbortError' });
  assert.equal(isOver, false);
  clearTimeout(safety);
  first.abort();
  await assert.rejects(long, { name: 'AbortError' });
  assert.equal((await third).orders, 6n);
});

test('a program that fills the memory is told', async () => {
  const { filling } = evaluate(`
    const { Process } = require('parlab');
    exports.filling = async () => {
      const p = new Process({ target: () => { const all = []; for (;;) all.push(new Array(1e6).fill(0.5)); } });
      p.start();
      await p.join();
    };`);
  await assert.rejects(
    explore(filling as () => unknown),
    (error: unknown) =>
      error instanceof ExplorationError && /fills more than 512 MiB of memory/.test(error.message),
  );
  await isWell();
});

test('a program that goes by something else than the order is told', async () => {
  const { escapeGlobal, escapePrototype } = trialsOf('more');
  for (const [name, { program }] of Object.entries({
    escapeGlobal: escapeGlobal!,
    escapePrototype: escapePrototype!,
  })) {
    await assert.rejects(explore(program), (error: unknown) => error instanceof EscapeError, name);
    await isWell();
  }
});

test('what a program leaves behind, the next one does not find', async () => {
  const { leaves, finds } = evaluate(`
    exports.leaves = async () => { globalThis.left = 1; };
    exports.finds = async () => typeof globalThis.left;`);
  await explore(leaves as () => unknown);
  const found = await explore(finds as () => unknown);
  assert.equal(found.outcomes[0]?.outcome.returned, 'undefined');
});

test('when it is killed, the exploration ends with a sentence and the next one is well', async () => {
  const { slow } = evaluate(`
    const { Process, RawValue } = require('parlab');
    const counter = new RawValue('int32', 0);
    exports.slow = async () => {
      const all = [1, 2, 3].map(() => new Process({ target: () => { for (let i = 0; i < 20; i++) counter.value += 1; } }));
      for (const p of all) p.start();
      for (const p of all) await p.join();
    };`);
  const exploring = explore(slow as () => unknown);
  const ended = assert.rejects(
    exploring,
    /The process in which explore\(\) runs the program ended with exit code -9/,
  );
  process.kill(await explorerPid(), 'SIGKILL');
  await ended;
  await isWell();
});

test('several explorations at the same time come one after the other', async () => {
  const found = await Promise.all([
    explore(lostUpdate),
    explore(lostUpdate, { seed: 2 }),
    explore(lostUpdate),
  ]);
  assert.deepEqual(
    found.map(({ orders }) => orders),
    [6n, 6n, 6n],
  );
});

test('it keeps no event loop going, and ends with its parent', async () => {
  emptyStock();
  const script = `
    const { explore } = require(${JSON.stringify(join(__dirname, '../../src/index'))});
    explore(async () => 1).then(({ orders }) => console.log(String(orders)));`;
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', script], { timeout: 60_000 });
  assert.equal(stdout, '1\n');
});

for (const [what, options, sentence] of [
  [
    'an invariant',
    { invariant: 5 },
    'invariant must be a function that says whether all is well, but it is 5.',
  ],
  ['a seed', { seed: 1.5 }, 'seed must be a whole number, 0 or more, but it is 1.5.'],
  ['who gets something else', { garbled: true }, "garbled must be 'main' or 'children', but it is true."],
  ['a flag', { anyOrder: 'yes' }, "anyOrder must be true or false, but it is 'yes'."],
  ['a count', { orders: 0 }, 'orders must be a whole number, 1 or more, but it is 0.'],
  ['a signal', { signal: {} }, 'signal must be an AbortSignal, but it is an Object.'],
] as const) {
  test(`${what} that makes no sense is refused`, async () => {
    await assert.rejects(
      explore(lostUpdate, options as never),
      (error: unknown) => error instanceof InvalidArgumentError && error.message === sentence,
    );
  });
}

test('a program that is no function is refused', async () => {
  await assert.rejects(
    explore(5 as never),
    /program must be a function that starts processes, but it is 5\./,
  );
});

/** Of all processes that descend from us, the one that is at work. */
async function explorerPid(): Promise<number> {
  const ours = readdirSync('/proc').filter((pid) => /^\d+$/.test(pid) && isOurs(pid));
  const before = new Map(ours.map((pid) => [pid, ticksOf(pid)]));
  await new Promise((resolve) => setTimeout(resolve, 500));
  const worked = (pid: string) => ticksOf(pid) - (before.get(pid) ?? 0);
  return Number(ours.sort((a, b) => worked(b) - worked(a))[0]);
}

function isOurs(pid: string): boolean {
  try {
    const environ = readFileSync(`/proc/${pid}/environ`, 'latin1');
    return (
      pid !== String(process.pid) && environ.includes(`PARLAB_TEST_FILE=${process.env.PARLAB_TEST_FILE}`)
    );
  } catch {
    return false;
  }
}

function ticksOf(pid: string): number {
  return Number(readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ')[1]?.split(' ')[11]);
}
