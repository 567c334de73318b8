// How long a program takes with cores enough: who waits for another, by whatever it may be, goes on when that one is done.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { endExplorer } from '../../src/explore/explorer/explorer';
import {
  Barrier,
  Condition,
  Event,
  explore,
  JoinableQueue,
  Lock,
  Pipe,
  Pool,
  Process,
  Queue,
  RLock,
  Semaphore,
  SimpleQueue,
  sleep,
  sleepSync,
  wait,
} from '../../src/index';
import { nothingLeft } from '../support/processes/nothing-left';

/** A child sleeps 100 ms and then does what the parent waits for; the parent sleeps 100 ms more. */
function afterChild(child: () => unknown, waits: () => unknown): () => Promise<void> {
  return async () => {
    const other = new Process({
      target: async () => {
        await sleep(100);
        await child();
      },
    });
    other.start();
    await waits();
    await sleep(100);
    await other.join();
  };
}

const lock = new Lock();
const rlock = new RLock();
const semaphore = new Semaphore(0);
const event = new Event();
const condition = new Condition();
const barrier = new Barrier(2);
const queue = new Queue<number>();
const full = new Queue<number>(1);
const simple = new SimpleQueue<number>();
const jobs = new JoinableQueue<number>();
const [reader, writer] = Pipe<number>(false);
const one = (n: number) => {
  sleepSync(100);
  return n;
};

const programs: Record<string, () => Promise<void>> = {
  'Queue.get()': afterChild(
    () => queue.put(1),
    () => queue.get(),
  ),
  'Queue.put() into a full one': afterChild(
    () => full.get(),
    async () => {
      await full.put(1);
      await full.put(2);
    },
  ),
  'SimpleQueue.get()': afterChild(
    () => simple.put(1),
    () => simple.get(),
  ),
  'JoinableQueue.join()': afterChild(
    async () => {
      await jobs.get();
      jobs.taskDone();
    },
    async () => {
      await jobs.put(1);
      await jobs.join();
    },
  ),
  'Connection.recv()': afterChild(
    () => writer.send(1),
    () => reader.recv(),
  ),
  'wait() for a queue': afterChild(
    () => queue.put(1),
    () => wait([queue]),
  ),
  'Semaphore.acquire()': afterChild(
    () => semaphore.release(),
    () => semaphore.acquire(),
  ),
  'Event.wait()': afterChild(
    () => event.set(),
    () => event.wait(),
  ),
  'Barrier.wait()': afterChild(
    () => barrier.wait(),
    () => barrier.wait(),
  ),
  'Condition.wait()': afterChild(
    () => condition.with(() => condition.notify()),
    () =>
      condition.with(async () => {
        await condition.wait();
      }),
  ),
  'Process.join()': async () => {
    const child = new Process({ target: () => sleep(100) });
    child.start();
    await child.join();
    await sleep(100);
  },
  'wait() for a process': async () => {
    const child = new Process({ target: () => sleep(100) });
    child.start();
    await wait([child]);
    await sleep(100);
  },
  ...Object.fromEntries(
    [lock, rlock].map((each) => [
      `${each.constructor.name}.acquire()`,
      async () => {
        const work = () => each.with(() => sleep(100));
        const both = [1, 2].map(() => new Process({ target: work }));
        for (const child of both) child.start();
        for (const child of both) await child.join();
      },
    ]),
  ),
  'Pool.map() twice': async () => {
    await using pool = new Pool({ processes: 2 });
    await pool.map(one, [1, 2]);
    await pool.map(one, [3, 4]);
  },
  'Pool.map() of one, twice': async () => {
    await using pool = new Pool({ processes: 2 });
    await pool.map(one, [1]);
    await pool.map(one, [2]);
  },
  'Pool.map() of four by two': async () => {
    await using pool = new Pool({ processes: 2 });
    await pool.map(one, [1, 2, 3, 4]);
  },
  'two next() of imap() with a timeout, of which one gets the first result': async () => {
    await using pool = new Pool({ processes: 2 });
    const results = pool.imap((ms: number) => sleep(ms), [100, 200]);
    await Promise.all([results.next({ timeout: 1000 }), results.next({ timeout: 1000 })]);
  },
  'Pool.apply() after Pool.apply()': async () => {
    await using pool = new Pool({ processes: 2 });
    await pool.apply(one, [1]);
    await pool.apply(one, [2]);
  },
};

describe('100 ms and then 100 ms are 200 ms,', () => {
  for (const [what, program] of Object.entries(programs)) {
    test(`whoever waits by ${what}`, async () => {
      assert.equal((await explore(program, { lateWrites: false })).idealMs, 200);
    });
  }
});

after(async () => {
  await endExplorer();
  await nothingLeft();
});
