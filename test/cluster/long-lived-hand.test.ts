// A child of a host lives as long as its pool, whose program may call ever new functions: it keeps what it needs, and no more.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openRoom } from './room';

const FUNCTIONS = 200;
const BYTES = 2 ** 21;

const room = openRoom({ hosts: ['anna'], each: { slots: 1 }, maxPayload: '8MB' });

const memory = () => {
  const { heapUsed, external } = process.memoryUsage();
  return { pid: process.pid, mib: (heapUsed + external) / 2 ** 20 };
};

test(`${FUNCTIONS} functions of ${BYTES / 2 ** 20} MiB each go through one slot, and its child keeps few of them`, async () => {
  const before = await room.pool.apply(memory);
  for (let i = 0; i < FUNCTIONS; i++) {
    const text = String.fromCharCode(97 + (i % 26)).repeat(BYTES) + i;
    const found = await room.pool.apply(() => `${text[0]}${text.slice(BYTES)}`);
    assert.equal(found, `${String.fromCharCode(97 + (i % 26))}${i}`);
  }
  const now = await room.pool.apply(memory);
  assert.equal(now.pid, before.pid);
  const grown = now.mib - before.mib;
  assert.ok(grown < (FUNCTIONS * BYTES) / 2 ** 20 / 2, `it has grown by ${grown.toFixed()} MiB`);
});

test('a function that was forgotten between two items of its call is sent again, and so is each of many in turn', async () => {
  const calls = Array.from({ length: FUNCTIONS }, (_, i) => {
    const add = i * 1000;
    return room.pool.map((n) => n + add, [1, 2, 3], { chunkSize: 1 });
  });
  const found = await Promise.all(calls);
  assert.deepEqual(
    found,
    Array.from({ length: FUNCTIONS }, (_, i) => [1, 2, 3].map((n) => n + i * 1000)),
  );
});
