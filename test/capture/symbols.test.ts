// A symbol is the same one in every process of the program, however often it travels: it may be the sign that ends a loop.
import assert from 'node:assert/strict';
import { errorMonitor } from 'node:events';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { explore, Pool, Process, Queue } from '../../src/index';
import { nothingLeft } from '../support/processes/nothing-left';

const STOP = Symbol('stop');
const OTHER = Symbol('stop');
const signs = join(__dirname, '..', '..', '..', 'test', 'programs', 'capture', 'signs.cjs');

describe('a symbol', () => {
  after(nothingLeft);

  for (const method of ['process', 'thread'] as const) {
    test(`ends the loop of a child that waits for it (${method})`, async () => {
      const jobs = new Queue<number | symbol>();
      const results = new Queue<unknown>();
      const child = new Process({
        method,
        target: async () => {
          let sum = 0;
          for (let item = await jobs.get(); item !== STOP; item = await jobs.get()) {
            sum += item === OTHER ? 100 : Number(item);
          }
          await results.put([sum, STOP, OTHER, Symbol('stop')]);
        },
      });
      child.start();
      for (const item of [1, 2, OTHER, STOP]) await jobs.put(item);
      const [sum, stop, other, third] = (await results.get()) as [number, symbol, symbol, symbol];
      assert.deepEqual([sum, stop === STOP, other === OTHER], [103, true, true]);
      assert.ok(third !== STOP && third !== OTHER && third.description === 'stop');
      await child.join();
    });
  }

  test('is itself again, through a queue of one process and through two children', async () => {
    const there = new Queue<unknown>();
    await there.put({ [STOP]: STOP });
    assert.deepEqual(await there.get(), { [STOP]: STOP });
    await using pool = new Pool({ processes: 2 });
    const made = await pool.apply(() => Symbol('made there'));
    assert.deepEqual(await pool.map((each) => each === made, [made, STOP, made, made]), [
      true,
      false,
      true,
      true,
    ]);
    assert.equal(await pool.apply(() => made), made);
    assert.equal(await pool.apply((each: symbol) => each, [made]), made);
  });

  test('of a module is that of the module, in every process', async () => {
    const { END, isEnd } = require(signs) as { END: symbol; isEnd: (value: unknown) => boolean };
    await using pool = new Pool({ processes: 1 });
    assert.deepEqual(await pool.map((each: unknown) => isEnd(each), [END, Symbol('end'), errorMonitor]), [
      true,
      false,
      false,
    ]);
    assert.equal(await pool.apply(() => END), END);
    assert.equal(await pool.apply(() => errorMonitor), errorMonitor);
  });

  test('of the registry and of JavaScript stays what it is', async () => {
    await using pool = new Pool({ processes: 1 });
    assert.equal(await pool.apply(() => Symbol.for('all')), Symbol.for('all'));
    assert.equal(await pool.apply(() => Symbol.asyncIterator), Symbol.asyncIterator);
  });

  test('ends the loop in every order that is explored', async () => {
    const found = await explore(
      async () => {
        const jobs = new Queue<number | symbol>();
        const results = new Queue<number>();
        const child = new Process({
          target: () => {
            let sum = 0;
            for (let item = jobs.getSync(); item !== STOP; item = jobs.getSync()) sum += Number(item);
            results.putSync(sum);
          },
        });
        child.start();
        for (const item of [1, 2, STOP]) jobs.putSync(item);
        await child.join();
        return results.getSync();
      },
      { expect: 3 },
    );
    assert.equal(found.failing, undefined, String(found));
    assert.ok(found.isComplete);
  });
});
