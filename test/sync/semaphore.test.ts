// Semaphore: what its permits are worth when those who hold them die.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { BoundedSemaphore, InvalidArgumentError, Process, Queue, Semaphore } from '../../src/index';
import { nothingLeft } from '../support/processes/nothing-left';

after(nothingLeft);

test('the permits that a killed process held come back, to one who waits and to one who counts', async () => {
  const semaphore = new Semaphore(3);
  const holding = new Queue<boolean>();
  const owner = new Process({
    target: () => {
      for (let i = 0; i < 3; i++) semaphore.acquireSync();
      holding.putSync(true);
      for (;;);
    },
  });
  owner.start();
  await holding.get();
  assert.equal(semaphore.locked(), true);
  setTimeout(() => owner.kill(), 50);
  const held = await semaphore.acquire();
  assert.equal(semaphore.getValue(), 2);
  held.release();
  held.release();
  assert.equal(semaphore.getValue(), 3);
  await owner.join();
});

test('the permits of a dead process come back also when the next to look is one who takes', async () => {
  const semaphore = new Semaphore(3);
  const take = () => {
    semaphore.acquireSync();
    semaphore.acquireSync();
  };
  const owner = new Process({ target: take });
  owner.start();
  await owner.join();
  const taker = new Process({
    target: () => {
      semaphore.acquireSync();
      process.exit(semaphore.getValue());
    },
  });
  taker.start();
  await taker.join();
  assert.equal(taker.exitcode, 2);
  assert.equal(semaphore.getValue(), 3);
});

test('killed at any moment between taking and giving, a process neither keeps a permit nor makes one', async () => {
  const semaphore = new BoundedSemaphore(2);
  const begun = new Queue<boolean>();
  const work = () => {
    begun.putSync(true);
    for (;;) {
      semaphore.acquireSync();
      semaphore.release();
    }
  };
  for (let death = 0; death < 12; death++) {
    const children = [1, 2].map(() => new Process({ target: work }));
    for (const child of children) child.start();
    for (const _ of children) await begun.get();
    await new Promise((resolve) => setTimeout(resolve, death));
    for (const child of children) child.kill();
    for (const child of children) await child.join();
    assert.equal(semaphore.getValue(), 2);
  }
});

test('used as a signal, what a dead process had taken stays taken', async () => {
  const signals = new Semaphore(0);
  const taken = new Queue<boolean>();
  const consumer = new Process({
    target: () => {
      for (let i = 0; i < 3; i++) signals.acquireSync();
      taken.putSync(true);
      for (;;);
    },
  });
  consumer.start();
  signals.release(4);
  await taken.get();
  consumer.kill();
  await consumer.join();
  assert.equal(signals.getValue(), 1);
});

test('tasks of one process get permits in the order they asked', async () => {
  const semaphore = new Semaphore(2);
  const order: number[] = [];
  let inside = 0;
  await Promise.all(
    [0, 1, 2, 3, 4, 5].map((self) =>
      semaphore.with(async () => {
        order.push(self);
        assert.ok(++inside <= 2);
        await null;
        inside--;
      }),
    ),
  );
  assert.deepEqual(order, [0, 1, 2, 3, 4, 5]);
});

test('a wait that is given up takes no permit', async () => {
  const semaphore = new Semaphore(0);
  const cancel = new AbortController();
  const waiting = semaphore.acquire({ signal: cancel.signal });
  cancel.abort();
  await assert.rejects(waiting, { name: 'AbortError' });
  semaphore.release();
  assert.equal(semaphore.getValue(), 1);
});

test('what is no number of permits is refused', () => {
  for (const value of [-1, 1.5, 2 ** 31]) assert.throws(() => new Semaphore(value), InvalidArgumentError);
  assert.throws(() => new Semaphore(1).release(0), InvalidArgumentError);
});
