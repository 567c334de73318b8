// CPython's _TestLock, over both start methods.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import {
  getAllStartMethods,
  Lock,
  NotHeldError,
  NotOwnerError,
  Process,
  Queue,
  RLock,
} from '../../src/index';
import { nothingLeft } from '../support/processes/nothing-left';

for (const method of getAllStartMethods()) {
  describe(`by the method '${method}'`, () => {
    test('test_lock: a lock is taken once, in this process and in another', async () => {
      const lock = new Lock();
      const seen = new Queue<boolean>();
      const child = new Process({
        target: () => {
          seen.putSync(lock.locked());
          seen.putSync(lock.acquireSync({ timeout: 0 }) === false);
        },
        method,
      });
      assert.ok(await lock.acquire());
      assert.equal(await lock.acquire({ timeout: 0 }), false);
      child.start();
      assert.deepEqual([await seen.get(), await seen.get()], [true, true]);
      await child.join();
      lock.release();
      assert.throws(() => lock.release(), NotHeldError);
    });

    test('test_rlock: an rlock is taken and released as often as its owner likes, and others wait', async () => {
      const lock = new RLock();
      const seen = new Queue<string>();
      const child = new Process({
        target: async () => {
          const taken = await lock.acquire({ timeout: 20 });
          try {
            lock.release();
          } catch (error) {
            seen.putSync(`${taken} ${(error as Error).name}`);
          }
        },
        method,
      });
      for (let depth = 0; depth < 3; depth++) assert.ok(await lock.acquire());
      assert.equal(lock.locked(), true);
      child.start();
      assert.equal(await seen.get(), 'false NotOwnerError');
      await child.join();
      for (let depth = 0; depth < 3; depth++) lock.release();
      assert.throws(() => lock.release(), NotOwnerError);
      for (let depth = 0; depth < 3; depth++) assert.ok(lock.acquireSync());
      for (let depth = 0; depth < 3; depth++) lock.release();
      assert.equal(lock.locked(), false);
    });

    test('test_lock_context: a lock is held inside of with(), also in a child', async () => {
      for (const lock of [new Lock(), new RLock()]) {
        const child = new Process({
          target: () =>
            lock.with(() => {
              if (!lock.locked()) process.exit(1);
            }),
          method,
        });
        child.start();
        await lock.with(() => assert.equal(lock.locked(), true));
        await child.join();
        assert.deepEqual([child.exitcode, lock.locked()], [0, false]);
      }
    });
  });
}

after(nothingLeft);
