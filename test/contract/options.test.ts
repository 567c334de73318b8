// Whatever stands where options belong is refused, by every method that takes some: a bare number, a text, a
// signal, a misspelt name. Really run, and explored.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import {
  Barrier,
  BoundedSemaphore,
  Client,
  Condition,
  Event,
  explore,
  getContext,
  getStartMethod,
  JoinableQueue,
  Listener,
  Lock,
  Manager,
  openWalk,
  Pipe,
  Pool,
  Process,
  processPicture,
  Queue,
  RLock,
  replay,
  Semaphore,
  ShareableList,
  SharedArray,
  SharedMemory,
  SimpleQueue,
  SyncManager,
  setStartMethod,
  sleep,
  startTrace,
  ThreadPool,
  timeline,
  Value,
  wait,
  waitSync,
} from '../../src/index';
import { needsProcesses } from '../support/contract/needs-processes';
import { nothingLeft } from '../support/processes/nothing-left';

after(nothingLeft);

type Call = (given: never) => unknown;

const double = (n: number) => 2 * n;
const lock = new Lock();
const rlock = new RLock();
const semaphore = new Semaphore(3);
const bounded = new BoundedSemaphore(3);
const condition = new Condition();
const event = new Event();
const barrier = new Barrier(1);
const queue = new Queue<number>();
const joinable = new JoinableQueue<number>();
const simple = new SimpleQueue<number>();
const value = new Value('int32');
const array = new SharedArray('int32', 2);

/** Where a program can run it in both ways. */
const everywhere: Record<string, Call> = {
  'new Lock': (given) => new Lock(given),
  'Lock.acquire': (given) => lock.acquire(given),
  'Lock.acquireSync': (given) => lock.acquireSync(given),
  'Lock.with': (given) => lock.with(() => 1, given),
  'new RLock': (given) => new RLock(given),
  'RLock.acquire': (given) => rlock.acquire(given),
  'RLock.acquireSync': (given) => rlock.acquireSync(given),
  'RLock.with': (given) => rlock.with(() => 1, given),
  'new Semaphore': (given) => new Semaphore(1, given),
  'Semaphore.acquire': (given) => semaphore.acquire(given),
  'Semaphore.acquireSync': (given) => semaphore.acquireSync(given),
  'Semaphore.with': (given) => semaphore.with(() => 1, given),
  'new BoundedSemaphore': (given) => new BoundedSemaphore(1, given),
  'BoundedSemaphore.acquire': (given) => bounded.acquire(given),
  'BoundedSemaphore.acquireSync': (given) => bounded.acquireSync(given),
  'new Condition': (given) => new Condition(lock, given),
  'Condition.acquire': (given) => condition.acquire(given),
  'Condition.acquireSync': (given) => condition.acquireSync(given),
  'Condition.with': (given) => condition.with(() => 1, given),
  'Condition.wait': (given) => condition.with(() => condition.wait(given)),
  'Condition.waitSync': (given) => condition.with(() => condition.waitSync(given)),
  'Condition.waitFor': (given) => condition.with(() => condition.waitFor(() => true, given)),
  'Condition.waitForSync': (given) => condition.with(() => condition.waitForSync(() => true, given)),
  'new Event': (given) => new Event(given),
  'Event.wait': (given) => event.wait(given),
  'Event.waitSync': (given) => event.waitSync(given),
  'new Barrier': (given) => new Barrier(1, given),
  'Barrier.wait': (given) => barrier.wait(given),
  'Barrier.waitSync': (given) => barrier.waitSync(given),
  'new Queue': (given) => new Queue(1, given),
  'Queue.put': (given) => queue.put(1, given),
  'Queue.putSync': (given) => queue.putSync(1, given),
  'Queue.get': (given) => queue.get(given),
  'Queue.getSync': (given) => queue.getSync(given),
  'new JoinableQueue': (given) => new JoinableQueue(1, given),
  'JoinableQueue.put': (given) => joinable.put(1, given),
  'JoinableQueue.getSync': (given) => joinable.getSync(given),
  'JoinableQueue.join': (given) => joinable.join(given),
  'JoinableQueue.joinSync': (given) => joinable.joinSync(given),
  'new SimpleQueue': (given) => new SimpleQueue(given),
  'SimpleQueue.get': (given) => simple.get(given),
  'new Value': (given) => new Value('int32', 0, given),
  'Value.acquire': (given) => value.acquire(given),
  'Value.acquireSync': (given) => value.acquireSync(given),
  'new SharedArray': (given) => new SharedArray('int32', 2, given),
  'SharedArray.acquire': (given) => array.acquire(given),
  'SharedArray.acquireSync': (given) => array.acquireSync(given),
  'new SharedMemory': (given) => new SharedMemory(given),
  'new ShareableList': (given) => new ShareableList([1], given),
  Pipe: (given) => Pipe(true, given),
  'Connection.send': (given) => Pipe()[0].send(1, given),
  'Connection.recv': (given) => Pipe()[0].recv(given),
  'Connection.poll': (given) => Pipe()[0].poll(0, given),
  wait: (given) => wait([queue], given),
  waitSync: (given) => waitSync([queue], given),
  sleep: (given) => sleep(0, given),
  'new Process': (given) => new Process(given),
  'Process.join': async (given) => {
    const child = new Process({ target: () => {} });
    child.start();
    try {
      await child.join(given);
    } finally {
      await child.join();
    }
  },
  'Process.joinSync': async (given) => {
    const child = new Process({ target: () => {} });
    child.start();
    await child.join();
    child.joinSync(given);
  },
  getStartMethod: (given) => getStartMethod(given),
  setStartMethod: (given) => setStartMethod('process', given),
  'new Context.Process': (given) => new (getContext().Process)(given),
  'new Context.Pool': (given) => new (getContext().Pool)(given),
  'new ThreadPool': (given) => new ThreadPool(given),
  'new Pool': (given) => new Pool(given),
};

