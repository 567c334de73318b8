// RLock: its owner is a task, and what a dead owner leaves behind.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { inspect } from 'node:util';
import { LockOwnerDiedError, NotOwnerError, Process, Queue, RLock, sleepSync } from '../../src/index';
import { nothingLeft } from '../support/processes/nothing-left';

after(nothingLeft);

test('two tasks of one process exclude each other, and each may take the lock again', async () => {
  const lock = new RLock();
  let inside = 0;
  async function again(): Promise<void> {
    await sleep(1);
    await lock.with(() => sleep(1));
    const held = await lock.acquire();
    held.release();
  }
  async function task(): Promise<void> {
    for (let round = 0; round < 5; round++) {
      await lock.acquire();
      assert.equal(++inside, 1);
      await again();
      assert.equal(inside--, 1);
      lock.release();
    }
  }
  await Promise.all([task(), task(), task()]);
  assert.equal(lock.locked(), false);
});

test('that was waited for knows the line that took it', async () => {
  const lock = new RLock();
  const taken = new Queue<true>();
  const child = new Process({
    target: () => {
      lock.acquireSync();
      taken.putSync(true);
      sleepSync(60);
      lock.release();
    },
  });
  child.start();
  await taken.get();
  lock.acquireSync();
  assert.match(inspect(lock), /^<RLock held by MainProcess \(rlock\.test\.[jt]s, line \d+\)>$/);
  lock.release();
  await child.join();
});

test('the code that started a task does not become its owner', async () => {
  const lock = new RLock();
  const task = lock.with(() => sleep(20));
  assert.throws(() => lock.release(), NotOwnerError);
  await sleep(5);
  assert.equal(await lock.acquire({ timeout: 0 }), false);
  assert.throws(() => lock.release(), /another task of this process holds it/);
  await task;
  (await lock.acquire()).release();
});

test('what the thread took by acquireSync() it may take again, also awaited', async () => {
  const lock = new RLock();
  lock.acquireSync();
  await lock.acquire();
  lock.release();
  lock.release();
  assert.throws(() => lock.release(), /nobody holds it.*await/);
});

test('an acquisition that was released by release() is not released a second time at the end of its block', async () => {
  const lock = new RLock();
  {
    using held = await lock.acquire();
    assert.ok(held);
    lock.release();
    await lock.acquire();
  }
  assert.equal(lock.locked(), true, 'the later acquisition is not the block’s to release');
  lock.release();
});

test('when the owner is killed, however often it took the lock, the next one is told its name', async () => {
  const lock = new RLock();
  const holding = new Queue<boolean>();
  const owner = new Process({
    target: async () => {
      await lock.acquire();
      await lock.acquire();
      holding.putSync(true);
      for (;;);
    },
    name: 'Owner',
  });
  owner.start();
  await holding.get();
  setTimeout(() => owner.kill(), 50);
  await assert.rejects(
    lock.acquire(),
    (error: unknown) => error instanceof LockOwnerDiedError && error.processName === 'Owner',
  );
  await lock.with(() => assert.equal(lock.locked(), true));
  await owner.join();
  assert.equal(lock.locked(), false);
});
