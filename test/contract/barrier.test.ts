// CPython's _TestBarrier, over both start methods.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Barrier, BrokenBarrierError, getAllStartMethods, Process, Queue, Semaphore } from '../../src/index';
import { nothingLeft } from '../support/processes/nothing-left';

const N = 4;
type Party = (self: number) => unknown;

for (const method of getAllStartMethods()) {
  describe(`by the method '${method}'`, () => {
    /** `party` runs in three children, and as a task of this process. */
    async function runParties(party: Party): Promise<void> {
      const children = Array.from(
        { length: N - 1 },
        (_, i) => new Process({ target: party, args: [i + 1], method }),
      );
      for (const child of children) child.start();
      await party(0);
      for (const child of children) await child.join();
      assert.deepEqual(
        children.map((child) => child.exitcode),
        [0, 0, 0],
      );
    }

    function drain<T>(queue: Queue<T>): T[] {
      return Array.from({ length: queue.qsize() }, () => queue.getNowait());
    }

    /** Nobody is a turn ahead of the others, however often they meet. */
    async function meet(times: number): Promise<void> {
      const barrier = new Barrier(N);
      const arrived = new Semaphore(0);
      const wrong = new Queue<number>();
      await runParties(async (self) => {
        for (let turn = 1; turn <= times; turn++) {
          arrived.release();
          if (self % 2 === 0) await barrier.wait();
          else barrier.waitSync();
          const seen = arrived.getValue();
          if (seen < turn * N || seen > (turn + 1) * N) wrong.putSync(seen);
        }
      });
      assert.deepEqual(drain(wrong), []);
      assert.deepEqual([barrier.broken, barrier.nWaiting, barrier.parties], [false, 0, N]);
    }

    test('test_barrier: all wait for the last', () => meet(1));
    test('test_barrier_10: all wait for the last, ten times', () => meet(10));

    test('test_wait_return: each gets another number, and one of them 0', async () => {
      const barrier = new Barrier(N);
      const places = new Queue<number>();
      await runParties(async () => places.put(await barrier.wait()));
      assert.deepEqual(drain(places).sort(), [0, 1, 2, 3]);
    });

    test('test_action: one party calls the action, before any goes on', async () => {
      const called = new Queue<string>();
      const barrier = new Barrier(N, { action: () => called.putSync('called') });
      const seen = new Queue<number>();
      await runParties(async () => {
        await barrier.wait();
        seen.putSync(called.qsize());
      });
      assert.deepEqual(drain(seen), [1, 1, 1, 1]);
    });

    test('test_abort: who waits when a party calls abort() is told, and so is who comes later', async () => {
      const barrier = new Barrier(N);
      const results = new Queue<string>();
      await runParties(async () => {
        try {
          if ((await barrier.wait()) === N / 2) barrier.abort();
          else {
            await barrier.wait();
            results.putSync('passed');
          }
        } catch (error) {
          results.putSync((error as Error).name);
        }
      });
      assert.deepEqual(drain(results), Array(N - 1).fill(BrokenBarrierError.name));
      assert.equal(barrier.broken, true);
      await assert.rejects(barrier.wait(), /called abort\(\)/);
    });

    test('test_reset: who waits then is told, and the barrier goes on', async () => {
      const barrier = new Barrier(N);
      const results = new Queue<string>();
      await runParties(async () => {
        const place = await barrier.wait();
        if (place === N / 2) {
          while (barrier.nWaiting < N - 1) await sleep(2);
          barrier.reset();
        } else {
          await barrier.wait().catch((error: Error) => results.putSync(error.name));
        }
        await barrier.wait();
      });
      assert.deepEqual(drain(results), Array(N - 1).fill(BrokenBarrierError.name));
      assert.equal(barrier.broken, false);
    });

    test('test_abort_and_reset: a barrier that was aborted serves again after reset()', async () => {
      const barrier = new Barrier(N);
      const others = new Barrier(N);
      const results = new Queue<string>();
      await runParties(async () => {
        try {
          if ((await barrier.wait()) === N / 2) barrier.abort();
          else await barrier.wait();
        } catch (error) {
          results.putSync((error as Error).name);
        }
        if ((await others.wait()) === N / 2) barrier.reset();
        await others.wait();
        await barrier.wait();
        results.putSync('passed');
      });
      const seen = drain(results).sort();
      assert.deepEqual(seen, [...Array(N - 1).fill(BrokenBarrierError.name), ...Array(N).fill('passed')]);
    });

    for (const [name, options, timeout] of [
      ['test_timeout: a party that waits longer than its timeout breaks the barrier', {}, 100],
      ['test_default_timeout: the barrier may say how long', { timeout: 100 }, undefined],
    ] as const) {
      test(name, async () => {
        const barrier = new Barrier(N, options);
        const late = new Queue<string>();
        const results = new Queue<string>();
        await runParties(async (self) => {
          if (self === 0) await late.get();
          try {
            await barrier.wait(timeout === undefined ? {} : { timeout });
          } catch (error) {
            results.putSync((error as Error).name);
            if (self === 1) late.putSync('now');
          }
        });
        assert.deepEqual(drain(results), Array(N).fill(BrokenBarrierError.name));
        assert.equal(barrier.broken, true);
      });
    }

    test('test_single_thread: a barrier of one lets it pass', async () => {
      const barrier = new Barrier(1);
      assert.deepEqual([await barrier.wait(), barrier.waitSync()], [0, 0]);
      assert.equal(barrier.broken, false);
    });

    test('test_thousand: a thousand meetings', () => meet(1000));
  });
}

after(nothingLeft);
