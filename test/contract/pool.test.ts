// CPython's _TestPool, _TestPoolWorkerErrors, _TestPoolWorkerLifetime, TestPoolNotLeakOnFailure and pool_initializer.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  activeChildren,
  getAllStartMethods,
  Pool,
  PoolClosedError,
  PoolRunningError,
  Queue,
  TooManyProcessesError,
} from '../../src/index';
import { nothingLeft } from '../support/processes/nothing-left';
import { keepsPoolPromises } from './pool-promises';

const square = (x: number) => x * x;
const upTo = (count: number) => Array.from({ length: count }, (_, i) => i);

for (const method of getAllStartMethods()) {
  keepsPoolPromises(`'${method}'`, (sizes) => new Pool({ ...sizes, method }));

  describe(`_TestPool over '${method}'`, () => {
    let pool: Pool;
    before(() => {
      pool = new Pool({ processes: 4, method });
    });
    after(async () => {
      pool.terminate();
      await pool.join();
    });

    test('make_pool', async () => {
      for (const processes of [-1, 0]) {
        assert.throws(() => new Pool({ processes, method }), {
          message: `processes must be a whole number from 1, but it is ${processes}.`,
        });
      }
      const three = new Pool({ processes: 3, method });
      assert.equal(three.processes.length, 3);
      assert.equal(await three.apply(square, [2]), 4);
      assert.rejects(three.join(), PoolRunningError);
      three.close();
      await three.join();
      await assert.rejects(async () => three.apply(square, [2]), PoolClosedError);
    });

    test('map_no_failfast', async () => {
      const short = new Pool({ processes: 2, method });
      const done = new Queue<number>();
      const begun = new Queue<number>();
      const fails = async (i: number) => {
        if (i === 0) begun.getSync();
        if (i === 0) throw new RangeError('x'.repeat(1024 ** 2));
        begun.putSync(i);
        await new Promise((resolve) => setTimeout(resolve, 300));
        done.putSync(i);
      };
      await assert.rejects(short.map(fails, [0, 1]), RangeError);
      assert.equal(done.getNowait(), 1);
      short.close();
      await short.join();
    });

    test('enter', async () => {
      const short = new Pool({ processes: 1, method });
      {
        await using same = short;
        assert.equal(same.processes.length, 1);
      }
      assert.throws(() => short.mapAsync(square, [1]), PoolClosedError);
    });
  });

  describe(`_TestPoolWorkerErrors over '${method}'`, () => {});

  describe(`_TestPoolWorkerLifetime over '${method}'`, () => {
    test('pool_worker_lifetime', async () => {
      const pool = new Pool({ processes: 3, maxTasksPerChild: 10, method });
      const names = pool.processes.map(({ name }) => name);
      const results = upTo(100).map((i) => pool.applyAsync(square, [i]));
      for (const [i, result] of results.entries()) assert.equal(await result.get(), i * i);
      assert.equal(pool.stats.died, 0);
      const later = pool.processes.map(({ name }) => name);
      assert.notDeepEqual(later, names);
      pool.close();
      await pool.join();
    });

    test('worker_finalization_via_atexit_handler_of_multiprocessing', () => {
      const program = `
        const { Pool } = require(${JSON.stringify(require.resolve('../../src/index'))});
        const pool = new Pool({ processes: 1, method: '${method}' });
        pool.map(Number, ['1', '2']).then(console.log);`;
      const output = execFileSync(process.execPath, ['-e', program], { encoding: 'utf8', timeout: 30_000 });
      assert.equal(output, '[ 1, 2 ]\n');
    });
  });

  describe(`TestPoolNotLeakOnFailure over '${method}'`, () => {
    test('release_unused_processes', async () => {
      process.env.PARLAB_MAX_PROCESSES = '3';
      try {
        assert.throws(() => new Pool({ processes: 9, method }), TooManyProcessesError);
      } finally {
        delete process.env.PARLAB_MAX_PROCESSES;
      }
      for (let i = 0; i < 100 && activeChildren().length > 0; i++) await sleep(50);
      assert.deepEqual(activeChildren(), []);
    });
  });

  describe(`TestInitializers over '${method}'`, () => {
    test('pool_initializer', async () => {
      assert.throws(
        () => new Pool({ initializer: 1 as unknown as () => void, method }),
        /^InvalidArgumentError: initializer must be a function/,
      );
      const seen = new Queue<string>();
      const pool = new Pool({
        processes: 1,
        initializer: (word: string) => seen.putSync(word),
        initargs: ['hi'],
        method,
      });
      pool.close();
      await pool.join();
      assert.equal(seen.getNowait(), 'hi');
    });
  });
}

after(nothingLeft);
