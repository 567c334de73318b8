// Large messages do not run away from the process that takes them, and wait for nobody who does not.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { Pace } from '../../src/channel/pace';
import { nothingLeft } from '../support/processes/nothing-left';

after(nothingLeft);

const MIB = 2 ** 20;

/** A queue with `put` messages, of which a taker takes one in each wait. */
function queueWith(put: number, { isTaken = true } = {}) {
  const i32 = new Int32Array(1);
  const take = () => Atomics.add(i32, 0, 1);
  const queue = {
    waits: 0,
    taken: () => Atomics.load(i32, 0),
    take,
    pace: (bytes: number) => pace.keep(bytes, () => put - queue.taken()),
  };
  const waitSync = () => {
    queue.waits++;
    if (isTaken) take();
  };
  const pace = new Pace({ i32, waitSync }, 0);
  return queue;
}

test('a large message waits until the takers are close', () => {
  const queue = queueWith(20);
  queue.pace(MIB);
  assert.equal(queue.taken(), 12);
});

test('a small message never waits', () => {
  const queue = queueWith(1_000_000);
  queue.pace(100_000);
  assert.equal(queue.waits, 0);
});

test('few large messages never wait', () => {
  const queue = queueWith(8);
  queue.pace(MIB);
  assert.equal(queue.waits, 0);
});

test('where nobody takes, only the first waits, and for a moment; and again when somebody has taken', () => {
  const queue = queueWith(1000, { isTaken: false });
  queue.pace(MIB);
  const waits = queue.waits;
  assert.ok(waits > 0);
  queue.pace(MIB);
  assert.equal(queue.waits, waits);
  queue.take();
  queue.pace(MIB);
  assert.ok(queue.waits > waits);
});
