// CPython's _TestSemaphore and SemLockTests, over both start methods.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import {
  BoundedSemaphore,
  getAllStartMethods,
  Process,
  Queue,
  ReleasedTooOftenError,
  Semaphore,
} from '../../src/index';
import { nothingLeft } from '../support/processes/nothing-left';

class Limited extends Semaphore {
  twice(): void {
    this.acquireSync();
    this.acquireSync();
  }
}

for (const method of getAllStartMethods()) {
  describe(`by the method '${method}'`, () => {
    /** What a child sees of the semaphore while we hold one of its two permits. */
    async function halfTaken(semaphore: Semaphore): Promise<void> {
      assert.equal(semaphore.getValue(), 2);
      await semaphore.acquire();
      const values = new Queue<number | boolean>();
      const child = new Process({
        target: () => {
          values.putSync(semaphore.getValue());
          semaphore.acquireSync();
          values.putSync(semaphore.getValue());
          values.putSync(semaphore.acquireSync({ timeout: 0 }) !== false);
          semaphore.release();
        },
        method,
      });
      child.start();
      assert.deepEqual([await values.get(), await values.get(), await values.get()], [1, 0, false]);
      await child.join();
      assert.equal(semaphore.getValue(), 1);
      semaphore.release();
      assert.equal(semaphore.getValue(), 2);
    }

    test('test_semaphore: counts its permits, and may be given more than at first', async () => {
      const semaphore = new Semaphore(2);
      await halfTaken(semaphore);
      semaphore.release();
      semaphore.release();
      assert.equal(semaphore.getValue(), 4);
    });

    test('test_bounded_semaphore: counts its permits, and refuses more than at first', async () => {
      const semaphore = new BoundedSemaphore(2);
      await halfTaken(semaphore);
      assert.throws(() => semaphore.release(), ReleasedTooOftenError);
      assert.equal(semaphore.getValue(), 2);
      assert.throws(() => new BoundedSemaphore(1).release(), /though its one permit is free: /);
    });

    test('test_timeout: whoever finds no permit waits as long as its timeout says', async () => {
      const semaphore = new Semaphore(0);
      const waited = new Queue<[unknown, number]>();
      const child = new Process({
        target: async () => {
          for (const timeout of [-10, 0, 100]) {
            const began = performance.now();
            const taken = [await semaphore.acquire({ timeout }), semaphore.acquireSync({ timeout })];
            waited.putSync([taken, performance.now() - began]);
          }
        },
        method,
      });
      child.start();
      for (const atLeast of [0, 0, 199]) {
        const [taken, ms] = await waited.get();
        assert.deepEqual(taken, [false, false]);
        assert.ok(ms >= atLeast && ms < atLeast + 5000, `${ms}`);
      }
      await child.join();
    });

    test('test_semlock_subclass: a subclass of a semaphore is one, and reaches a child as one', async () => {
      const limited = new Limited(2);
      limited.twice();
      assert.equal(limited.locked(), true);
      const child = new Process({ target: () => limited.release(2), method });
      child.start();
      await child.join();
      assert.deepEqual([child.exitcode, limited.getValue()], [0, 2]);
    });
  });
}

after(nothingLeft);
