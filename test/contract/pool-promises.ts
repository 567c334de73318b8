// What CPython's _TestPool and its neighbours promise of a pool, whoever does its work: processes or threads of this computer, or the
// hosts of a room.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import {
  InvalidArgumentError,
  NotSerializableError,
  type Pool,
  PoolClosedError,
  RemoteError,
  TimeoutError,
} from '../../src/index';
import { collectGarbage } from '../support/processes/collect-garbage';

const square = (x: number) => x * x;
const squareLater = async (x: number, ms: number) => {
  await new Promise((resolve) => setTimeout(resolve, ms));
  return x * x;
};
const multiply = (a: number, b: number) => a * b;
const upTo = (count: number) => Array.from({ length: count }, (_, i) => i);
const pairs = upTo(100).map((i): [number, number] => [i, 99 - i]);
const products = pairs.map(([a, b]) => a * b);

class SayWhenError extends Error {}

function* throwing(total: number, when: number) {
  for (let i = 0; i < total; i++) {
    if (i === when) throw new SayWhenError('when');
    yield i;
  }
  if (when === -1) throw new SayWhenError('when');
}
const atOnce = () => {
  const items = throwing(1, 0);
  return items;
};

async function all<T>(results: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const result of results) list.push(result);
  return list;
}

export interface PoolSizes {
  processes?: number;
  maxTasksPerChild?: number;
}

