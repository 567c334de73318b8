// One list of promises for what processes share, in the memory of one computer and in a room. What a room
// adds is tested beside this.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  BrokenBarrierError,
  getContext,
  NotHeldError,
  NotOwnerError,
  NotSerializableError,
  Process,
  QueueClosedError,
  QueueEmptyError,
  QueueFullError,
  ReleasedTooOftenError,
  type RoomContext,
  TooManyDoneError,
} from '../../src/index';
import { openRoom } from './room';

const room = openRoom();
const kinds = {
  'in shared memory': () => getContext('process') as unknown as RoomContext,
  'in a room': () => room.mp,
};

async function run(target: () => unknown): Promise<number | null | undefined> {
  const child = new Process({ target });
  child.start();
  await child.join();
  return child.exitcode;
}

for (const [where, context] of Object.entries(kinds)) {
  describe(where, () => {
    test('a Lock is taken once, in this process and in another', async () => {
      const mp = context();
      const lock = new mp.Lock();
      const seen = new mp.Queue<boolean>();
      const held = await lock.acquire();
      assert.equal(await lock.acquire({ timeout: 0 }), false);
      const look = async () => {
        await seen.put(lock.locked());
        await seen.put(lock.acquireSync({ timeout: 0 }) === false);
      };
      assert.equal(await run(look), 0);
      assert.deepEqual([await seen.get(), await seen.get()], [true, true]);
      await held.release();
      await held.release();
      await assert.rejects(async () => await lock.release(), NotHeldError);
      assert.equal(await lock.with(() => lock.locked()), true);
      await assert.rejects(
        lock.with(() => {
          throw new RangeError('inside');
        }),
        RangeError,
      );
      assert.equal(lock.locked(), false);
    });

    test('an RLock is taken as often as its task likes, and others wait', async () => {
      const mp = context();
      const lock = new mp.RLock();
      await lock.with(() => lock.with(() => assert.equal(lock.locked(), true)));
      assert.equal(lock.locked(), false);
      await assert.rejects(async () => await lock.release(), NotOwnerError);
      await lock.acquire();
      await lock.acquire();
      const seen = new mp.Queue<unknown>();
      await run(async () => seen.put(await lock.acquire({ timeout: 20 })));
      assert.equal(await seen.get(), false);
      await lock.release();
      assert.equal(lock.locked(), true);
      await lock.release();
      assert.equal(lock.locked(), false);
    });

    test('a Semaphore gives as many permits as it has', async () => {
      const mp = context();
      const semaphore = new mp.Semaphore(2);
      const one = await semaphore.acquire();
      await semaphore.acquire();
      assert.deepEqual([semaphore.getValue(), semaphore.locked()], [0, true]);
      assert.equal(await semaphore.acquire({ timeout: 0 }), false);
      assert.equal(semaphore.acquireSync({ timeout: 20 }), false);
      await assert.rejects(semaphore.acquire({ signal: AbortSignal.timeout(20) }), { name: 'AbortError' });
      const waiting = semaphore.acquire();
      await sleep(20);
      await one.release();
      await (await waiting).release();
      await semaphore.release(2);
      assert.equal(semaphore.getValue(), 3);
      assert.equal(await run(() => semaphore.with(() => {})), 0);
      assert.equal(semaphore.getValue(), 3);
    });

    test('the permits of a process that was killed come back', async () => {
      const mp = context();
      const semaphore = new mp.Semaphore(1);
      const has = new mp.Event();
      const child = new Process({
        target: async () => {
          await semaphore.acquire();
          await has.set();
          await new Promise(() => setTimeout(() => {}, 60_000));
        },
      });
      child.start();
      await has.wait();
      child.kill();
      await (await semaphore.acquire()).release();
      await child.join();
    });

    test('a BoundedSemaphore notices when more is released than was acquired', async () => {
      const bounded = new (context().BoundedSemaphore)(1);
      await bounded.with(() => {});
      await assert.rejects(async () => await bounded.release(), ReleasedTooOftenError);
    });

    test('an Event lets all go on who wait for it', async () => {
      const mp = context();
      const event = new mp.Event();
      assert.deepEqual([event.isSet(), await event.wait({ timeout: 20 })], [false, false]);
      assert.equal(event.waitSync({ timeout: 20 }), false);
      const came = new mp.Queue<boolean>();
      const children = [1, 2].map(() => new Process({ target: async () => came.put(await event.wait()) }));
      for (const child of children) child.start();
      const here = event.wait();
      await sleep(50);
      await event.set();
      assert.deepEqual([await here, await came.get(), await came.get()], [true, true, true]);
      for (const child of children) await child.join();
      assert.equal(event.waitSync(), true);
      await event.clear();
      assert.equal(event.isSet(), false);
    });

    test('a Barrier lets its parties go on together, and breaks for all', async () => {
      const mp = context();
      const barrier = new mp.Barrier(3);
      const places = new mp.Queue<number>();
      const children = [1, 2].map(
        () => new Process({ target: async () => places.put(await barrier.wait()) }),
      );
      for (const child of children) child.start();
      const all = [await barrier.wait(), await places.get(), await places.get()];
      assert.deepEqual(all.toSorted(), [0, 1, 2]);
      for (const child of children) await child.join();
      assert.deepEqual([barrier.parties, barrier.nWaiting, barrier.broken], [3, 0, false]);
      const waiting = assert.rejects(barrier.wait(), BrokenBarrierError);
      await assert.rejects(barrier.wait({ timeout: 30 }), BrokenBarrierError);
      await waiting;
      assert.equal(barrier.broken, true);
      await assert.rejects(barrier.wait(), BrokenBarrierError);
      await barrier.reset();
      assert.equal(barrier.broken, false);
      const aborted = assert.rejects(barrier.wait(), BrokenBarrierError);
      await sleep(50);
      await barrier.abort();
      await aborted;
    });

    test('a Value is one number for all', async () => {
      const mp = context();
      const value = new mp.Value('int32', 1);
      const add = async () => {
        for (let i = 0; i < 5; i++) {
          await value.with(() => {
            value.value += 1;
          });
        }
      };
      const children = [1, 2].map(() => new Process({ target: add }));
      for (const child of children) child.start();
      for (const child of children) await child.join();
      assert.equal(value.value, 11);
      assert.equal(new mp.Value('bigint64', 2n ** 60n).value, 2n ** 60n);
      const small = new mp.Value('uint8', 255);
      small.value += 1;
      assert.equal(small.value, 0);
      assert.throws(() => {
        value.value = 1.5;
      }, /whole number/);
    });

    test('a Queue gives what was put, first in, first out, each to one', async () => {
      const mp = context();
      const queue = new mp.Queue<unknown>();
      const items = [
        1,
        -0,
        'text',
        null,
        undefined,
        10n,
        new Date(5),
        new Map([[1, new Set([2])]]),
        { a: [1.5] },
      ];
      for (const item of items) await queue.put(item);
      assert.equal(queue.qsize(), items.length);
      for (const item of items) assert.deepEqual(await queue.get(), item);
      assert.equal(queue.empty(), true);
      const jobs = new mp.Queue<number>();
      const results = new mp.Queue<number>();
      const work = async () => {
        for (let n = await jobs.get(); n >= 0; n = await jobs.get()) await results.put(n);
      };
      const children = [1, 2, 3].map(() => new Process({ target: work }));
      for (const child of children) child.start();
      for (let n = 0; n < 30; n++) await jobs.put(n);
      for (const _ of children) await jobs.put(-1);
      for (const child of children) await child.join();
      const seen: number[] = [];
      while (!results.empty()) seen.push(results.getSync());
      assert.deepEqual(
        seen.toSorted((a, b) => a - b),
        Array.from({ length: 30 }, (_, n) => n),
      );
    });

    test('a Queue with a size is full, and an empty one is waited for', async () => {
      const mp = context();
      const queue = new mp.Queue<string>(2);
      await queue.put('a');
      queue.putSync('b');
      assert.deepEqual([queue.full(), queue.qsize()], [true, 2]);
      await assert.rejects(queue.put('c', { timeout: 20 }), QueueFullError);
      assert.throws(() => queue.putNowait('c'), QueueFullError);
      await assert.rejects(queue.put('c', { signal: AbortSignal.timeout(20) }), { name: 'AbortError' });
      const put = queue.put('c');
      assert.equal(await queue.get(), 'a');
      await put;
      assert.deepEqual([await queue.get(), queue.getNowait()], ['b', 'c']);
      await assert.rejects(queue.get({ timeout: 20 }), QueueEmptyError);
      await assert.rejects(queue.get({ block: false }), QueueEmptyError);
      assert.throws(() => queue.getSync({ timeout: 20 }), QueueEmptyError);
      await assert.rejects(queue.get({ signal: AbortSignal.timeout(20) }), { name: 'AbortError' });
      const got = queue.get();
      await sleep(20);
      await queue.put('late');
      assert.equal(await got, 'late');
      await assert.rejects(queue.put(new WeakRef({}) as never), NotSerializableError);
      const waiting = assert.rejects(queue.get(), QueueClosedError);
      await sleep(50);
      queue.close();
      await waiting;
      await assert.rejects(queue.put('too late'), QueueClosedError);
    });

    test('a JoinableQueue knows when all is done', async () => {
      const mp = context();
      const jobs = new mp.JoinableQueue<number>();
      for (const n of [1, 2, 3]) await jobs.put(n);
      assert.equal(await jobs.join({ timeout: 20 }), false);
      assert.equal(await jobs.get(), 1);
      assert.equal(jobs.qsize(), 2);
      const joined = jobs.join();
      const rest = async () => {
        for (const _ of [2, 3]) {
          await jobs.get();
          await jobs.taskDone();
        }
      };
      assert.equal(await run(rest), 0);
      assert.equal(jobs.joinSync({ timeout: 20 }), false);
      await jobs.taskDone();
      assert.equal(await joined, true);
      await assert.rejects(async () => await jobs.taskDone(), TooManyDoneError);
    });

    test('what is made by it travels inside of a value, and is the same over there', async () => {
      const mp = context();
      const lock = new mp.Lock();
      const queue = new mp.Queue<{ lock: typeof lock; event: InstanceType<typeof mp.Event> }>();
      const event = new mp.Event();
      await queue.put({ lock, event });
      await lock.acquire();
      const code = await run(async () => {
        const given = await queue.get();
        if ((await given.lock.acquire({ timeout: 0 })) !== false) process.exit(2);
        await given.event.set();
      });
      assert.equal(code, 0);
      assert.equal(event.isSet(), true);
      await lock.release();
      const again = new mp.Queue<unknown>();
      await again.put(lock);
      assert.equal(await again.get(), lock);
    });
  });
}
