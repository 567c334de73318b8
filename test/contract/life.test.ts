// What every process does, whichever way it is started: the life that Python's multiprocessing promises.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  AlreadyStartedError,
  activeChildren,
  cpuCount,
  currentProcess,
  DaemonChildError,
  getAllStartMethods,
  InvalidArgumentError,
  NotParentError,
  NotStartedError,
  Process,
  ProcessClosedError,
  parentProcess,
  Queue,
  StillRunningError,
  WaitAbortedError,
} from '../../src/index';
import { nothingLeft } from '../support/processes/nothing-left';

const forever = () => {
  for (;;);
};

for (const method of getAllStartMethods()) {
  describe(`a process started by the method '${method}'`, () => {
    test('runs its target with its arguments', async () => {
      const queue = new Queue<unknown[]>();
      const child = new Process({
        target: (...args: unknown[]) => queue.put(args),
        args: [1, 'two', { three: 3 }],
        method,
      });
      child.start();
      assert.deepEqual(await queue.get({ timeout: 30_000 }), [1, 'two', { three: 3 }]);
      await child.join();
      assert.equal(child.exitcode, 0);
    });

    test('needs no target', async () => {
      const child = new Process({ method });
      child.start();
      await child.join();
      assert.equal(child.exitcode, 0);
    });

    test('waits for what its target awaits', async () => {
      const child = new Process({
        target: async () => {
          await new Promise((resolve) => setTimeout(resolve, 50));
          process.exitCode = 4;
        },
        method,
      });
      child.start();
      await child.join();
      assert.equal(child.exitcode, 4);
    });

    test('goes on while a timer that its target began has still to fire', async () => {
      const child = new Process({ target: () => void setTimeout(() => process.exit(5), 50), method });
      child.start();
      await child.join();
      assert.equal(child.exitcode, 5);
    });

    for (const [what, target, exitcode] of [
      ['process.exit(7) ends with 7', () => process.exit(7), 7],
      ['process.exit(7) after an await ends with 7', () => Promise.resolve().then(() => process.exit(7)), 7],
      ['a target that returns ends with 0', () => 'anything', 0],
    ] as const) {
      test(what, async () => {
        const child = new Process({ target, method });
        child.start();
        await child.join();
        assert.equal(child.exitcode, exitcode);
      });
    }

    test('lives from start() to its end', async () => {
      const child = new Process({ target: forever, method });
      assert.equal(child.isAlive(), false);
      assert.equal(child.exitcode, null);
      assert.equal(child.pid, undefined);
      child.start();
      assert.equal(child.isAlive(), true);
      assert.equal(child.exitcode, null);
      assert.equal(typeof child.pid, 'number');
      child.terminate();
      await child.join();
      assert.equal(child.isAlive(), false);
    });

    test('terminate() ends it with -15 and kill() with -9, though it loops', async () => {
      const [terminated, killed] = [
        new Process({ target: forever, method }),
        new Process({ target: forever, method }),
      ];
      terminated.start();
      killed.start();
      await sleep(200);
      terminated.terminate();
      killed.kill();
      await terminated.join();
      await killed.join();
      assert.deepEqual([terminated.exitcode, killed.exitcode], [-15, -9]);
    });

    test('terminate() of one that has ended changes nothing', async () => {
      const child = new Process({ method });
      child.start();
      await child.join();
      child.terminate();
      child.kill();
      assert.equal(child.exitcode, 0);
    });

    test('can be started, ended and joined in one turn of the event loop', () => {
      const child = new Process({ target: forever, method });
      child.start();
      child.joinSync({ timeout: 100 });
      assert.equal(child.isAlive(), true);
      child.terminate();
      child.joinSync();
      assert.deepEqual([child.isAlive(), child.exitcode], [false, -15]);
    });

    test('may be one of many in one turn of the event loop', () => {
      const children = Array.from(
        { length: 6 },
        (_, i) => new Process({ target: () => process.exit(i), method }),
      );
      for (const child of children) child.start();
      for (const child of children) child.joinSync();
      assert.deepEqual(
        children.map((child) => child.exitcode),
        [0, 1, 2, 3, 4, 5],
      );
    });

    test('join() comes back when its time is over, and may be called again', async () => {
      const child = new Process({ target: forever, method });
      child.start();
      assert.equal(await child.join({ timeout: 50 }), undefined);
      assert.equal(child.isAlive(), true);
      child.kill();
      await Promise.all([child.join(), child.join()]);
      await child.join();
      assert.equal(child.isAlive(), false);
    });

    test('join() is given up when its signal is aborted', async () => {
      const child = new Process({ target: forever, method });
      child.start();
      await assert.rejects(child.join({ signal: AbortSignal.timeout(50) }), WaitAbortedError);
      await assert.rejects(child.join({ signal: AbortSignal.abort() }), WaitAbortedError);
      child.kill();
      await child.join();
    });

    test('has a name that tells its place in the family, and may have another', async () => {
      const queue = new Queue<string[]>();
      const grandchild = () => void queue.putSync([currentProcess().name, parentProcess()?.name ?? '']);
      const child = new Process({
        target: () => {
          const nested = new Process({ target: grandchild, method });
          nested.start();
          nested.joinSync();
        },
        method,
      });
      assert.match(child.name, /^Process-\d+$/);
      child.start();
      assert.deepEqual(await queue.get({ timeout: 30_000 }), [`${child.name}:1`, child.name]);
      await child.join();
      assert.equal(new Process({ name: 'Ada', method }).name, 'Ada');
    });

    test('knows itself and its parent', async () => {
      const queue = new Queue<unknown>();
      const child = new Process({
        target: () => {
          const own = currentProcess();
          const parent = parentProcess();
          queue.putSync([own.name, own.pid, own.daemon, parent?.name, parent?.pid, parent?.isAlive()]);
        },
        name: 'Grace',
        daemon: true,
        method,
      });
      child.start();
      assert.deepEqual(await queue.get({ timeout: 30_000 }), [
        'Grace',
        child.pid,
        true,
        'MainProcess',
        process.pid,
        true,
      ]);
      await child.join();
    });

    test('is among the active children while it lives', async () => {
      const child = new Process({ target: forever, method });
      assert.deepEqual(activeChildren(), []);
      child.start();
      assert.deepEqual(activeChildren(), [child]);
      child.kill();
      child.joinSync();
      assert.deepEqual(activeChildren(), []);
    });

    test('a daemon may not start processes', async () => {
      const queue = new Queue<string>();
      const child = new Process({
        target: () => {
          try {
            new Process({ method }).start();
          } catch (error) {
            queue.putSync((error as Error).name);
          }
        },
        daemon: true,
        method,
      });
      child.start();
      assert.equal(await queue.get({ timeout: 30_000 }), DaemonChildError.name);
      await child.join();
    });

    test('refuses what is out of order, in words', async () => {
      const child = new Process({ target: forever, method });
      await assert.rejects(child.join(), NotStartedError);
      assert.throws(() => child.terminate(), NotStartedError);
      child.start();
      assert.throws(() => child.start(), AlreadyStartedError);
      assert.throws(() => child.close(), StillRunningError);
      assert.throws(() => {
        child.daemon = true;
      }, AlreadyStartedError);
      child.kill();
      await child.join();
      child.close();
      assert.throws(() => child.isAlive(), ProcessClosedError);
      assert.throws(() => child.exitcode, ProcessClosedError);
      assert.throws(() => child.start(), ProcessClosedError);
      await assert.rejects(child.join(), ProcessClosedError);
    });

    test('may only be joined by who made it', async () => {
      const queue = new Queue<unknown[]>();
      const first = new Process({ target: forever, method });
      first.start();
      const second = new Process({
        target: async () => {
          const refusal = await (async () => first.join())().catch((error: Error) => error.name);
          queue.putSync([first.name, first.pid, refusal]);
        },
        method,
      });
      second.start();
      assert.deepEqual(await queue.get({ timeout: 30_000 }), [first.name, first.pid, NotParentError.name]);
      await second.join();
      first.kill();
      await first.join();
    });
  });
}

test('the main process has a name, no parent, and some cores', () => {
  assert.deepEqual(
    [currentProcess().name, currentProcess().pid, parentProcess()],
    ['MainProcess', process.pid, undefined],
  );
  assert.ok(cpuCount() >= 1);
});

test('a target or arguments of the wrong kind are refused at once', () => {
  assert.throws(() => new Process({ target: 'f' as never }), InvalidArgumentError);
  assert.throws(() => new Process({ target: () => {}, args: 3 as never }), InvalidArgumentError);
  assert.throws(() => new Process({ method: 'fork' as never }), /method must be 'process' or 'thread'/);
});

after(nothingLeft);