export function keepsPoolPromises(how: string, makePool: (sizes: PoolSizes) => Pool): void {
  describe(`a pool of ${how}`, () => {
    let pool: Pool;
    before(() => {
      pool = makePool({ processes: 4 });
    });
    after(async () => {
      pool.terminate();
      await pool.join();
    });

    test('apply', async () => {
      assert.equal(await pool.apply(square, [5]), 25);
      assert.equal(await pool.apply((options: { x: number }) => options.x ** 2, [{ x: 3 }]), 9);
    });

    test('map', async () => {
      assert.deepEqual(await pool.map(square, upTo(10)), upTo(10).map(square));
      assert.deepEqual(await pool.map(square, upTo(100), { chunkSize: 20 }), upTo(100).map(square));
    });

    test('starmap', async () => {
      assert.deepEqual(await pool.starmap(multiply, pairs.slice(0, 10)), products.slice(0, 10));
      assert.deepEqual(await pool.starmap(multiply, pairs, { chunkSize: 20 }), products);
    });

    test('starmap_async', async () => {
      assert.deepEqual(await pool.starmapAsync(multiply, pairs).get(), products);
    });

    test('map_async', async () => {
      assert.deepEqual(await pool.mapAsync(square, upTo(10)).get(), upTo(10).map(square));
    });

    test('map_async_callbacks', async () => {
      const heard: unknown[] = [];
      const hear = {
        callback: (value: unknown) => heard.push(value),
        errorCallback: (e: unknown) => heard.push(e),
      };
      const toInt = (text: string) => {
        if (!/^\d+$/.test(text)) throw new RangeError(`invalid number: ${text}`);
        return Number(text);
      };
      await pool.mapAsync(toInt, ['1'], hear).wait();
      assert.deepEqual(heard, [[1]]);
      await pool.mapAsync(toInt, ['a'], hear).wait();
      assert.equal(heard.length, 2);
      assert.ok(heard[1] instanceof RangeError);
    });

    test('map_unpicklable', async () => {
      const items = Array.from({ length: 10 }, () => Promise.resolve(1) as unknown);
      await assert.rejects(
        pool.map((x) => x, items),
        NotSerializableError,
      );
      assert.equal(await pool.apply(square, [5]), 25);
    });

    test('map_chunksize', async () => {
      assert.deepEqual(await pool.mapAsync(square, [], { chunkSize: 1 }).get({ timeout: 20_000 }), []);
    });

    test('map_handle_iterable_exception', async () => {
      for (const items of [atOnce(), atOnce(), throwing(10, 3)]) {
        await assert.rejects(pool.map(square, items, { chunkSize: 1 }), SayWhenError);
      }
    });

    test('async', async () => {
      const result = pool.applyAsync(squareLater, [7, 200]);
      assert.equal(result.ready(), false);
      assert.throws(() => result.successful(), { code: 'not-ready' });
      assert.equal(await result.get(), 49);
      assert.deepEqual([result.ready(), result.successful()], [true, true]);
    });

    test('async_timeout', async () => {
      const result = pool.applyAsync(squareLater, [6, 1000]);
      await assert.rejects(result.get({ timeout: 50 }), TimeoutError);
      await result.wait({ timeout: 1 });
      assert.equal(await result.get(), 36);
    });

    for (const [name, imap] of [
      ['imap', 'imap'],
      ['imap_unordered', 'imapUnordered'],
    ] as const) {
      test(name, async () => {
        const sorted = async (results: AsyncIterable<number>) => (await all(results)).sort((a, b) => a - b);
        const ordered = name === 'imap' ? all<number> : sorted;
        assert.deepEqual(await ordered(pool[imap](square, upTo(10))), upTo(10).map(square));
        const results = pool[imap](square, upTo(1000), { chunkSize: 100 });
        assert.deepEqual(await ordered(results), upTo(1000).map(square));
        assert.deepEqual(await results.next(), { done: true, value: undefined });
      });

      test(`${name}_handle_iterable_exception`, async () => {
        for (let again = 0; again < 2; again++) {
          await assert.rejects(pool[imap](square, atOnce(), { chunkSize: 1 }).next(), SayWhenError);
        }
        // Python loses the items of the chunk that was being filled; here they count.
        for (const [total, when, chunkSize] of [
          [10, 3, 1],
          [20, 7, 2],
          [20, 7, 4],
        ] as const) {
          const results = pool[imap](square, throwing(total, when), { chunkSize });
          const seen: unknown[] = [];
          for (let i = 0; i < when; i++) seen.push((await results.next()).value);
          assert.deepEqual(seen.sort(), upTo(when).map(square).sort());
          await assert.rejects(results.next(), SayWhenError);
        }
      });
    }

    test('terminate', async () => {
      const short = makePool({ processes: 3 });
      const result = short.mapAsync(
        () => {
          for (;;);
        },
        upTo(10_000),
        { chunkSize: 1 },
      );
      short.terminate();
      await short.join();
      assert.deepEqual(short.processes, []);
      await assert.rejects(result.get(), PoolClosedError);
    });

    test('empty_iterable', async () => {
      assert.deepEqual(await pool.map(square, []), []);
      assert.deepEqual(await all(pool.imap(square, [])), []);
      assert.deepEqual(await all(pool.imapUnordered(square, [])), []);
      assert.deepEqual(await pool.mapAsync(square, new Set<number>()).get(), []);
    });

    test('context', async () => {
      let outside: Pool;
      {
        using inside = makePool({ processes: 2 });
        outside = inside;
        assert.deepEqual(await inside.mapAsync(square, upTo(10)).get(), upTo(10).map(square));
      }
      await outside.join();
      assert.throws(() => outside.mapAsync(square, upTo(10)), PoolClosedError);
    });

    test('traceback', async () => {
      const fail = () => {
        throw new RangeError('123'); // some comment
      };
      await assert.rejects(pool.apply(fail), (error: unknown) => {
        assert.ok(error instanceof RangeError);
        assert.equal(error.message, '123');
        assert.match(error.stack ?? '', /^RangeError: 123\n.*at .*pool-promises/);
        assert.ok(error.cause instanceof RemoteError);
        assert.match(error.cause.stack ?? '', /RangeError: 123\n +at fail .*pool-promises/);
        return true;
      });
      await assert.rejects(pool.map(square, atOnce()), (error: Error) => error.cause === undefined);
    });

    test('wrapped_exception', async () => {
      await assert.rejects(
        pool.apply(() => {
          throw new TypeError('foo', { cause: 'bar' });
        }),
        (error: Error) => error instanceof TypeError && error.cause === 'bar',
      );
    });

    test('release_task_refs', async () => {
      const objects = () => upTo(10).map((i) => ({ i }));
      const refs: WeakRef<object>[] = [];
      await (async () => {
        const items = objects();
        refs.push(...items.map((item) => new WeakRef(item)));
        refs.push(...(await pool.map((item) => item, items)).map((item) => new WeakRef(item)));
      })();
      // V8 may keep the last object in sight until the same code runs again.
      await pool.map((item) => item, [{ i: -1 }]);
      await collectGarbage();
      assert.deepEqual(new Set(refs.map((ref) => ref.deref())), new Set([undefined]));
    });

    test('async_error_callback', async () => {
      await using pool = makePool({ processes: 2 });
      let heard: unknown;
      const result = pool.applyAsync(
        () => {
          throw new RangeError('key');
        },
        [],
        { errorCallback: (error) => (heard = error) },
      );
      await assert.rejects(result.get(), RangeError);
      assert.ok(heard instanceof RangeError);
    });

    test('unpickleable_result', async () => {
      await using pool = makePool({ processes: 2 });
      for (let i = 0; i < 20; i++) {
        const result = pool.applyAsync(() => ({ later: Promise.resolve(42) }));
        await assert.rejects(result.get(), (error: unknown) => {
          assert.ok(error instanceof NotSerializableError);
          assert.match(error.message, /^result\.later cannot travel to another process: it is a Promise/);
          return true;
        });
      }
      assert.equal(pool.stats.died, 0);
    });

    test('pool_worker_lifetime_early_close', async () => {
      const pool = makePool({ processes: 3, maxTasksPerChild: 1 });
      const results = upTo(6).map((i) => pool.applyAsync(squareLater, [i, 100]));
      pool.close();
      await pool.join();
      for (const [i, result] of results.entries()) assert.equal(await result.get(), i * i);
    });

    test('pool_maxtasksperchild_invalid', () => {
      for (const value of [0, -1, 0.5, '12' as unknown as number]) {
        assert.throws(() => makePool({ processes: 3, maxTasksPerChild: value }), InvalidArgumentError);
      }
    });
  });
}
