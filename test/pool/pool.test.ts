// What a pool does beyond Python's: types, closures, chunks by time, back-pressure, progress, nesting.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { currentProcess, Lock, Pool, type Progress, Queue } from '../../src/index';
import { objectKinds, objectsOfKind } from '../../src/objects/references';
import { nothingLeft } from '../support/processes/nothing-left';

const square = (x: number) => x * x;
const upTo = (count: number) => Array.from({ length: count }, (_, i) => i);

for (const method of ['process', 'thread'] as const) {
  describe(`a pool of '${method}'`, () => {
    test('infers results and checks items against the function', async () => {
      await using pool = new Pool({ processes: 1, method });
      const texts: string[] = await pool.map(async (x: number) => `${x}`, [1, 2]);
      assert.deepEqual(texts, ['1', '2']);
      // @ts-expect-error: a number is wanted
      assert.deepEqual(await pool.map(square, ['3']), [9]);
      // @ts-expect-error: arguments are missing
      assert.ok(Number.isNaN(await pool.apply(square)));
    });

    test('lets go of what its initializer has, also when it is closed and never terminated', async () => {
      const holds = () => objectsOfKind(objectKinds.hold).length;
      const before = holds();
      const lock = new Lock();
      const pool = new Pool({ processes: 2, method, initializer: () => lock.with(() => {}) });
      const late = pool.apply(() => 1, []);
      assert.equal(holds(), before + 1);
      pool.close();
      assert.equal(await late, 1);
      await pool.join();
      assert.equal(holds(), before);
    });

    test('results are waited for without an end where the timeout has none', async () => {
      await using pool = new Pool({ processes: 1, method });
      const slow = () => new Promise<number>((resolve) => setTimeout(resolve, 50, 1));
      assert.equal(await pool.applyAsync(slow).get({ timeout: Number.POSITIVE_INFINITY }), 1);
      const results = pool.imap(slow, [1]);
      assert.deepEqual(await results.next({ timeout: 2 ** 31 }), { done: false, value: 1 });
      await assert.rejects(results.next({ timeout: 'soon' as never }), { code: 'invalid-argument' });
    });

    test('copies what a function closes over as it is at the call', async () => {
      await using pool = new Pool({ processes: 2, method });
      let factor = 2;
      const times = (x: number) => x * factor;
      const first = pool.mapAsync(times, upTo(20), { chunkSize: 1 });
      factor = 3;
      const second = pool.mapAsync(times, [1]);
      assert.deepEqual(
        await first.get(),
        upTo(20).map((x) => x * 2),
      );
      assert.deepEqual(await second.get(), [3]);
    });

    test('brings a function once to each worker, where it keeps its state during a call', async () => {
      await using pool = new Pool({ processes: 1, method });
      let calls = 0;
      const count = () => ++calls;
      assert.deepEqual(await pool.map(count, upTo(4), { chunkSize: 1 }), [1, 2, 3, 4]);
      assert.deepEqual(await pool.map(count, upTo(2)), [1, 2]);
      assert.equal(calls, 0);
    });

    test('shares locks and queues with its tasks, by closure and by argument', async () => {
      await using pool = new Pool({ processes: 2, method });
      const queue = new Queue<number>();
      await pool.map((x) => queue.putSync(x), upTo(10));
      await pool.apply((other: Queue<number>) => other.putSync(10), [queue]);
      const got = upTo(11).map(() => queue.getNowait());
      assert.deepEqual(
        got.sort((a, b) => a - b),
        upTo(11),
      );
    });

    test('takes an async iterable, no faster than results are taken', async () => {
      await using pool = new Pool({ processes: 2, method });
      let asked = 0;
      async function* source() {
        for (let i = 0; i < 200; i++) {
          asked++;
          yield i;
        }
      }
      let taken = 0;
      for await (const result of pool.imap(square, source(), { ahead: 8 })) {
        assert.equal(result, taken * taken);
        taken++;
        assert.ok(asked - taken <= 10, `${asked} asked for, ${taken} taken`);
      }
      assert.deepEqual([taken, asked], [200, 200]);
    });

    test('asks the source no further after a break, and lets it clean up', async () => {
      await using pool = new Pool({ processes: 2, method });
      let cleaned = false;
      function* source() {
        try {
          for (let i = 0; ; i++) yield i;
        } finally {
          cleaned = true;
        }
      }
      for await (const result of pool.imapUnordered(square, source())) if (result > 100) break;
      assert.equal(cleaned, true);
      assert.equal(await pool.apply(square, [4]), 16);
    });

    test('tells its progress', async () => {
      await using pool = new Pool({ processes: 2, method });
      const seen: Progress[] = [];
      await pool.map(square, upTo(10), { chunkSize: 3, onProgress: (progress) => seen.push(progress) });
      assert.deepEqual(seen.at(-1), { done: 10, total: 10 });
      assert.equal(seen.length, 4);
    });

    test('goes on after the error of one item of imap', async () => {
      await using pool = new Pool({ processes: 2, method });
      const results = pool.imap((x: number) => {
        if (x === 1) throw new RangeError('one');
        return x;
      }, upTo(3));
      assert.equal((await results.next()).value, 0);
      await assert.rejects(results.next(), RangeError);
      assert.equal((await results.next()).value, 2);
    });

    test('works within a task of a pool', async () => {
      await using pool = new Pool({ processes: 1, method });
      const inner = async (count: number) => {
        await using nested = new Pool({ processes: 1, method });
        return await nested.map(square, upTo(count));
      };
      assert.deepEqual(await pool.apply(inner, [4]), [0, 1, 4, 9]);
    });

    test('starts the next task at the first free worker, however long the others take', async () => {
      await using pool = new Pool({ processes: 2, method });
      await pool.map(square, upTo(10));
      const gate = new Queue<number>();
      const results = pool.imapUnordered((x: number) => (x === 0 ? gate.getSync() : x), upTo(6));
      const first = [];
      for (let i = 0; i < 5; i++) first.push((await results.next({ timeout: 20_000 })).value);
      assert.deepEqual(first, [1, 2, 3, 4, 5]);
      gate.putSync(7);
      assert.equal((await results.next()).value, 7);
    });

    test('gives what a worker has not begun, since it is not ready, to another', {
      timeout: 20_000,
    }, async () => {
      const initializer = async () => {
        if (currentProcess().name === 'PoolWorker-1') await sleep(500);
      };
      await using pool = new Pool({ processes: 2, method, initializer });
      assert.deepEqual(await pool.map(square, [3]), [9]);
    });

    test('lets results be undefined, and items be of any kind that travels', async () => {
      await using pool = new Pool({ processes: 1, method });
      assert.deepEqual(await pool.map((_item): void => undefined, [1, 2]), [undefined, undefined]);
      const items = [1n, new Map([[1, new Set(['a'])]]), new Date(5), new Float64Array([1, 2])];
      assert.deepEqual(await pool.map((item) => item, items), items);
    });
  });
}

after(nothingLeft);
