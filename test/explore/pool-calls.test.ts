// However many calls a pool serves at a time, every order of them ends: each answer is heard, and nobody waits for one that came.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { explore, Pool } from '../../src/index';
import { nothingLeft } from '../support/processes/nothing-left';

const double = (n: number) => n * 2;
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);

type End = 'close' | 'terminate';

/** Programs of `calls` calls at a time by `processes` workers. */
const programs: { [what: string]: (calls: number, processes: number, end: End) => () => Promise<unknown> } = {
  'apply() of all at once': (calls, processes, end) => async () => {
    const pool = new Pool({ processes });
    const results = await Promise.all(upTo(calls).map((n) => pool.apply(double, [n])));
    pool[end]();
    return results;
  },
  'applyAsync(), heard in turn': (calls, processes, end) => async () => {
    const pool = new Pool({ processes });
    const pending = upTo(calls).map((n) => pool.applyAsync(double, [n]));
    const results: number[] = [];
    for (const each of pending) results.push(await each.get());
    pool[end]();
    return results;
  },
  'map() beside apply()': (calls, processes, end) => async () => {
    const pool = new Pool({ processes });
    const [first, ...others] = upTo(calls);
    const [one, more] = await Promise.all([pool.apply(double, [first ?? 0]), pool.map(double, others)]);
    pool[end]();
    return [one, ...more];
  },
};

describe('an explored pool', () => {
  after(nothingLeft);

  for (const [what, make] of Object.entries(programs)) {
    for (const [calls, processes] of [
      [1, 1],
      [2, 1],
      [2, 2],
      [3, 1],
      [4, 1],
    ] as const) {
      for (const end of ['close', 'terminate'] as const) {
        test(`answers ${calls} calls with ${processes} workers: ${what}, ${end}()`, async () => {
          const found = await explore(make(calls, processes, end), { expect: upTo(calls).map(double) });
          assert.equal(found.failing, undefined, String(found));
          assert.equal(found.outcomes.length, 1);
          assert.ok(found.isComplete);
        });
      }
    }
  }

  test('gives its work out in turn where there are too many orders, and few of them are left', async () => {
    for (const make of Object.values(programs)) {
      const found = await explore(make(4, 2, 'close'), { states: 2_500, expect: upTo(4).map(double) });
      assert.equal(found.failing, undefined, String(found));
      assert.doesNotMatch(String(found), /seeded orders/);
    }
  });

  test('hears of each item in its order, also where a later worker dies before', async () => {
    const found = await explore(async () => {
      const pool = new Pool({ processes: 2 });
      const heard: unknown[] = [];
      const dying = (n: number) => (n === 2 ? process.exit(3) : n);
      try {
        for await (const each of pool.imap(dying, [1, 2, 3])) heard.push(each);
      } catch (error) {
        heard.push((error as Error).name);
      }
      pool.terminate();
      return heard;
    });
    for (const { outcome } of found.outcomes) {
      assert.equal(outcome.hang, undefined);
      assert.deepEqual(outcome.returned, [1, 'ProcessDiedError']);
    }
  });
});
