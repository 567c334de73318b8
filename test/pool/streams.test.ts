// Items that come bit by bit, and results that are taken bit by bit.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from '../../src/index';
import { collectGarbage } from '../support/processes/collect-garbage';
import { nothingLeft } from '../support/processes/nothing-left';

const square = (x: number) => x * x;
const upTo = (count: number) => Array.from({ length: count }, (_, i) => i);

/** An async source that remembers what became of it. */
function watched(count: number, failsAt = Number.POSITIVE_INFINITY) {
  const seen = { asked: 0, cleaned: false };
  async function* items() {
    try {
      for (let i = 0; i < count; i++) {
        if (i === failsAt) throw new RangeError('the source');
        seen.asked++;
        yield i;
      }
    } finally {
      seen.cleaned = true;
    }
  }
  return { seen, items: items() };
}

for (const method of ['process', 'thread'] as const) {
  describe(`a pool of '${method}'`, () => {
    test('maps an async iterable', async () => {
      await using pool = new Pool({ processes: 2, method });
      assert.deepEqual(await pool.map(square, watched(300).items), upTo(300).map(square));
      async function* pairs() {
        yield [3, 4] as [number, number];
        yield [5, 6] as [number, number];
      }
      assert.deepEqual(await pool.starmap((a: number, b: number) => a * b, pairs()), [12, 30]);
    });

    test('gives out what an async source has while it waits for more', async () => {
      await using pool = new Pool({ processes: 1, method });
      let goOn = () => {};
      async function* slow() {
        yield 3;
        await new Promise<void>((resolve) => {
          goOn = resolve;
        });
        yield 4;
      }
      const results = pool.imap(square, slow());
      assert.equal((await results.next({ timeout: 20_000 })).value, 9);
      goOn();
      assert.equal((await results.next({ timeout: 20_000 })).value, 16);
      assert.equal((await results.next()).done, true);
    });

    test('rejects a map with the error of an async source', async () => {
      await using pool = new Pool({ processes: 2, method });
      const { items, seen } = watched(50, 20);
      await assert.rejects(pool.map(square, items), { name: 'RangeError', message: 'the source' });
      assert.equal(seen.cleaned, true);
      assert.equal(await pool.apply(square, [4]), 16);
    });

    test('tells the error of an async source after the results of what came before it', async () => {
      await using pool = new Pool({ processes: 2, method });
      const results = pool.imap(square, watched(50, 20).items);
      for (const value of upTo(20).map(square)) assert.equal((await results.next()).value, value);
      await assert.rejects(results.next(), { message: 'the source' });
    });

    test('ends an async source after the first error of a map', async () => {
      await using pool = new Pool({ processes: 1, method });
      const { items, seen } = watched(Number.POSITIVE_INFINITY);
      const fail = (x: number) => {
        if (x === 5) throw new RangeError('five');
      };
      await assert.rejects(pool.map(fail, items), { message: 'five' });
      for (let i = 0; i < 500 && !seen.cleaned; i++) await sleep(10);
      assert.equal(seen.cleaned, true);
    });

    test('asks an async source no further while nobody takes results, and ends it at a break', async () => {
      await using pool = new Pool({ processes: 2, method });
      const { items, seen } = watched(Number.POSITIVE_INFINITY);
      let taken = 0;
      for await (const result of pool.imapUnordered(square, items, { ahead: 10 })) {
        assert.ok(result >= 0);
        if (++taken === 20) await sleep(200);
        assert.ok(seen.asked <= taken + 11, `${seen.asked} asked for, ${taken} taken`);
        if (taken === 30) break;
      }
      for (let i = 0; i < 500 && !seen.cleaned; i++) await sleep(10);
      assert.equal(seen.cleaned, true);
    });

    test('join() is not held up by results that nobody takes, and keeps them', async () => {
      const pool = new Pool({ processes: 2, method });
      const results = pool.imap(square, upTo(100), { ahead: 10 });
      assert.equal((await results.next()).value, 0);
      pool.close();
      await pool.join({ timeout: 25_000 });
      assert.deepEqual(pool.processes, []);
      assert.equal(pool.stats.done, 100);
      const rest: number[] = [];
      for await (const result of results) rest.push(result);
      assert.deepEqual(rest, upTo(100).slice(1).map(square));
    });

    test('begins nothing more after a break, also of what was sent already', async () => {
      await using pool = new Pool({ processes: 1, method });
      const slow = (ms: number) => {
        const end = Date.now() + ms;
        while (Date.now() < end);
      };
      await pool.map(slow, [1, 1]);
      for await (const _ of pool.imap(slow, [1, ...new Array<number>(50).fill(10_000)])) break;
      // At most one of the long ones is in the way.
      const result = pool.applyAsync(square, [3]);
      assert.equal(await result.get({ timeout: 25_000 }), 9);
    });

    test('needs no more memory for many items than for few', async () => {
      await using pool = new Pool({ processes: 2, method });
      const heap = async (count: number) => {
        let last = 0;
        for await (const result of pool.imap(square, endless(count))) last = result;
        assert.equal(last, square(count - 1));
        await collectGarbage();
        return process.memoryUsage().heapUsed;
      };
      function* endless(count: number) {
        for (let i = 0; i < count; i++) yield i;
      }
      await heap(20_000);
      const before = await heap(20_000);
      const grown = (await heap(100_000)) - before;
      assert.ok(grown < 2 * 2 ** 20, `${grown} bytes`);
    });
  });
}

after(nothingLeft);
