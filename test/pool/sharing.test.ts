// Nothing stands behind a slow task, and nothing that was not begun is lost.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { Pool, ProcessDiedError, Queue } from '../../src/index';
import { begun, claim, makeClaims, offer, takeBack } from '../../src/pool/claims';
import { nothingLeft } from '../support/processes/nothing-left';

const square = (x: number) => x * x;
const upTo = (count: number) => Array.from({ length: count }, (_, i) => i);

describe('claims', () => {
  test('are taken one by one, as long as there are any', () => {
    const claims = makeClaims();
    offer(claims, 1, 2);
    assert.deepEqual(
      [0, 0, 0, 0].map(() => claim(claims, 1)),
      [0, 1, -1, -1],
    );
    assert.equal(begun(claims, 1), 2);
  });

  test('that are not taken can be taken back', () => {
    const claims = makeClaims();
    offer(claims, 0, 10);
    claim(claims, 0);
    assert.equal(takeBack(claims, 0, 3), 4);
    assert.deepEqual(
      [0, 0, 0, 0].map(() => claim(claims, 0)),
      [1, 2, 3, -1],
    );
    assert.equal(takeBack(claims, 0, 0), 4);
    assert.equal(begun(claims, 0), 4);
  });
});

for (const method of ['process', 'thread'] as const) {
  describe(`a pool of '${method}'`, () => {
    test('runs all other items of a map while the first blocks', async () => {
      await using pool = new Pool({ processes: 2, method });
      const gate = new Queue<number>();
      const seen = new Queue<number>();
      const work = (x: number) => {
        if (x === 0) return gate.getSync();
        seen.putSync(x);
        return x;
      };
      const result = pool.mapAsync(work, upTo(200));
      const others = [];
      for (let i = 1; i < 200; i++) others.push(await seen.get({ timeout: 20_000 }));
      assert.deepEqual(
        others.sort((a, b) => a - b),
        upTo(200).slice(1),
      );
      gate.putSync(7);
      assert.deepEqual(await result.get(), [7, ...upTo(200).slice(1)]);
    });

    test('runs work of another call while a map has long to go', async () => {
      await using pool = new Pool({ processes: 1, method });
      const slow = (x: number) => {
        const end = performance.now() + 20;
        while (performance.now() < end);
        return x;
      };
      let isDone = false;
      const long = pool.map(slow, upTo(150)).finally(() => {
        isDone = true;
      });
      assert.equal(await pool.apply(square, [3]), 9);
      assert.equal(isDone, false);
      assert.deepEqual(await long, upTo(150));
    });

    test('begins nothing more in any worker after the first error of a map', async () => {
      await using pool = new Pool({ processes: 2, method });
      const begun = new Queue<number>();
      const work = (x: number) => {
        begun.putSync(x);
        if (x % 2 === 1) throw new RangeError('odd');
      };
      await assert.rejects(pool.map(work, upTo(5000)), RangeError);
      const count = begun.qsize();
      assert.ok(count <= 8, `${count} were begun`);
      await pool.apply(square, [2]);
      assert.equal(begun.qsize(), count);
    });

    test('fails one item that cannot travel, and not those beside it', async () => {
      await using pool = new Pool({ processes: 1, method });
      const items: unknown[] = [1, Promise.resolve(), 3];
      const results = pool.imap((x) => typeof x, items, { chunkSize: 3 });
      assert.equal((await results.next()).value, 'number');
      await assert.rejects(results.next(), { code: 'not-serializable' });
      assert.equal((await results.next()).value, 'number');
    });

    test('leaves chunks of a given size whole', async () => {
      await using pool = new Pool({ processes: 2, method });
      let calls = 0;
      const count = () => {
        const end = performance.now() + 15;
        while (performance.now() < end);
        return calls++;
      };
      const places = await pool.map(count, upTo(12), { chunkSize: 4 });
      for (const at of [0, 4, 8]) {
        const first = places[at] as number;
        assert.deepEqual(places.slice(at, at + 4), [first, first + 1, first + 2, first + 3]);
      }
    });
  });
}

test('a death costs the items that had begun, and the others are done', async () => {
  await using pool = new Pool({ processes: 2 });
  const results = pool.imap((x: number) => (x === 3 ? process.kill(process.pid, 'SIGKILL') : x), upTo(20));
  const lost: number[] = [];
  for (const x of upTo(20)) {
    try {
      assert.equal((await results.next({ timeout: 20_000 })).value, x);
    } catch (error) {
      assert.ok(error instanceof ProcessDiedError, String(error));
      lost.push(x);
    }
  }
  assert.ok(lost.includes(3) && lost.every((x) => x <= 3), `lost ${lost}`);
  assert.equal(pool.stats.died, 1);
});

after(nothingLeft);
