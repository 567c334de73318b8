// CPython's `TestStartMethod`: contexts, the start method that is set, modules that are loaded beforehand.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type Context,
  currentProcess,
  getAllStartMethods,
  getContext,
  getStartMethod,
  InvalidArgumentError,
  Pool,
  Process,
  Queue,
  StartMethodSetError,
  setForkserverPreload,
  setStartMethod,
  UnknownStartMethodError,
} from '../../src/index';
import { needsProcesses } from '../support/contract/needs-processes';
import { nothingLeft } from '../support/processes/nothing-left';

const SOON = { timeout: 30_000 };

/** What a process that is started by this context calls its own start method. */
async function methodInChild(context: Pick<Context, 'Process' | 'Queue'>): Promise<unknown> {
  const queue = new context.Queue<unknown>();
  const child = new context.Process({ target: () => queue.putSync([getStartMethod(), process.pid]) });
  child.start();
  const [method, pid] = (await queue.get(SOON)) as [string, number];
  await child.join();
  assert.equal(pid === process.pid, method === 'thread');
  return method;
}

for (const method of getAllStartMethods()) {
  describe(`the context '${method}'`, () => {
    test('test_context: has its start method for ever, and its children have it too', async () => {
      const context = getContext(method);
      assert.equal(context.getStartMethod(), method);
      assert.equal(context.getContext(), context);
      assert.throws(() => context.setStartMethod('process'), StartMethodSetError);
      assert.throws(() => context.setStartMethod(null), StartMethodSetError);
      assert.equal(await methodInChild(context), method);
    });

    test('has pools of its workers, and may be used in a child', async () => {
      const context = getContext(method);
      const pool = new context.Pool({ processes: 1 });
      assert.ok(pool instanceof Pool);
      const [pid] = await pool.map(() => process.pid, [0]);
      assert.equal(pid === process.pid, method === 'thread');
      pool.terminate();
      await pool.join();
      const queue = new context.Queue<unknown>();
      const child = new context.Process({
        target: () => {
          const nested = new context.Process({
            target: () => queue.putSync([currentProcess().name, context.getStartMethod()]),
          });
          nested.start();
          nested.joinSync();
        },
        name: 'Outer',
      });
      child.start();
      const [name, startMethod] = (await queue.get(SOON)) as string[];
      assert.match(`${name} ${startMethod}`, new RegExp(`^(Thread)?Process-\\d+:1 ${method}$`));
      await child.join();
    });

    test('test_set_get: the start method that is set is that of all who do not say another', async () => {
      try {
        setStartMethod(method, { force: true });
        assert.equal(getStartMethod(), method);
        assert.equal(getStartMethod({ allowNone: true }), method);
        const context = getContext();
        assert.equal(context, getContext(method));
        assert.ok(context.Process.name.toLowerCase().startsWith(method));
        assert.equal(await methodInChild({ Process, Queue }), method);
        assert.throws(() => setStartMethod(method), StartMethodSetError);
      } finally {
        setStartMethod(null, { force: true });
      }
      assert.equal(getStartMethod({ allowNone: true }), null);
    });

    test('test_nested_startmethod: a child hands what it was given on to its own child', async () => {
      const queue = new Queue<number>();
      const putOne = (to: Queue<number>) => to.putSync(1);
      const putTwoAndNestOnce = (to: Queue<number>) => {
        to.putSync(2);
        const nested = new Process({ target: putOne, args: [to] });
        nested.start();
        nested.joinSync();
      };
      const child = new Process({ target: putTwoAndNestOnce, args: [queue], method });
      child.start();
      await child.join();
      const got = [];
      while (!queue.empty()) got.push(queue.getNowait());
      assert.deepEqual(got, [2, 1]);
    });
  });
}

test('test_get_all: there are two start methods, the usual one first', needsProcesses, () => {
  assert.deepEqual(getAllStartMethods(), ['process', 'thread']);
});

test('a start method that is none is refused in words', () => {
  for (const call of [
    () => getContext('x' as never),
    () => setStartMethod('fork' as never, { force: true }),
  ]) {
    assert.throws(call, UnknownStartMethodError);
  }
  assert.throws(
    () => getContext('x' as never),
    /There is no context for 'x': the start method is 'process' or 'thread'/,
  );
  assert.equal(getStartMethod({ allowNone: true }), null);
});

test('test_context_check_module_types: modules to load beforehand are a list of names that can be found', () => {
  assert.throws(() => setForkserverPreload([1, 2, 3] as never), InvalidArgumentError);
  assert.throws(() => setForkserverPreload([1, 2, 3] as never), /moduleNames must be a list of strings/);
  assert.throws(() => setForkserverPreload(['no-such-module']), /'no-such-module'/);
});

test(
  'test_preload_resources: a module that is named beforehand is there when the child needs it',
  needsProcesses,
  async () => {
    const folder = join(tmpdir(), 'preloaded');
    mkdirSync(folder);
    const clock = join(folder, 'clock.js');
    const loaded = join(folder, 'loaded');
    writeFileSync(
      clock,
      `exports.loadedAt = Date.now(); require('node:fs').writeFileSync(${JSON.stringify(loaded)}, '');`,
    );
    writeFileSync(join(folder, 'broken.js'), 'throw new Error("broken");');
    // The one that waits in stock is then the one that gets the task.
    process.env.PARLAB_STOCK = '1';
    try {
      setForkserverPreload([clock, join(folder, 'broken.js')]);
      const queue = new Queue<number>();
      const child = new Process({ target: () => queue.putSync(require(clock).loadedAt), method: 'process' });
      while (!existsSync(loaded)) await sleep(20);
      await sleep(20);
      const before = Date.now();
      child.start();
      await child.join();
      assert.ok((await queue.get(SOON)) < before, 'it was loaded before the child had its task');
      assert.equal(child.exitcode, 0);
    } finally {
      delete process.env.PARLAB_STOCK;
      setForkserverPreload([]);
      rmSync(folder, { recursive: true });
    }
  },
);

test(
  'test_mixed_startmethod: what one context made is as good for the processes of the other',
  needsProcesses,
  async () => {
    for (const queues of getAllStartMethods()) {
      for (const processes of getAllStartMethods()) {
        const queue = new (getContext(queues).Queue)<string>();
        const child = new (getContext(processes).Process)({
          target: (to: Queue<string>) => to.putSync('hello'),
          args: [queue],
        });
        child.start();
        await child.join();
        assert.equal(await queue.get(SOON), 'hello');
      }
    }
  },
);

after(nothingLeft);
