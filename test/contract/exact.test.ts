// Many processes add to one number: exact under a Lock, short without it.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { getAllStartMethods, Lock, Process } from '../../src/index';
import { programMemory } from '../../src/memory/memory';
import { nothingLeft } from '../support/processes/nothing-left';

const PROCESSES = 4;
const TIMES = 50_000;
const ROUNDS = Number(process.env.PARLAB_ROUNDS ?? 2);

/** Everybody waits for the others first: a process takes longer to start than to count. */
function begin(gate: number): Int32Array {
  const { i32, waitSync } = programMemory();
  Atomics.add(i32, gate, 1);
  while (Atomics.load(i32, gate) < PROCESSES) waitSync(gate, Atomics.load(i32, gate), 1);
  return i32;
}

function countBlocking(at: number, lock: Lock): void {
  const words = begin(at + 1);
  for (let i = 0; i < TIMES; i++) {
    lock.acquireSync();
    words[at] = words[at]! + 1;
    lock.release();
  }
}

async function countAwaiting(at: number, lock: Lock): Promise<void> {
  const words = begin(at + 1);
  for (let i = 0; i < TIMES; i++) {
    await lock.acquire();
    words[at] = words[at]! + 1;
    lock.release();
  }
}

function countCarelessly(at: number): void {
  const words = begin(at + 1);
  for (let i = 0; i < TIMES; i++) {
    const seen = words[at]!;
    for (let gap = 0; gap < 50; gap++) Atomics.load(words, at + 1);
    words[at] = seen + 1;
  }
}

async function total(
  method: 'process' | 'thread',
  count: (at: number, lock: Lock) => unknown,
): Promise<number> {
  const memory = programMemory();
  const at = memory.allocate(64) / 4;
  memory.i32.fill(0, at, at + 2);
  const lock = new Lock();
  const children = Array.from(
    { length: PROCESSES },
    () => new Process({ target: count, args: [at, lock], method }),
  );
  for (const child of children) child.start();
  for (const child of children) await child.join();
  assert.deepEqual(
    children.map((child) => child.exitcode),
    [0, 0, 0, 0],
  );
  const counted = memory.i32[at]!;
  memory.free(at * 4);
  return counted;
}

for (const method of getAllStartMethods()) {
  describe(`four children started by '${method}', ${TIMES} additions each`, () => {
    for (const [how, count] of [
      ['blocking', countBlocking],
      ['awaited', countAwaiting],
    ] as const) {
      test(`count exactly under the lock (${how})`, async () => {
        for (let round = 0; round < ROUNDS; round++)
          assert.equal(await total(method, count), PROCESSES * TIMES);
      });
    }

    test('lose some when a gap stands between reading and writing', async () => {
      for (let round = 0; round < ROUNDS; round++) {
        assert.ok((await total(method, countCarelessly)) < PROCESSES * TIMES);
      }
    });
  });
}

after(nothingLeft);
