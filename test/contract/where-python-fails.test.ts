// The second table of docs/parity/answers.md: what Python hangs at, loses or leaks, and what happens here.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { after, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  getAllStartMethods,
  Lock,
  LockOwnerDiedError,
  Pool,
  Process,
  ProcessDiedError,
  Queue,
} from '../../src/index';
import { notebook } from '../support/capture/cell';
import { compiled, runProgram } from '../support/contract/run-program';
import { nothingLeft } from '../support/processes/nothing-left';

const SOON = { timeout: 30_000 };

for (const method of getAllStartMethods()) {
  describe(`by the method '${method}'`, () => {
    test('Pool.apply() whose worker exits or is killed: ProcessDiedError, and the pool goes on', async () => {
      const pool = new Pool({ processes: 1, method });
      await assert.rejects(
        pool.apply(() => process.exit(3)),
        (error: unknown) => error instanceof ProcessDiedError && error.exitcode === 3,
      );
      if (method === 'process') {
        const dies = pool.apply(() => process.kill(process.pid, 'SIGKILL'));
        await assert.rejects(
          dies,
          (error: unknown) => error instanceof ProcessDiedError && error.exitcode === -9,
        );
      }
      assert.equal(await pool.apply((x: number) => x + 1, [1]), 2);
      pool.close();
      await pool.join();
    });

    test('a lambda given to a Pool: runs, with what it closes over', async () => {
      const pool = new Pool({ processes: 1, method });
      const factor = 3;
      assert.deepEqual(await pool.map((x: number) => x * factor, [1, 2]), [3, 6]);
      pool.close();
      await pool.join();
    });

    test('a Lock whose owner was killed: LockOwnerDiedError, and it is free again', async () => {
      const lock = new Lock();
      const holding = new Queue<boolean>();
      const owner = new Process({
        target: () => {
          lock.acquireSync();
          holding.putSync(true);
          for (;;);
        },
        method,
      });
      owner.start();
      await holding.get(SOON);
      owner.kill();
      await owner.join();
      await assert.rejects(lock.acquire(SOON), LockOwnerDiedError);
      assert.notEqual(await lock.acquire(SOON), false);
      lock.release();
    });

    test('a producer that is killed now and then: the other one is heard, without a gap', async () => {
      const queue = new Queue<[from: number, n: number]>(200);
      const produce = (from: number) => {
        for (let n = 0; ; n++) queue.putSync([from, n]);
      };
      const start = (from: number) => {
        const producer = new Process({ target: produce, args: [from], method });
        producer.start();
        return producer;
      };
      const steady = start(0);
      const next = new Map<number, number>();
      for (let from = 1; from <= 4; from++) {
        const victim = start(from);
        while ((next.get(from) ?? 0) < 200) {
          const [sender, n] = await queue.get(SOON);
          assert.equal(n, next.get(sender) ?? 0);
          next.set(sender, n + 1);
        }
        victim.kill();
        await victim.join();
      }
      const before = next.get(0) ?? 0;
      while ((next.get(0) ?? 0) < before + 300) {
        const [sender, n] = await queue.get(SOON);
        assert.equal(n, next.get(sender) ?? 0);
        next.set(sender, n + 1);
      }
      steady.kill();
      await steady.join();
    });

    test('a function that was defined in a notebook cell: runs, with the variables of other cells', async () => {
      const { exports, cell } = notebook();
      const queue = new Queue<string>();
      cell("exports.greeting = 'Hello';");
      cell('exports.greet = (name, queue) => queue.putSync([exports.greeting, name].join(" "));');
      const child = new Process({ target: exports.greet, args: ['Ada', queue], method });
      child.start();
      assert.equal(await queue.get(SOON), 'Hello Ada');
      await child.join();
    });

    test('SharedMemory attached in a child: no warning, and it stays after the end of the child', async () => {
      const ended = await runProgram([compiled('attaches')], { PARLAB_START_METHOD: method });
      assert.deepEqual(ended, { stdout: '0 7 7\n', stderr: '', code: 0, signal: null });
    });
  });
}

test('the parent of a busy Pool is killed: its worker ends with it', async () => {
  const program = spawn(process.execPath, [compiled('busy-pool')], { stdio: ['ignore', 'pipe', 'inherit'] });
  const pid = await new Promise<number>((resolve) => {
    program.stdout.once('data', (text: Buffer) => resolve(Number(text)));
  });
  assert.ok(isRunning(pid));
  program.kill('SIGKILL');
  const deadline = Date.now() + 5000;
  while (isRunning(pid) && Date.now() < deadline) await sleep(20);
  assert.equal(isRunning(pid), false);
});

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

after(nothingLeft);
