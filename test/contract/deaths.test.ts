// Whoever dies, and however: nobody hangs, the reason is told, and nothing is left.
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { after, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Lock, LockOwnerDiedError, Process, Queue, QueueEmptyError } from '../../src/index';
import { needsProcesses } from '../support/contract/needs-processes';
import { compiled } from '../support/contract/run-program';
import { nothingLeft } from '../support/processes/nothing-left';
import { leftAfter } from '../support/processes/processes-there';

const SECONDS = 1000;

describe('kill -9 of a child', needsProcesses, () => {
  for (const how of ['awaits', 'blocks'] as const) {
    test(`that holds a lock frees it for a parent that ${how}, who is told by name`, async () => {
      const lock = new Lock();
      const holding = new Queue<boolean>();
      const owner = new Process({
        target: () => {
          lock.acquireSync();
          holding.putSync(true);
          for (;;);
        },
        name: 'Owner',
      });
      owner.start();
      await holding.get();
      if (how === 'awaits') setTimeout(() => kill(owner), 100);
      else kill(owner);
      const acquired = async () => (how === 'awaits' ? await lock.acquire() : lock.acquireSync());
      await assert.rejects(acquired, (error: unknown) => {
        assert.ok(error instanceof LockOwnerDiedError);
        assert.match(error.message, new RegExp(`^Owner \\(pid ${owner.pid}\\) died while it held the lock`));
        return true;
      });
      (await acquired()).release();
      await owner.join();
      assert.equal(owner.exitcode, -9);
    });
  }

  test('while it puts loses at most the message being written', async () => {
    const queue = new Queue<{ from: number; n: number; filling: string }>(50);
    const produce = (from: number) => {
      for (let n = 0; ; n++) queue.putSync({ from, n, filling: 'x'.repeat(n % 3000) });
    };
    const producers: Process[] = [];
    const next = new Map<number, number>();
    const started = () => {
      const producer = new Process({ target: produce, args: [producers.length] });
      producers.push(producer);
      producer.start();
    };
    started();
    for (let deaths = 0; deaths < 5; deaths++) {
      started();
      for (let i = 0; i < 200; i++) {
        const { from, n, filling } = await queue.get({ timeout: 20 * SECONDS });
        assert.deepEqual([n, filling.length], [next.get(from) ?? 0, n % 3000]);
        next.set(from, n + 1);
      }
      kill(producers.at(-1)!);
    }
    for (const producer of producers) {
      producer.kill();
      await producer.join();
    }
    assert.ok((next.get(0) ?? 0) > 0, 'the producer that lived was not heard');
  });

  test('ends its own children', async () => {
    const pids = new Queue<number>();
    const middle = new Process({
      target: () => {
        const nested = new Process({
          target: () => {
            pids.putSync(process.pid);
            for (;;);
          },
        });
        nested.start();
        nested.joinSync();
      },
    });
    middle.start();
    const pid = await pids.get();
    kill(middle);
    await middle.join();
    assert.deepEqual(await leftAfter([pid], 2 * SECONDS), []);
  });

  test('ends a wait for a message only by timeout or signal, which is told', async () => {
    const queue = new Queue<number>();
    const silent = new Process({ target: () => queue.getSync() });
    silent.start();
    await sleep(100);
    kill(silent);
    await silent.join();
    await assert.rejects(queue.get({ timeout: 50 }), QueueEmptyError);
  });
});

describe('the end of the whole program', needsProcesses, () => {
  const ends: [
    string,
    string,
    (program: ChildProcess) => void,
    stderr: RegExp,
    code: number | NodeJS.Signals,
  ][] = [
    ['kill -9', 'wait', (program) => program.kill('SIGKILL'), /^$/, 'SIGKILL'],
    ['kill -9 while it blocks', 'block', (program) => program.kill('SIGKILL'), /^$/, 'SIGKILL'],
    ['SIGTERM', 'wait', (program) => program.kill('SIGTERM'), /^$/, 'SIGTERM'],
    ['Ctrl-C in its terminal', 'wait', (program) => process.kill(-program.pid!, 'SIGINT'), /^$/, 'SIGINT'],
    ['Ctrl-C while it blocks', 'block', (program) => process.kill(-program.pid!, 'SIGINT'), /^$/, 'SIGINT'],
    ['process.exit()', 'exit', () => {}, /^$/, 3],
    ['an error that it does not catch', 'throw', () => {}, /Error: the parent failed/, 1],
  ];

  const guards = ['kernel', 'pipe'];
  const cases = guards.flatMap((guard) => ends.map((each) => [guard, ...each] as const));

  for (const [guard, what, ending, end, stderr, code] of cases) {
    test(`by ${what} leaves no process behind, and says no more than it must (guarded by the ${guard})`, async () => {
      const program = spawn(process.execPath, [compiled('family'), ending], {
        env: { ...process.env, PARLAB_PARENT_GUARD: guard },
        stdio: ['ignore', 'pipe', 'pipe'],
        detached: true,
      });
      let errors = '';
      program.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
      const ended = new Promise<number | NodeJS.Signals | null>((resolve) =>
        program.once('exit', (exitcode, signal) => resolve(exitcode ?? signal)),
      );
      const pids = (await firstLine(program)).split(' ').map(Number);
      assert.equal(pids.length, 6);
      await sleep(100);
      end(program);
      assert.equal(await ended, code);
      assert.deepEqual(await leftAfter(pids, 2 * SECONDS), []);
      assert.match(errors, stderr);
      assert.equal(errors.match(/the parent failed/g)?.length ?? 0, ending === 'throw' ? 2 : 0); // the line and the message
    });
  }
});

function kill(child: Process): void {
  process.kill(child.pid!, 'SIGKILL');
}

function firstLine(program: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    program.stdout?.setEncoding('utf8').on('data', (more: string) => {
      text += more;
      if (text.includes('\n')) resolve(text.trim());
    });
    program.once('exit', () => reject(new Error(`The program ended before it spoke: ${text}`)));
  });
}

after(nothingLeft);
