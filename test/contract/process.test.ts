// CPython's `_TestProcess`, over both start methods: docs/parity/processes.md says what each demands.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import {
  activeChildren,
  type Connection,
  cpuCount,
  currentProcess,
  EndOfFileError,
  Event,
  getAllStartMethods,
  Lock,
  NotStartedError,
  Pipe,
  Process,
  ProcessClosedError,
  parentProcess,
  Queue,
  StillRunningError,
  setExecutable,
  wait,
} from '../../src/index';
import { needsProcesses } from '../support/contract/needs-processes';
import { collectGarbage } from '../support/processes/collect-garbage';
import { nothingLeft } from '../support/processes/nothing-left';

const SOON = { timeout: 30_000 };
const forever = () => new Promise(() => setInterval(() => {}, 1000));

for (const method of getAllStartMethods()) {
  describe(`by the method '${method}'`, () => {
    test('test_current: a process knows that it lives, its pid, and the key of the program', async () => {
      const current = currentProcess();
      assert.deepEqual(
        [current.isAlive(), current.daemon, current.ident, current.exitcode],
        [true, false, process.pid, null],
      );
      assert.equal(current.authkey.length, 32);
      const queue = new Queue<unknown[]>();
      const child = new Process({
        target: () => {
          const { ident, pid, authkey } = currentProcess();
          queue.putSync([ident, pid, currentProcess().isAlive(), authkey]);
        },
        method,
      });
      child.start();
      assert.deepEqual(await queue.get(SOON), [child.pid, child.ident, true, current.authkey]);
      await child.join();
    });

    test('test_args_argument: arguments arrive as they are', async () => {
      for (const argument of [1, 'str', [1], { one: 1 }]) {
        const queue = new Queue<unknown>(1);
        const child = new Process({
          target: (value: unknown) => queue.putSync(value),
          args: [argument],
          method,
        });
        child.start();
        assert.deepEqual(await queue.get(SOON), argument);
        await child.join();
      }
    });

    test('test_daemon_argument: who makes a process decides whether it is a daemon, else it is as its maker', async () => {
      const daemons = (made: Process[]) => made.map(({ daemon }) => daemon);
      const make = () => [
        new Process({ method }),
        new Process({ daemon: true, method }),
        new Process({ daemon: false, method }),
      ];
      assert.deepEqual(daemons(make()), [currentProcess().daemon, true, false]);
      const queue = new Queue<boolean[]>();
      const daemon = new Process({ target: () => queue.putSync(daemons(make())), daemon: true, method });
      daemon.start();
      assert.deepEqual(await queue.get(SOON), [true, true, false]);
      await daemon.join();
    });

    test('test_parent_process_attributes: a child knows the name and pid of its parent', async () => {
      assert.equal(parentProcess(), undefined);
      const [receiver, sender] = Pipe<unknown[]>(false);
      const child = new Process({
        target: (out: Connection) =>
          out.sendSync([parentProcess()?.pid, parentProcess()?.ident, parentProcess()?.name]),
        args: [sender],
        method,
      });
      child.start();
      await child.join();
      assert.deepEqual(await receiver.recv(), [process.pid, process.pid, currentProcess().name]);
    });

    test('test_parent_process: a grandchild sees that its parent lives, and ends with it', async () => {
      const [receiver, sender] = Pipe<string>(false);
      const report = async (out: Connection) => {
        await out.send(parentProcess()?.isAlive() ? 'alive' : 'not alive');
        await forever();
      };
      const child = new Process({
        target: async (out: Connection) => {
          new Process({ target: report, args: [out], method }).start();
          out.close();
          await forever();
        },
        args: [sender],
        method,
      });
      child.start();
      sender.close();
      assert.equal(await receiver.recv(), 'alive');
      child.terminate();
      await child.join();
      await assert.rejects(receiver.recv(), EndOfFileError);
    });

    test('test_process: a process is what it was made as, before, while and after it runs', async () => {
      const queue = new Queue<unknown>();
      const go = new Event();
      const child = new Process({
        target: async (...args: number[]) => {
          const { name, authkey, pid } = currentProcess();
          for (const value of [args, name, authkey, pid]) queue.putSync(value);
          await go.wait();
        },
        args: [1, 2],
        name: 'SomeProcess',
        method,
      });
      child.daemon = true;
      assert.deepEqual(child.authkey, currentProcess().authkey);
      assert.deepEqual([child.isAlive(), child.daemon, child.exitcode], [false, true, null]);
      assert.ok(!activeChildren().includes(child as never));
      child.start();
      assert.deepEqual([child.isAlive(), child.exitcode], [true, null]);
      assert.ok(activeChildren().includes(child as never));
      const told = [
        await queue.get(SOON),
        await queue.get(SOON),
        await queue.get(SOON),
        await queue.get(SOON),
      ];
      assert.deepEqual(told, [[1, 2], 'SomeProcess', child.authkey, child.pid]);
      go.set();
      await child.join();
      assert.deepEqual([child.isAlive(), child.exitcode], [false, 0]);
      assert.ok(!activeChildren().includes(child as never));
    });

    for (const [name, end, exitcode] of [
      ['test_terminate', (child: Process) => child.terminate(), -15],
      ['test_kill', (child: Process) => child.kill(), -9],
      ['interrupt', (child: Process) => child.interrupt(), -2],
    ] as const) {
      test(`${name}: ends a process with the exit code ${exitcode}`, async () => {
        const child = new Process({ target: forever, method });
        child.daemon = true;
        child.start();
        assert.equal(await child.join({ timeout: 0 }), undefined);
        assert.equal(await child.join({ timeout: -1 }), undefined);
        assert.ok(child.isAlive() && activeChildren().includes(child));
        await sleep(100);
        end(child);
        await child.join();
        assert.deepEqual([child.isAlive(), activeChildren(), child.exitcode], [false, [], exitcode]);
      });
    }

    test('join without an end of its patience waits for the end; a timeout that is no number is refused', async () => {
      for (const timeout of [Number.POSITIVE_INFINITY, 2 ** 31]) {
        const child = new Process({ target: () => sleep(100), method });
        child.start();
        await child.join({ timeout });
        assert.equal(child.exitcode, 0, `join({ timeout: ${timeout} })`);
      }
      const child = new Process({ target: () => sleep(100), method });
      child.start();
      for (const timeout of ['soon', Number.NaN, null] as never[]) {
        const refusal = { code: 'invalid-argument', argument: 'timeout' };
        await assert.rejects(child.join({ timeout }), refusal);
        assert.throws(() => child.joinSync({ timeout }), refusal);
      }
      await child.join();
    });

    test('a Process that comes back to its maker is the very same, one by one', async () => {
      const queue = new Queue<Process>();
      const go = new Event();
      const children = [1, 2, 3].map(() => new Process({ target: () => void go.waitSync(), method }));
      for (const child of children) child.start();
      for (const child of children) queue.putSync(child);
      for (const child of children) assert.equal(await queue.get(SOON), child);
      go.set();
      for (const child of children) await child.join();
    });

    test('authkey takes bytes alone: no text is a key without being told', () => {
      const child = new Process({ method });
      assert.throws(() => (child.authkey = 'secret' as never), {
        code: 'invalid-argument',
        argument: 'authkey',
      });
      child.authkey = Buffer.from('secret');
      assert.equal(Buffer.from(child.authkey).toString(), 'secret');
    });

    test('test_active_children: lists those that run, and drops those that have ended', async () => {
      const child = new Process({ target: () => sleep(50), method });
      assert.ok(!activeChildren().includes(child));
      child.start();
      assert.ok(activeChildren().includes(child));
      while (child.exitcode === null) await sleep(10);
      assert.deepEqual(activeChildren(), [], 'reaped without join()');
    });

    test('test_recursion: processes start processes, as deep as one likes', async () => {
      const [receiver, sender] = Pipe<number[]>(false);
      const descend = (out: Connection, id: number[]) => {
        out.sendSync(id);
        if (id.length >= 2) return;
        for (const i of [0, 1]) {
          const child = new Process({ target: descend, args: [out, [...id, i]], method });
          child.start();
          child.joinSync();
        }
      };
      const root = new Process({ target: descend, args: [sender, []], method });
      root.start();
      sender.close();
      const ids: number[][] = [];
      while (ids.length < 7) ids.push(await receiver.recv());
      assert.deepEqual(ids, [[], [0], [0, 0], [0, 1], [1], [1, 0], [1, 1]]);
      await root.join();
    });

    test('test_sentinel: is what wait() takes, and is ready when the process has ended', async () => {
      const event = new Event();
      const child = new Process({ target: () => event.wait({ timeout: 10_000 }), method });
      assert.throws(() => child.sentinel, NotStartedError);
      child.start();
      const { sentinel } = child;
      assert.deepEqual(await wait([sentinel], { timeout: 0 }), []);
      event.set();
      assert.deepEqual(await wait([sentinel], SOON), [sentinel]);
      await child.join();
      child.close();
      assert.deepEqual(await wait([sentinel], { timeout: 0 }), [sentinel]);
    });

    test('test_close: a process that has ended is closed once and for all, and then forgotten', async () => {
      const queue = new Queue<null>();
      const reference = await (async () => {
        const child = new Process({ target: () => void queue.getSync(), method });
        child.daemon = true;
        child.start();
        assert.throws(() => child.close(), StillRunningError);
        queue.putSync(null);
        await child.join();
        assert.deepEqual([child.isAlive(), child.exitcode], [false, 0]);
        child.close();
        for (const call of [() => child.isAlive(), () => child.terminate(), () => child.joinSync()]) {
          assert.throws(call, ProcessClosedError);
        }
        child.close();
        return new WeakRef(child);
      })();
      for (let tries = 0; reference.deref() !== undefined && tries < 50; tries++) {
        await sleep(20);
        await collectGarbage();
      }
      assert.equal(reference.deref(), undefined);
    });

    test('test_many_processes: many at once end as they should, each with its own exit code', async () => {
      const many = () => Array.from({ length: 12 }, (_, i) => i);
      const short = many().map((i) => new Process({ target: () => process.exit(i), method }));
      for (const child of short) child.start();
      for (const child of short) await child.join();
      assert.deepEqual(
        short.map(({ exitcode }) => exitcode),
        many(),
      );
      const long = many().map(() => new Process({ target: forever, method }));
      for (const child of long) child.start();
      for (const child of long) child.terminate();
      for (const child of long) await child.join();
      assert.deepEqual(
        long.map(({ exitcode }) => exitcode),
        many().map(() => -15),
      );
    });

    test('test_wait_for_threads: a child waits for its children at its end, but not for its daemons', async () => {
      const event = new Event();
      const child = new Process({
        target: () => {
          new Process({ target: () => sleep(300).then(() => event.set()), method }).start();
          new Process({
            target: () => sleep(20_000).then(() => event.clear()),
            daemon: true,
            method,
          }).start();
        },
        method,
      });
      child.start();
      await child.join(SOON);
      assert.deepEqual([child.exitcode, event.isSet()], [0, true]);
    });

    for (const way of ['join', 'joinSync'] as const) {
      test(`${way}(): listeners for its exit are a part of a process, which has its things until they are done`, async () => {
        const queue = new Queue<string>();
        const listening = new Event();
        const child = new Process({
          target: () => {
            const own = new Lock();
            const others = [new Queue<number>(), new Queue<number>()];
            process.on('exit', () => {
              own.acquireSync();
              listening.set();
              for (const each of others) each.putSync(7);
              for (const end = performance.now() + 200; performance.now() < end; );
              own.release();
              queue.putSync(others.map((each) => each.getSync()).join());
            });
            process.on('exit', () => (process.exitCode = 5));
          },
          method,
        });
        child.start();
        await listening.wait(SOON);
        const mine = Array.from({ length: 100 }, () => new Lock());
        const queues = Array.from({ length: 20 }, () => new Queue<number>());
        for (const each of queues) each.putSync(1);
        await child[way](SOON);
        assert.deepEqual([child.exitcode, queue.getSync({ timeout: 0 })], [5, '7,7']);
        assert.deepEqual(
          mine.filter((lock) => lock.locked()),
          [],
        );
        assert.deepEqual(
          queues.map((each) => each.getSync()),
          queues.map(() => 1),
        );
      });
    }
  });
}

