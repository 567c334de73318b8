// What may be mapped over what: functions of every kind, large results, handles in both directions, locks closed over.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { Lock, Pool, Queue, RawArray, WaitAbortedError } from '../../src/index';
import { nothingLeft } from '../support/processes/nothing-left';

const upTo = (count: number) => Array.from({ length: count }, (_, i) => i);

class Scale {
  readonly factor: number;
  constructor(factor: number) {
    this.factor = factor;
  }
  times(x: number): number {
    return x * this.factor;
  }
  static half(x: number): number {
    return x / 2;
  }
}

for (const method of ['process', 'thread'] as const) {
  describe(`a pool of '${method}'`, () => {
    test('runs bound methods, static methods and built-in functions', async () => {
      await using pool = new Pool({ processes: 1, method });
      const scale = new Scale(3);
      assert.deepEqual(await pool.map(scale.times.bind(scale), [1, 2]), [3, 6]);
      assert.deepEqual(await pool.map((x) => scale.times(x), [1, 2]), [3, 6]);
      assert.deepEqual(await pool.map(Scale.half, [1, 2]), [0.5, 1]);
      assert.deepEqual(await pool.map(Math.sqrt, [4, 9]), [2, 3]);
    });

    test('keeps numbers exactly, however they travel', async () => {
      await using pool = new Pool({ processes: 1, method });
      const numbers = [0, -0, 1.5, Number.NaN, Number.POSITIVE_INFINITY, Number.MIN_VALUE, 2 ** 53];
      assert.deepEqual(await pool.map((x) => x, numbers), numbers);
      assert.deepEqual(await pool.map((x) => x, [1, 'a', 2]), [1, 'a', 2]);
      assert.deepEqual(await pool.map((x) => (x === 2 ? 'two' : x), [1, 2, 3]), [1, 'two', 3]);
      const holes = new Array<number | undefined>(3);
      holes[1] = 1;
      assert.deepEqual(await pool.map((x) => x, holes), [undefined, 1, undefined]);
    });

    test('is not changed by what the caller does to its list afterwards', async () => {
      await using pool = new Pool({ processes: 1, method });
      const numbers = upTo(1000);
      const result = pool.mapAsync((x) => x, numbers);
      numbers.fill(-1);
      assert.deepEqual(await result.get(), upTo(1000));
    });

    test('brings large results of many items', async () => {
      await using pool = new Pool({ processes: 2, method });
      const large = (x: number) => new Uint8Array(1_000_000).fill(x);
      const results = await pool.map(large, upTo(40));
      assert.ok(results.every((bytes, i) => bytes.length === 1_000_000 && bytes[999_999] === i));
    });

    test('brings handles as results', async () => {
      await using pool = new Pool({ processes: 1, method });
      const queue = await pool.apply(() => {
        const made = new Queue<string>();
        made.putSync('from the worker');
        return made;
      });
      assert.equal(await queue.get({ timeout: 20_000 }), 'from the worker');
    });

    test('shares a lock that a function closes over, so that no change is lost', async () => {
      await using pool = new Pool({ processes: 2, method });
      const lock = new Lock();
      const total = new RawArray('int32', 1);
      const add = async (x: number) => {
        await lock.with(() => {
          const seen = total[0] as number;
          for (let i = 0; i < 1000; i++);
          total[0] = seen + x;
        });
      };
      await pool.map(add, new Array<number>(500).fill(2));
      assert.equal(total[0], 1000);
    });

    test('lets a task that dies with a lock neither keep it nor end the pool', {
      skip: method === 'thread',
    }, async () => {
      await using pool = new Pool({ processes: 2, method });
      const lock = new Lock();
      const die = () => {
        lock.acquireSync();
        process.kill(process.pid, 'SIGKILL');
      };
      await assert.rejects(pool.apply(die), { code: 'process-died' });
      await assert.rejects(lock.acquire({ timeout: 20_000 }), { code: 'lock-owner-died' });
      await lock.with(() => {});
      assert.equal(await pool.apply(Scale.half, [4]), 2);
    });

    for (const name of ['apply', 'map', 'starmap', 'imap', 'imapUnordered'] as const) {
      test(`${name} is stopped by its timeout and by its signal, and so is the work`, async () => {
        await using pool = new Pool({ processes: 1, method });
        const forever = () => {
          for (;;);
        };
        const run = (options: { timeout?: number; signal?: AbortSignal }): Promise<unknown> => {
          switch (name) {
            case 'apply':
              return pool.apply(forever, [], options);
            case 'map':
              return pool.map(forever, [1, 2], options);
            case 'starmap':
              return pool.starmap(forever, [[], []], options);
            default:
              return pool[name](forever, [1, 2], options).next();
          }
        };
        await assert.rejects(run({ timeout: 100 }), { code: 'timeout' });
        const abort = new AbortController();
        setTimeout(() => abort.abort(), 100);
        await assert.rejects(run({ signal: abort.signal }), WaitAbortedError);
        assert.equal(await pool.apply(Scale.half, [4]), 2);
      });
    }

    test('counts what it did', async () => {
      await using pool = new Pool({ processes: 1, method });
      await pool.map(Scale.half, upTo(10));
      await assert.rejects(
        pool.apply(() => {
          throw new RangeError('no');
        }),
      );
      const { done, failed, died, busy, calls, processes } = pool.stats;
      assert.deepEqual(
        { done, failed, died, busy, calls, processes },
        {
          done: 10,
          failed: 1,
          died: 0,
          busy: 0,
          calls: 0,
          processes: 1,
        },
      );
    });

    test('gives no worker more items than maxTasksPerChild', async () => {
      await using pool = new Pool({ processes: 1, maxTasksPerChild: 4, method });
      let ran = 0;
      const places = await pool.map(() => ++ran, upTo(10));
      assert.deepEqual(places, [1, 2, 3, 4, 1, 2, 3, 4, 1, 2]);
    });
  });
}

after(nothingLeft);
