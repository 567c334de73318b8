// A worker that dies, is stopped or never begins: nobody hangs, and the pool works on.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  currentProcess,
  Pool,
  ProcessDiedError,
  Queue,
  TimeoutError,
  WaitAbortedError,
} from '../../src/index';
import { setAmbientSignal } from '../../src/waiting/wake';
import { nothingLeft } from '../support/processes/nothing-left';

const square = (x: number) => x * x;
const forever = () => {
  for (;;);
};

describe('kill -9 of a worker', () => {
  test('in the middle of a task fails the task by name, and the worker is replaced', async () => {
    await using pool = new Pool({ processes: 2 });
    const pids = new Queue<number>();
    const result = pool.applyAsync(() => {
      pids.putSync(process.pid);
      for (;;);
    });
    const pid = await pids.get();
    process.kill(pid, 'SIGKILL');
    await assert.rejects(result.get({ timeout: 20_000 }), (error: unknown) => {
      assert.ok(error instanceof ProcessDiedError);
      assert.deepEqual([error.pid, error.exitcode], [pid, -9]);
      assert.match(
        error.message,
        /^PoolWorker-\d \(pid \d+\) was ended by signal 9 while it ran a function for Pool\.applyAsync\(\)\.$/,
      );
      return true;
    });
    assert.deepEqual(await pool.map(square, [1, 2, 3]), [1, 4, 9]);
    assert.equal(pool.processes.length, 2);
    assert.equal(pool.stats.died, 1);
  });

  test('during its result fails the task or lets the result come, never neither', async () => {
    await using pool = new Pool({ processes: 2 });
    const big = () => {
      setTimeout(() => process.kill(process.pid, 'SIGKILL'), 0);
      return new Uint8Array(30_000_000).fill(1);
    };
    for (let i = 0; i < 5; i++) {
      const [outcome] = await Promise.allSettled([pool.applyAsync(big).get({ timeout: 20_000 })]);
      if (outcome?.status === 'rejected')
        assert.ok(outcome.reason instanceof ProcessDiedError, String(outcome.reason));
      else assert.equal(outcome?.value.length, 30_000_000);
    }
    // The last ones may still be about to die.
    await sleep(500);
    assert.equal(await pool.apply(square, [4]), 16);
  });

  test('while it is idle goes unnoticed', async () => {
    await using pool = new Pool({ processes: 2 });
    await pool.map(square, [1, 2, 3, 4], { chunkSize: 1 });
    for (const { pid = 0 } of pool.processes) process.kill(pid, 'SIGKILL');
    assert.deepEqual(await pool.map(square, [1, 2, 3, 4]), [1, 4, 9, 16]);
  });

  test('while it starts moves its task to the next', async () => {
    const initializer = async () => {
      if (currentProcess().name === 'PoolWorker-1') await sleep(60_000);
    };
    await using pool = new Pool({ processes: 1, initializer });
    const result = pool.applyAsync(square, [3]);
    process.kill(pool.processes[0]?.pid ?? 0, 'SIGKILL');
    assert.equal(await result.get({ timeout: 20_000 }), 9);
  });

  test('at random, again and again, loses only what was in its hand', async () => {
    await using pool = new Pool({ processes: 3 });
    const results = pool.imap(
      (x) => x * 2,
      Array.from({ length: 3000 }, (_, i) => i),
      { chunkSize: 5 },
    );
    let [came, lost] = [0, 0];
    for (let i = 0; i < 3000; i++) {
      if (i % 500 === 250) process.kill(pool.processes.at(i % 2)?.pid ?? 0, 'SIGKILL');
      try {
        assert.deepEqual(await results.next({ timeout: 20_000 }), { done: false, value: i * 2 });
        came++;
      } catch (error) {
        assert.ok(error instanceof ProcessDiedError, String(error));
        lost++;
      }
    }
    assert.equal((await results.next()).done, true);
    assert.ok(lost <= 6 * 5, `${lost} lost`);
    assert.equal(came + lost, 3000);
  });
});

for (const method of ['process', 'thread'] as const) {
  describe(`a pool of '${method}'`, () => {
    test('stops work by timeout, also a loop without end, and goes on', async () => {
      await using pool = new Pool({ processes: 1, method });
      await assert.rejects(pool.apply(forever, [], { timeout: 200 }), TimeoutError);
      assert.equal(await pool.apply(square, [3]), 9);
      assert.deepEqual([pool.stats.replaced, pool.stats.died], [1, 0]);
    });

    test('stops work by signal; other work in the same worker is done by another', async () => {
      await using pool = new Pool({ processes: 1, method });
      const abort = new AbortController();
      const stopped = pool.mapAsync(forever, [1, 2, 3], { signal: abort.signal });
      const other = pool.mapAsync(square, [1, 2, 3]);
      setTimeout(() => abort.abort(new Error('enough')), 200);
      await assert.rejects(
        stopped.get(),
        (error: Error) => error instanceof WaitAbortedError && (error.cause as Error).message === 'enough',
      );
      assert.deepEqual(await other.get(), [1, 4, 9]);
      await assert.rejects(pool.apply(square, [3], { signal: abort.signal }), WaitAbortedError);
    });

    test('stops the work of a cell that is interrupted, and goes on', async () => {
      await using pool = new Pool({ processes: 1, method });
      const cell = new AbortController();
      setAmbientSignal(() => cell.signal);
      const work = pool.map(forever, [1, 2]);
      setAmbientSignal(() => undefined);
      setTimeout(() => cell.abort(), 200);
      await assert.rejects(work, WaitAbortedError);
      assert.equal(await pool.apply(square, [3]), 9);
    });

    test('tells the exit code of a task that exits', async () => {
      await using pool = new Pool({ processes: 1, method });
      await assert.rejects(
        pool.apply(() => process.exit(3)),
        (error: unknown) => error instanceof ProcessDiedError && error.exitcode === 3,
      );
      assert.equal(await pool.apply(square, [3]), 9);
    });

    test('whose initializer throws rejects all work with its error, where Python starts workers for ever', async () => {
      const fail = () => {
        throw new RangeError('no database');
      };
      await using pool = new Pool({ processes: 2, initializer: fail, method });
      await assert.rejects(pool.map(square, [1, 2, 3]), { name: 'RangeError', message: 'no database' });
      await assert.rejects(pool.apply(square, [1]), { message: 'no database' });
    });

    test('whose initializer exits rejects all work', async () => {
      await using pool = new Pool({ processes: 1, initializer: () => process.exit(4), method });
      await assert.rejects(pool.map(square, [1, 2, 3]), /exited with code 4 while it ran the initializer/);
    });
  });
}

test('idle does not keep a program alive, and a death while idle is repaired', async () => {
  await using pool = new Pool({ processes: 1 });
  await pool.apply(square, [1]);
  const before = pool.processes[0];
  process.kill(before?.pid ?? 0, 'SIGKILL');
  for (let i = 0; i < 200 && pool.processes[0] === before; i++) await sleep(20);
  assert.notEqual(pool.processes[0], before);
  assert.equal(await pool.apply(square, [5]), 25);
});

after(nothingLeft);
