// Waits leave nothing on the signal that could have ended them, and no timer: not while they last, not afterwards.
import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { after, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  Barrier,
  Condition,
  Event,
  Lock,
  Pipe,
  Process,
  Queue,
  Semaphore,
  WaitAbortedError,
  wait,
} from '../../src/index';
import { nothingLeft } from '../support/processes/nothing-left';

interface Options {
  timeout: number;
  signal: AbortSignal;
}

const lock = new Lock();
lock.acquireSync();
const [ours, theirs] = Pipe();
const never = new Queue<number>();
const full = new Queue<number>(1);
full.putSync(1);
const child = new Process({ target: () => never.getSync() });

const waits: Record<string, (options: Options) => Promise<unknown>> = {
  'Lock.acquire()': (options) => lock.acquire(options),
  'Semaphore.acquire()': (options) => new Semaphore(0).acquire(options),
  'Event.wait()': (options) => new Event().wait(options),
  'Condition.wait()': async (options) => {
    const condition = new Condition();
    await condition.acquire();
    return condition.wait(options);
  },
  'Barrier.wait()': (options) => new Barrier(2).wait(options),
  'Queue.get()': (options) => never.get(options),
  'Queue.put()': (options) => full.put(2, options),
  'Connection.recv()': ({ signal }) => ours.recv({ signal }),
  'Process.join()': (options) => child.join(options),
  'wait()': (options) => wait([never, child], options),
};

const warnings: Error[] = [];
process.on('warning', (warning) => warnings.push(warning));

const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;

for (const [name, begin] of Object.entries(waits)) {
  test(`a hundred ${name} on one signal cost it one listener, and end by it`, async () => {
    if (child.pid === undefined) child.start();
    const before = timers();
    const abort = new AbortController();
    const { signal } = abort;
    const all = Array.from({ length: 100 }, () => begin({ timeout: 60_000, signal }));
    const outcomes = Promise.allSettled(all);
    await sleep(10);
    assert.equal(getEventListeners(signal, 'abort').length, 1);
    abort.abort();
    for (const outcome of await outcomes) {
      assert.ok(outcome.status === 'rejected' && outcome.reason instanceof WaitAbortedError, `${outcome}`);
    }
    assert.ok(timers() <= before, `${timers()} timers, ${before} before`);
    assert.deepEqual(warnings, []);
  });
}

after(async () => {
  theirs.close();
  child.kill();
  await child.join();
  await nothingLeft();
});
