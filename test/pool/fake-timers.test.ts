// Timers and clocks that a program or its test runner replaces are not those of the library. What it does
// comes to an end while they stand still.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { Event, Pipe, Pool, Process, Queue, SyncManager, sleep, wait } from '../../src/index';
import { nothingLeft } from '../support/processes/nothing-left';

after(nothingLeft);

const never = () => ({ unref() {}, ref() {}, hasRef: () => true });

/** What fake timers replace: on the global object, and on the modules and objects behind it. */
function replaceClocks(): () => void {
  const timers = require('node:timers') as object;
  const promises = require('node:timers/promises') as object;
  const replaced: [object, string][] = [];
  for (const name of [
    'setTimeout',
    'setInterval',
    'setImmediate',
    'clearTimeout',
    'clearInterval',
    'clearImmediate',
  ]) {
    replaced.push([globalThis, name], [timers, name]);
  }
  replaced.push(
    [globalThis, 'queueMicrotask'],
    [process, 'nextTick'],
    [process, 'hrtime'],
    [process.hrtime, 'bigint'],
  );
  replaced.push([performance, 'now'], [Date, 'now'], [promises, 'setTimeout'], [promises, 'setImmediate']);
  const before = replaced.map(([holder, name]) => Object.getOwnPropertyDescriptor(holder, name));
  for (const [holder, name] of replaced) {
    const stands = name === 'bigint' ? () => 0n : name === 'now' ? () => 0 : never;
    Object.defineProperty(holder, name, { value: stands, configurable: true, writable: true });
  }
  return () => {
    for (const [index, [holder, name]] of replaced.entries()) {
      const property = before[index];
      if (property === undefined) Reflect.deleteProperty(holder, name);
      else Object.defineProperty(holder, name, property);
    }
  };
}

const USES: Record<string, (pool: Pool) => unknown> = {
  'Pool.apply()': async (pool) => assert.equal(await pool.apply(() => 3), 3),
  'Pool.map()': async (pool) => assert.deepEqual(await pool.map((n: number) => n + 1, [1, 2]), [2, 3]),
  'Pool.imap()': async (pool) => {
    for await (const n of pool.imap((n: number) => n, [1])) assert.equal(n, 1);
  },
  'a timeout of a pool': (pool) =>
    assert.rejects(
      pool.apply(
        () => {
          for (;;);
        },
        [],
        { timeout: 60 },
      ),
      { code: 'timeout' },
    ),
  'Queue.get()': () => assert.rejects(new Queue().get({ timeout: 40 }), { code: 'queue-empty' }),
  'Queue.getSync()': () => assert.throws(() => new Queue().getSync({ timeout: 40 }), { code: 'queue-empty' }),
  'sleep()': () => sleep(20),
  'wait()': async () => {
    const [there, here] = Pipe();
    assert.deepEqual(await wait([there], { timeout: 40 }), []);
    here.close();
  },
  'Process.join() and Event.wait()': async () => {
    const event = new Event();
    const child = new Process({ target: () => event.set() });
    child.start();
    await event.wait();
    await child.join();
  },
  'Process.joinSync()': () => {
    const child = new Process({ target: () => {} });
    child.start();
    child.joinSync();
    assert.equal(child.exitcode, 0);
  },
  'a manager': async () => {
    const manager = new SyncManager();
    await manager.start();
    assert.equal(await (await manager.list([1])).pop(), 1);
    await manager.shutdown();
  },
};

test('while timers and clocks stand still', async () => {
  await using pool = new Pool({ processes: 1 });
  for (const [name, use] of Object.entries(USES)) {
    const restore = replaceClocks();
    try {
      await use(pool);
    } catch (error) {
      assert.fail(`${name}: ${String(error)}`);
    } finally {
      restore();
    }
  }
});
