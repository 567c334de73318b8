// CPython's _TestCondition, over both start methods.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  Condition,
  getAllStartMethods,
  Lock,
  Process,
  Queue,
  Semaphore,
  WaitAbortedError,
} from '../../src/index';
import { nothingLeft } from '../support/processes/nothing-left';

/** Long enough that whoever was to wake has woken, on a busy machine too. */
const A_WHILE = 300;

for (const method of getAllStartMethods()) {
  describe(`by the method '${method}'`, () => {
    /** Children that wait, and this process with a task that does. */
    async function sleepers(condition: Condition, options: { timeout?: number } = {}) {
      const sleeping = new Semaphore(0);
      const woken = new Queue<boolean>();
      const awaits = () =>
        condition.with(async () => {
          sleeping.release();
          woken.putSync(await condition.wait(options));
        });
      const blocks = () => {
        condition.acquireSync();
        sleeping.release();
        woken.putSync(condition.waitSync(options));
        condition.release();
      };
      const children = [blocks, awaits, blocks].map((target) => new Process({ target, method }));
      for (const child of children) child.start();
      const tasks = [awaits(), awaits(), awaits()];
      for (let i = 0; i < children.length + tasks.length; i++) await sleeping.acquire();
      // Who said that it sleeps holds the lock until it does.
      await condition.with(() => {});
      const end = () => Promise.all([...children.map((child) => child.join()), ...tasks]);
      return { woken, count: children.length + tasks.length, end };
    }

    test('test_notify: each notification lets one go on', async () => {
      const condition = new Condition();
      const { woken, count, end } = await sleepers(condition);
      assert.equal(woken.qsize(), 0);
      for (let notified = 1; notified <= count; notified++) {
        await condition.with(() => condition.notify());
        while (woken.qsize() < notified) await sleep(5);
        await sleep(A_WHILE / 6);
        assert.equal(woken.qsize(), notified);
      }
      await end();
      for (let i = 0; i < count; i++) assert.equal(woken.getNowait(), true);
    });

    test('test_notify_all: lets all go on; and a timeout ends the waits of all', async () => {
      const condition = new Condition();
      const late = await sleepers(condition, { timeout: 100 });
      await late.end();
      for (let i = 0; i < late.count; i++) assert.equal(late.woken.getNowait(), false);
      const { woken, count, end } = await sleepers(condition);
      await sleep(A_WHILE);
      assert.equal(woken.qsize(), 0);
      await condition.with(() => condition.notifyAll());
      await end();
      for (let i = 0; i < count; i++) assert.equal(woken.getNowait(), true);
    });

    test('test_notify_n: lets n go on, and no more than there are', async () => {
      const condition = new Condition(new Lock());
      const { woken, count, end } = await sleepers(condition);
      let expected = 0;
      for (const n of [2, 3, 4]) {
        await condition.with(() => condition.notify(n));
        expected = Math.min(count, expected + n);
        while (woken.qsize() < expected) await sleep(5);
        await sleep(A_WHILE);
        assert.equal(woken.qsize(), expected);
      }
      await end();
      await condition.with(() => condition.notify(3));
      assert.equal(woken.qsize(), count);
    });

    test('test_timeout: wait() ends when the time is up, with the lock held', async () => {
      const condition = new Condition();
      const child = new Process({
        target: async () => {
          await condition.acquire();
          const began = performance.now();
          const ends = [await condition.wait({ timeout: 100 }), condition.waitSync({ timeout: 100 })];
          condition.release();
          process.exit(performance.now() - began >= 199 && ends.every((end) => end === false) ? 7 : 1);
        },
        method,
      });
      child.start();
      await child.join();
      assert.equal(child.exitcode, 7);
    });

    test('test_waitfor: waits until the predicate holds', async () => {
      const condition = new Condition();
      const state = new Queue<number>();
      const child = new Process({
        target: async () => {
          await condition.acquire();
          const first = await condition.waitFor(() => state.qsize() >= 1);
          const second = condition.waitForSync(() => state.qsize() === 4);
          condition.release();
          process.exit(first && second ? 7 : 1);
        },
        method,
      });
      child.start();
      for (let i = 0; i < 4; i++) {
        await sleep(20);
        await condition.with(() => {
          state.putSync(i);
          condition.notify();
        });
      }
      await child.join();
      assert.equal(child.exitcode, 7);
    });

    test('test_waitfor_timeout: gives up when the time is up, however often it was notified', async () => {
      const condition = new Condition();
      const ended = new Queue<[boolean, number]>();
      const child = new Process({
        target: async () => {
          await condition.acquire();
          for (const how of ['waitFor', 'waitForSync'] as const) {
            const began = performance.now();
            const result = await condition[how](() => false, { timeout: 200 });
            ended.putSync([result, performance.now() - began]);
          }
          condition.release();
        },
        method,
      });
      child.start();
      while (child.isAlive()) {
        await sleep(20);
        await condition.with(() => condition.notify());
      }
      for (let i = 0; i < 2; i++) {
        const [result, ms] = await ended.get();
        assert.equal(result, false);
        assert.ok(ms >= 199 && ms < 10_000, `${ms}`);
      }
      await child.join();
    });

    test('test_wait_result: tells a notification from a timeout', async () => {
      const condition = new Condition();
      const child = new Process({ target: () => condition.with(() => condition.notify()), method });
      await condition.with(async () => {
        assert.equal(await condition.wait({ timeout: 0 }), false);
        assert.equal(await condition.wait({ timeout: 20 }), false);
        child.start();
        assert.equal(await condition.wait({ timeout: 60_000 }), true);
        await assert.rejects(condition.wait({ signal: AbortSignal.timeout(20) }), WaitAbortedError);
      });
      await child.join();
    });
  });
}

after(nothingLeft);