test('test_cpu_count: there is a core at least', () => {
  assert.ok(Number.isInteger(cpuCount()) && cpuCount() >= 1);
});

test(
  'test_set_executable: children run the program that was set, a path or a file URL',
  needsProcesses,
  async () => {
    const link = join(tmpdir(), 'another-node');
    symlinkSync(process.execPath, link);
    try {
      for (const executable of [link, pathToFileURL(link), process.execPath]) {
        setExecutable(executable);
        const queue = new Queue<string>();
        const child = new Process({ target: () => queue.putSync(process.argv0), method: 'process' });
        child.start();
        await child.join();
        assert.equal(child.exitcode, 0);
        assert.equal(await queue.get(SOON), executable === process.execPath ? process.execPath : link);
      }
      for (const none of [join(tmpdir(), 'no-such-program'), tmpdir(), new URL('https://a.example/node')]) {
        assert.throws(() => setExecutable(none), /executable must be the path of a program/);
      }
    } finally {
      setExecutable(process.execPath);
      rmSync(link);
    }
  },
);

const onLinux = process.platform === 'linux' ? needsProcesses : { skip: 'it reads /proc' };

test(
  'test_child_fd_inflation: the descriptors of a child do not grow with the number of children',
  onLinux,
  async () => {
    const event = new Event();
    const queue = new Queue<number>();
    const children = Array.from(
      { length: 5 },
      () =>
        new Process({
          target: async () => {
            queue.putSync(readdirSync('/proc/self/fd').length);
            await event.wait();
          },
          method: 'process',
        }),
    );
    for (const child of children) child.start();
    const counts = [];
    while (counts.length < children.length) counts.push(await queue.get(SOON));
    event.set();
    for (const child of children) await child.join();
    assert.equal(new Set(counts).size, 1, counts.join(' '));
  },
);

for (const signal of ['SIGINT', 'SIGKILL'] as const) {
  test(
    `test_forkserver_${signal.toLowerCase()}: what waits in stock may be killed, and processes run all the same`,
    onLinux,
    async () => {
      const event = new Event();
      const first = new Process({ target: () => sleep(500).then(() => event.set()), method: 'process' });
      first.start();
      await sleep(300);
      for (const pid of ownChildren()) if (pid !== first.pid) process.kill(pid, signal);
      await sleep(100);
      const second = new Process({ target: () => process.exit(6), method: 'process' });
      second.start();
      await second.join();
      await first.join();
      assert.deepEqual([second.exitcode, first.exitcode, event.isSet()], [6, 0, true]);
    },
  );
}

function ownChildren(): number[] {
  return readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8').trim().split(' ').map(Number);
}

after(nothingLeft);
