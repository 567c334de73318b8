// Programs that hang, each always in the same way: what a real run says of them, explore() says.
import {
  Barrier,
  Condition,
  Event,
  JoinableQueue,
  Lock,
  Pipe,
  Pool,
  Process,
  Queue,
  RLock,
  Semaphore,
  SharedArray,
  SimpleQueue,
  sleep,
  Value,
  wait,
  waitSync,
} from '../../../src';

type Target = () => unknown;

/** Ada, Bob and Cleo, joined one by one. */
async function together(...targets: Target[]): Promise<void> {
  const names = ['Ada', 'Bob', 'Cleo'];
  const children = targets.map((target, at) => new Process({ target, name: names[at] ?? 'Dan' }));
  for (const child of children) child.start();
  for (const child of children) await child.join();
}

/** `lock` is taken by a child before Bob asks for it. */
async function forgetful(lock: Lock, wait: Target): Promise<void> {
  const taken = new Event();
  const keep = async () => {
    await lock.acquire();
    taken.set();
    await wait();
  };
  const ask = async () => {
    await taken.wait();
    await lock.acquire();
  };
  await together(keep, ask);
}

async function died(end: Target): Promise<string> {
  const door = new Lock({ name: 'door' });
  await together(async () => {
    await door.acquire();
    await end();
  });
  const error = await door.acquire().catch((reason: Error) => reason);
  return String((error as Error).message).replace(/pid \d+/, 'pid …');
}