const ofPools: Record<string, (pool: Pool, given: never) => unknown> = {
  'Pool.apply': (pool, given) => pool.apply(double, [1], given),
  'Pool.applyAsync': (pool, given) => pool.applyAsync(double, [1], given),
  'Pool.map': (pool, given) => pool.map(double, [1], given),
  'Pool.mapAsync': (pool, given) => pool.mapAsync(double, [1], given),
  'Pool.starmap': (pool, given) => pool.starmap(double, [[1]], given),
  'Pool.starmapAsync': (pool, given) => pool.starmapAsync(double, [[1]], given),
  'Pool.imap': (pool, given) => pool.imap(double, [1], given),
  'Pool.imapUnordered': (pool, given) => pool.imapUnordered(double, [1], given),
  'ResultIterator.next': (pool, given) => pool.imap(double, [1]).next(given),
  'AsyncResult.get': async (pool, given) => {
    const result = pool.applyAsync(double, [1]);
    await result.wait();
    await result.get(given);
  },
  'AsyncResult.wait': async (pool, given) => {
    const result = pool.applyAsync(double, [1]);
    await result.wait();
    await result.wait(given);
  },
  'Pool.join': (pool, given) => pool.join(given),
};

/** What an explored program may not do, or what looks at programs. */
const reallyOnly: Record<string, Call> = {
  Listener: (given) => Listener(undefined, given),
  Client: (given) => Client(['127.0.0.1', 1], given),
  Manager: (given) => Manager(given),
  'new SyncManager': (given) => new SyncManager(given),
  'SyncManager.start': (given) => new SyncManager().start(given),
  'SyncManager.connect': (given) => new SyncManager({ address: ['127.0.0.1', 1] }).connect(given),
  explore: (given) => explore(() => 1, given),
  replay: (given) => replay(() => 1, '', given),
  openWalk: (given) => openWalk(() => 1, given),
  timeline: (given) => timeline(given),
  processPicture: (given) => processPicture(given),
  startTrace: (given) => startTrace(given),
};

const wrong = (): unknown[] => [10, 'soon', null, [10], AbortSignal.abort(), { misspelt: 10 }];

async function saidTo(calls: Record<string, Call>): Promise<string[]> {
  const said: string[] = [];
  for (const [name, call] of Object.entries(calls)) {
    for (const given of wrong()) {
      try {
        await call(given as never);
        said.push(`${name}: takes ${String(given)}`);
      } catch (error) {
        said.push(`${name}: ${(error as Error).name}: ${(error as Error).message}`);
      }
    }
  }
  return said;
}

const withPool = async (chosen: string[]) => {
  const pool = new Pool({ processes: 1 });
  const calls = chosen.map((name) => [name, (given: never) => ofPools[name]?.(pool, given)]);
  const said = await saidTo(Object.fromEntries(calls) as Record<string, Call>);
  pool.terminate();
  await pool.join();
  return said;
};

function assertRefused(said: readonly string[] | undefined, count: number): void {
  assert.equal(said?.length, count * wrong().length);
  const refused =
    /: InvalidArgumentError: (?:options must be an object such as \{.*\}, but it is .*|each name in options must be one of .*, but it is 'misspelt')\.$/;
  assert.deepEqual(
    said?.filter((each) => !refused.test(each)),
    [],
  );
}

test('really', async () => {
  const { explore: _unasked, ...withoutProcesses } = reallyOnly;
  const others = 'skip' in needsProcesses ? withoutProcesses : reallyOnly;
  const all = { ...everywhere, ...others };
  assertRefused(await saidTo(all), Object.keys(all).length);
});

test('really, by a pool', async () => {
  const all = Object.keys(ofPools);
  assertRefused(await withPool(all), all.length);
});

test('explored', needsProcesses, async () => {
  for (const [name, call] of Object.entries(everywhere)) {
    const { outcomes } = await explore(async () => await saidTo({ [name]: call }), { lateWrites: false });
    assert.equal(outcomes.length, 1, name);
    assert.equal(outcomes[0]?.outcome.hang, undefined);
    assertRefused(outcomes[0]?.outcome.returned, 1);
  }
});

test('explored, by a pool', needsProcesses, async () => {
  for (const name of Object.keys(ofPools)) {
    // One order of them will do: a pool that works has many.
    const limits = { lateWrites: false, states: 1, orders: 1 };
    const { outcomes } = await explore(async () => await withPool([name]), limits);
    assert.equal(outcomes[0]?.outcome.hang, undefined, name);
    assertRefused(outcomes[0]?.outcome.returned, 1);
  }
});

test('the sentence says what to write', async () => {
  const child = new Process({ target: () => {} });
  child.start();
  await child.join();
  await assert.rejects(child.join(10 as never), {
    message: 'options must be an object such as { timeout: 10 }, but it is 10.',
  });
  assert.throws(() => new Pool(1 as never), {
    message: 'options must be an object such as { processes: 1 }, but it is 1.',
  });
  assert.throws(() => new Lock('door' as never), {
    message: "options must be an object such as { name: 'door' }, but it is 'door'.",
  });
  assert.throws(() => new Process((() => {}) as never), /an object such as \{ target: … \}, but it is/);
  assert.throws(() => lock.acquireSync({ timeOut: 5 } as never), {
    message: "each name in options must be one of timeout, signal, onOwnerDied, but it is 'timeOut'.",
  });
});
