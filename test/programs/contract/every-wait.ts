// Every method of the library that waits, where nobody is left who could end the wait: one line for each, with what came of it
// and whether a host was told that it lasts.
import {
  type AsyncResult,
  Barrier,
  BoundedSemaphore,
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
  SimpleQueue,
  Value,
  wait,
  waitSync,
} from 'parlab';
import { watchWaits } from 'parlab/host';

type Waits = { [name: string]: () => unknown };

const MANY = 2000;
const TOLD = 'told';

/** Of another task, so that an RLock is not ours. */
async function elsewhere(take: () => PromiseLike<unknown>): Promise<void> {
  await Promise.resolve().then(take);
}

async function full<T>(send: () => PromiseLike<T>): Promise<void> {
  for (let count = 0; count < MANY; count++) await send();
}

function fullSync(send: () => void): void {
  for (let count = 0; count < MANY; count++) send();
}

type End = ReturnType<typeof Pipe>[0];

/** Whose other end we have, too. */
function through<T>(use: (end: End) => T): T {
  const [one, other] = Pipe();
  kept.push(other);
  return use(one);
}
const kept: End[] = [];

/** A child that waits for a lock of ours gets the error; our wait for its end is over then. */
function held(): { lock: Lock; child: Process } {
  const lock = new Lock();
  lock.acquireSync();
  const child = new Process({ target: () => void lock.acquireSync() });
  child.start();
  return { lock, child: child as unknown as Process };
}

const endOf = (child: Process) => (child.exitcode === 1 ? TOLD : `ended with ${child.exitcode}`);

/** A task that waits for a lock of ours. */
async function pooled(call: (pool: Pool, task: () => Promise<unknown>) => unknown): Promise<unknown> {
  const lock = new Lock();
  await lock.acquire();
  const pool = new Pool({ processes: 1 });
  try {
    return await call(pool, async () => void (await lock.acquire()));
  } finally {
    pool.terminate();
    await pool.join();
  }
}

// What the parent of those that block has, which waits for their end.
const ofTheParent = new RLock();
const [mine, theirs] = Pipe();

const sync: Waits = {
  'Lock.acquireSync': () => new Lock().acquireSync() && twice(new Lock()),
  'RLock.acquireSync': () => ofTheParent.acquireSync(),
  'Semaphore.acquireSync': () => new Semaphore(0).acquireSync(),
  'Condition.acquireSync': () => twice(new Condition(new Lock())),
  'Condition.waitSync': () => {
    const condition = new Condition();
    condition.acquireSync();
    condition.waitSync();
  },
  'Condition.waitForSync': () => {
    const condition = new Condition();
    condition.acquireSync();
    condition.waitForSync(() => false);
  },
  'Event.waitSync': () => new Event().waitSync(),
  'Barrier.waitSync': () => new Barrier(2).waitSync(),
  'Queue.putSync': () => {
    const queue = new Queue<number>(1);
    queue.putSync(1);
    queue.putSync(2);
  },
  'Queue.getSync': () => new Queue().getSync(),
  'JoinableQueue.joinSync': () => {
    const queue = new JoinableQueue<number>();
    queue.putSync(1);
    queue.joinSync();
  },
  'SimpleQueue.getSync': () => new SimpleQueue().getSync(),
  'Connection.sendSync': () => fullSync(() => theirs.sendSync(1)),
  'Connection.sendBytesSync': () => fullSync(() => theirs.sendBytesSync(new Uint8Array(1))),
  'Connection.recvSync': () => theirs.recvSync(),
  'Connection.recvBytesSync': () => theirs.recvBytesSync(),
  'Connection.recvBytesIntoSync': () => theirs.recvBytesIntoSync(new Uint8Array(1)),
  'Connection.pollSync': () => theirs.pollSync(Number.POSITIVE_INFINITY),
  'Value.acquireSync': () => twice(new Value('int32')),
  waitSync: () => waitSync([new Queue(), new SimpleQueue()]),
  'Process.joinSync': () => {
    const { child } = held();
    child.joinSync();
    return endOf(child);
  },
};

function twice(lock: { acquireSync(): unknown }): void {
  lock.acquireSync();
  lock.acquireSync();
}

async function again(
  lock: { acquire(): PromiseLike<unknown> },
  how?: () => PromiseLike<unknown>,
): Promise<void> {
  await lock.acquire();
  await (how ?? (() => lock.acquire()))();
}