export const hangs: { readonly [what: string]: () => Promise<unknown> } = {
  'a circular wait': async () => {
    const [left, right] = [new Lock({ name: 'left' }), new Lock({ name: 'right' })];
    const both = new Barrier(2);
    const take = (first: Lock, second: Lock) => async () => {
      await first.acquire();
      await both.wait();
      await second.acquire();
    };
    await together(take(left, right), take(right, left));
  },
  'a lock that is taken twice': async () => {
    const lock = new Lock();
    await together(async () => {
      await lock.acquire();
      await lock.acquire();
    });
  },
  'a lock that is taken twice, first within a time': async () => {
    const lock = new Lock();
    const within = { timeout: 5000 };
    await together(() => lock.acquire(within).then(() => lock.acquire()));
  },
  'a lock that was waited for, and is taken twice': async () => {
    const door = new Lock({ name: 'door' });
    await door.acquire();
    await together(
      () => door.acquire().then(() => door.acquire()),
      () => sleep(80).then(() => door.release()),
    );
  },
  'a join while holding a lock': async () => {
    const door = new Lock({ name: 'door' });
    await door.acquire();
    await together(() => door.with(() => {}));
  },
  'a blocking join while holding an RLock': async () => {
    const door = new RLock({ name: 'door' });
    door.acquireSync();
    const ada = new Process({ name: 'Ada', target: () => void door.acquireSync() });
    ada.start();
    ada.joinSync();
  },
  'with() of an RLock': async () => {
    const door = new RLock({ name: 'door' });
    await door.acquire();
    await together(async () => await door.with(() => {}));
  },
  'with() of a condition': async () => {
    const changed = new Condition();
    await changed.acquire();
    await together(async () => await changed.with(() => {}));
  },
  'with() of a condition of an RLock that there was': async () => {
    const door = new RLock({ name: 'door' });
    const changed = new Condition(door);
    await door.acquire();
    await together(async () => await changed.with(() => {}));
  },
  'with() of a value': async () => {
    const count = new Value('int32', 0);
    await count.getLock().acquire();
    await together(async () => await count.with(() => {}));
  },
  'with() of a semaphore': async () => {
    const seats = new Semaphore(0);
    await together(async () => await seats.with(() => {}));
  },
  'a wait() for a pipe or a queue': async () => {
    const [line] = Pipe<number>(true, { name: 'line' });
    await wait([line, new Queue<number>(0, { name: 'jobs' })]);
  },
  'a waitSync() for a queue or a pipe': async () => {
    const [line] = Pipe<number>(true, { name: 'line' });
    waitSync([new Queue<number>(0, { name: 'jobs' }), line]);
  },
  'a wait() for the end of a child that waits, or for an item': async () => {
    const jobs = new Queue<number>(0, { name: 'jobs' });
    const ada = new Process({ name: 'Ada', target: async () => void (await jobs.get()) });
    ada.start();
    await wait([ada.sentinel, new Queue<number>(0, { name: 'results' })]);
  },
  'a waitSync() for the end of a child that waits, or for an item': async () => {
    const jobs = new Queue<number>(0, { name: 'jobs' });
    const ada = new Process({ name: 'Ada', target: async () => void (await jobs.get()) });
    ada.start();
    waitSync([new Queue<number>(0, { name: 'results' }), ada.sentinel]);
  },
  'a get that nobody answers': async () => {
    const jobs = new Queue<number>();
    await together(() => {});
    await jobs.get();
  },
  'a get after many others have ended, well or not': async () => {
    const jobs = new Queue<number>(0, { name: 'jobs' });
    await together(
      () => jobs.put(1),
      () => {},
      () => process.exit(3),
    );
    for (let count = 0; count < 2; count++) await jobs.get();
  },
  'a get from a queue that counts work, and one from a simple one': async () => {
    const [jobs, words] = [new JoinableQueue<number>(0, { name: 'jobs' }), new SimpleQueue<number>()];
    await together(async () => {
      await jobs.get();
      await words.get();
    });
  },
  'a get from a simple queue': async () => {
    const words = new SimpleQueue<number>();
    await together(() => words.get());
  },
  'a join before a full queue is drained': async () => {
    const jobs = new Queue<number>(1);
    await together(async () => {
      await jobs.put(1);
      await jobs.put(2);
    });
  },
  'a taskDone() that is missing': async () => {
    const jobs = new JoinableQueue<number>(0, { name: 'jobs' });
    await jobs.put(1);
    await together(async () => {
      await jobs.get();
      await jobs.join();
    });
  },
  'a barrier that one never reaches': async () => {
    const start = new Barrier(2, { name: 'start' });
    await together(() => start.wait());
  },
  'an event that nobody sets': async () => {
    const ready = new Event();
    await together(() => ready.wait());
  },
  'a notification that nobody gives': async () => {
    const changed = new Condition();
    await together(() => changed.with(() => changed.wait()));
  },
  'the lock of a condition': async () => {
    const lock = new Lock({ name: 'door' });
    const changed = new Condition(lock);
    await lock.acquire();
    await together(() => changed.with(() => {}));
  },
  'permits that nobody gives back': async () => {
    const seats = new Semaphore(0);
    await together(() => seats.acquire());
  },
  'the lock of a Value': async () => {
    const value = new Value('int32');
    await value.acquire();
    await together(() => value.acquire());
  },
  'the lock of a SharedArray': async () => {
    const array = new SharedArray('int32', 3);
    await array.acquire();
    await together(() => array.acquire());
  },
  'a message that nobody sends': async () => {
    const [mine, theirs] = Pipe();
    await together(() => theirs.recv());
    mine.close();
  },
  'bytes that nobody sends': async () => {
    const [mine, theirs] = Pipe(true, { name: 'line' });
    await together(() => theirs.recvBytesSync());
    mine.close();
  },
  'a poll without an end': async () => {
    const [mine, theirs] = Pipe(true, { name: 'line' });
    await together(() => theirs.poll(Number.POSITIVE_INFINITY));
    mine.close();
  },
  'a message that nobody receives': async () => {
    const [mine, theirs] = Pipe(true, { name: 'line' });
    await together(async () => {
      for (let count = 0; count < 1025; count++) await theirs.send(count);
    });
    mine.close();
  },
  'an owner that waits for an item': async () => {
    const [door, jobs] = [new Lock({ name: 'door' }), new Queue<number>()];
    await forgetful(door, () => jobs.get());
  },
  'an owner that waits for an event': async () => {
    const [door, ready] = [new Lock({ name: 'door' }), new Event({ name: 'ready' })];
    await forgetful(door, () => ready.wait());
  },
  'a main process that joins one after the other': async () => {
    const [ready, jobs] = [new Event({ name: 'ready' }), new Queue<number>(0, { name: 'jobs' })];
    const wait = () => ready.wait();
    const get = () => jobs.get();
    await together(wait, get);
  },
  'a main process that has come to its end': async () => {
    const ready = new Event({ name: 'ready' });
    new Process({ name: 'Ada', target: async () => void (await ready.wait()) }).start();
  },
  'a wait for any of two queues': async () => {
    await wait([new Queue(), new Queue()]);
  },
  'a blocking wait for any of two queues': async () => {
    waitSync([new Queue(), new Queue()]);
  },
  'a wait for an end or an item': async () => {
    const ready = new Event({ name: 'ready' });
    const ada = new Process({ name: 'Ada', target: async () => void (await ready.wait()) });
    ada.start();
    await wait([ada, new Queue()]);
  },
  'a task of a pool that waits for a lock of ours': async () => {
    const door = new Lock({ name: 'door' });
    await door.acquire();
    const pool = new Pool({ processes: 1 });
    await pool.map(async () => void (await door.acquire()), [1]);
  },
  'a task of a pool that waits for an item': async () => {
    const jobs = new Queue<number>(0, { name: 'jobs' });
    const pool = new Pool({ processes: 1 });
    await pool.apply(() => jobs.get());
  },
  'a lock whose owner has ended': () => died(() => {}),
  'a lock whose owner has failed': () => died(() => process.exit(3)),
  'a lock whose owner was killed': async () => {
    const [door, taken] = [new Lock({ name: 'door' }), new Event()];
    const ada = new Process({
      name: 'Ada',
      target: async () => {
        await door.acquire();
        taken.set();
        await new Event().wait();
      },
    });
    ada.start();
    await taken.wait();
    ada.kill();
    await ada.join();
    const error = await door.acquire().catch((reason: Error) => reason);
    return String((error as Error).message).replace(/pid \d+/, 'pid …');
  },
};