const asynchronous: Waits = {
  'Lock.acquire': () => again(new Lock()),
  'Lock.with': () => {
    const lock = new Lock();
    return again(lock, () => lock.with(() => {}));
  },
  'RLock.acquire': async () => {
    const lock = new RLock();
    await elsewhere(() => lock.acquire());
    await lock.acquire();
  },
  'RLock.with': async () => {
    const lock = new RLock();
    await elsewhere(() => lock.acquire());
    await lock.with(() => {});
  },
  'Semaphore.acquire': () => new Semaphore(0).acquire(),
  'Semaphore.with': () => new BoundedSemaphore(0).with(() => {}),
  'Condition.acquire': () => again(new Condition(new Lock())),
  'Condition.with': () => {
    const condition = new Condition(new Lock());
    return again(condition, () => condition.with(() => {}));
  },
  'Condition.wait': () => {
    const condition = new Condition();
    return condition.with(() => condition.wait());
  },
  'Condition.waitFor': () => {
    const condition = new Condition(new Lock());
    return condition.with(() => condition.waitFor(() => false));
  },
  'Event.wait': () => new Event().wait(),
  'Barrier.wait': () => new Barrier(2).wait(),
  'Queue.put': async () => {
    const queue = new Queue<number>(1);
    await queue.put(1);
    await queue.put(2);
  },
  'Queue.get': () => new Queue().get(),
  'JoinableQueue.join': async () => {
    const queue = new JoinableQueue<number>();
    await queue.put(1);
    await queue.join();
  },
  'SimpleQueue.get': () => new SimpleQueue().get(),
  'Connection.send': () => through((end) => full(() => end.send(1))),
  'Connection.sendBytes': () => through((end) => full(() => end.sendBytes(new Uint8Array(1)))),
  'Connection.recv': () => through((end) => end.recv()),
  'Connection.recvBytes': () => through((end) => end.recvBytes()),
  'Connection.recvBytesInto': () => through((end) => end.recvBytesInto(new Uint8Array(1))),
  'Connection.poll': () => through((end) => end.poll(Number.POSITIVE_INFINITY)),
  'Value.acquire': () => again(new Value('int32')),
  'Value.with': () => {
    const value = new Value('int32');
    return again(value, () => value.with(() => {}));
  },
  wait: () => wait([new Queue(), new SimpleQueue()]),
  'Process.join': async () => {
    const { child } = held();
    await child.join();
    return endOf(child);
  },
  'wait for an end or an item': async () => {
    const { child } = held();
    await wait([child, new Queue()]);
    await child.join();
    return endOf(child);
  },
  'Pool.apply': () => pooled((pool, task) => pool.apply(task)),
  'Pool.map': () => pooled((pool, task) => pool.map(task, [1])),
  'Pool.starmap': () => pooled((pool, task) => pool.starmap(task as () => unknown, [[]])),
  'Pool.imap': () => pooled((pool, task) => pool.imap(task, [1]).next()),
  'Pool.imapUnordered': () => pooled((pool, task) => pool.imapUnordered(task, [1]).next()),
  'Pool.join': () =>
    pooled(async (pool, task) => {
      const result = pool.applyAsync(task);
      pool.close();
      await pool.join();
      return await result.get();
    }),
  'AsyncResult.get': () => pooled((pool, task) => pool.mapAsync(task, [1]).get()),
  'AsyncResult.wait': () =>
    pooled(async (pool, task) => {
      const result: AsyncResult<unknown> = pool.applyAsync(task);
      await result.wait();
      return result.successful() ? 'ended' : TOLD;
    }),
};

async function run(waits: Waits, began: () => number): Promise<void> {
  for (const [name, wait] of Object.entries(waits)) {
    const before = began();
    let outcome: unknown;
    try {
      outcome = await wait();
    } catch (error) {
      outcome = (error as Error).name === 'DeadlockError' ? TOLD : error;
    }
    console.log(`${name}: ${String(outcome)}${began() > before ? ', shown' : ''}`);
  }
}

async function main(): Promise<void> {
  let begun = 0;
  watchWaits({ began: () => void begun++, ended: () => {} });
  if (process.argv[2] === 'blocking') {
    await elsewhere(() => ofTheParent.acquire());
    const child = new Process({ target: () => run(sync, () => 0) });
    child.start();
    await child.join();
    mine.close();
  } else await run(asynchronous, () => begun);
}
void main();
