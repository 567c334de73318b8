// The rows of docs/parity/answers.md: what Python answers to a call, and what we do. Each is run in a child by each start method.
import { inspect } from 'node:util';
import {
  Barrier,
  BoundedSemaphore,
  Condition,
  Event,
  getContext,
  JoinableQueue,
  Lock,
  Pipe,
  Pool,
  Process,
  Queue,
  RLock,
  Semaphore,
  SharedMemory,
  setStartMethod,
} from '../../../src/index';

export interface Answer {
  call: string;
  python: string;
  ours: string;
  ask: () => unknown;
}

const SHORT = { timeout: 30 };

/** What a call comes to, in the words of the table. */
export async function answerOf(ask: () => unknown): Promise<string> {
  try {
    return `returns ${inspect(await ask())}`;
  } catch (error) {
    return (error as Error).name;
  }
}

const forever = () => new Promise(() => setInterval(() => {}, 1000));

async function running<T>(body: (child: Process) => T): Promise<Awaited<T>> {
  const child = new Process({ target: forever });
  child.start();
  try {
    return await body(child);
  } finally {
    child.kill();
    await child.join();
  }
}

async function ended(target: () => unknown): Promise<number | null> {
  const child = new Process({ target });
  child.start();
  await child.join();
  return child.exitcode;
}

async function pooled<T>(body: (pool: Pool) => T): Promise<Awaited<T>> {
  const pool = new Pool({ processes: 1 });
  try {
    return await body(pool);
  } finally {
    pool.terminate();
    await pool.join();
  }
}

async function brokenBarrier(): Promise<Barrier> {
  const barrier = new Barrier(2);
  await barrier.wait(SHORT).catch(() => {});
  return barrier;
}

function silent(): void {
  process.stderr.write = () => true;
}

const answer = (call: string, python: string, ours: string, ask: () => unknown): Answer => ({
  call,
  python,
  ours,
  ask,
});

export const answers: readonly Answer[] = [
  answer('Lock.release() not held', 'ValueError', 'NotHeldError', () => new Lock().release()),
  answer('RLock.release() not owner', 'AssertionError', 'NotOwnerError', () => new RLock().release()),
  answer('BoundedSemaphore.release() above initial', 'ValueError', 'ReleasedTooOftenError', () =>
    new BoundedSemaphore(1).release(),
  ),
  answer('Semaphore(1).release(), then getValue()', 'returns 2', 'returns 2', () => {
    const semaphore = new Semaphore(1);
    semaphore.release();
    return semaphore.getValue();
  }),
  answer('Semaphore(-1)', 'OSError', 'InvalidArgumentError', () => new Semaphore(-1)),
  answer('Lock.acquire(timeout = -1), free', 'returns True', 'returns true', async () => {
    return (await new Lock().acquire({ timeout: -1 })) !== false;
  }),
  answer('Lock.acquire() without waiting, held', 'returns False', 'returns false', async () => {
    const lock = new Lock();
    await lock.acquire();
    return await lock.acquire({ timeout: 0 });
  }),
  answer('Queue.putNowait(), full', 'Full', 'QueueFullError', () => {
    const queue = new Queue<number>(1);
    queue.putNowait(1);
    queue.putNowait(2);
  }),
  answer('Queue.put(timeout), full', 'Full', 'QueueFullError', async () => {
    const queue = new Queue<number>(1);
    await queue.put(1);
    await queue.put(2, SHORT);
  }),
  answer('Queue.getNowait(), empty', 'Empty', 'QueueEmptyError', () => new Queue().getNowait()),
  answer('Queue.put(), closed', 'ValueError', 'QueueClosedError', async () => {
    const queue = new Queue<number>();
    queue.close();
    await queue.put(1);
  }),
  answer('Queue.get(), closed', 'ValueError', 'QueueClosedError', async () => {
    const queue = new Queue<number>();
    queue.close();
    await queue.get();
  }),
  answer('JoinableQueue.taskDone() too often', 'ValueError', 'TooManyDoneError', () =>
    new JoinableQueue().taskDone(),
  ),
  answer('Condition.wait() not owner', 'AssertionError', 'NotOwnerError', () => new Condition().wait()),
  answer('Condition.notify() not owner', 'AssertionError', 'NotOwnerError', () => new Condition().notify()),
  answer('Condition.wait(timeout)', 'returns False', 'returns false', () => {
    const condition = new Condition();
    return condition.with(() => condition.wait(SHORT));
  }),
  answer('Condition.waitFor(false, timeout)', 'returns False', 'returns false', () => {
    const condition = new Condition();
    return condition.with(() => condition.waitFor(() => false, SHORT));
  }),
  answer('Event.wait(timeout), unset', 'returns False', 'returns false', () => new Event().wait(SHORT)),
  answer('Barrier.wait(timeout)', 'BrokenBarrierError', 'BrokenBarrierError', () =>
    new Barrier(2).wait(SHORT),
  ),
  answer(
    'Barrier.broken after it',
    'returns True',
    'returns true',
    async () => (await brokenBarrier()).broken,
  ),
  answer('Barrier.wait() on a broken one', 'BrokenBarrierError', 'BrokenBarrierError', async () =>
    (await brokenBarrier()).wait(),
  ),
  answer('Barrier.broken after reset()', 'returns False', 'returns false', async () => {
    const barrier = await brokenBarrier();
    barrier.reset();
    return barrier.broken;
  }),
  answer('Connection.recv(), peer closed', 'EOFError', 'EndOfFileError', () => {
    const [mine, other] = Pipe();
    other.close();
    return mine.recv();
  }),
  answer('Connection.send(), peer closed', 'BrokenPipeError', 'BrokenPipeError', () => {
    const [mine, other] = Pipe();
    other.close();
    return mine.send(1);
  }),
  answer('Connection.send() on a closed one', 'OSError', 'ConnectionClosedError', () => {
    const [mine] = Pipe();
    mine.close();
    return mine.send(1);
  }),
  answer('Connection.send() on the receiving end', 'OSError', 'OneWayError', () => Pipe(false)[0].send(1)),
  answer('Connection.recvBytes(maxLength), too long', 'OSError', 'MessageTooLongError', async () => {
    const [mine, other] = Pipe();
    await other.sendBytes(Buffer.from('abcdef'));
    return await mine.recvBytes(3);
  }),
  answer('Connection.recvBytesInto(), too short', 'BufferTooShort', 'BufferTooShortError', async () => {
    const [mine, other] = Pipe();
    await other.sendBytes(Buffer.from('abcdef'));
    return await mine.recvBytesInto(new Uint8Array(3));
  }),
  answer('Process.join() before start', 'AssertionError', 'NotStartedError', () => new Process().join()),
  answer('Process.exitcode before start', 'returns None', 'returns null', () => new Process().exitcode),
  answer('Process.start() twice', 'AssertionError', 'AlreadyStartedError', () =>
    running((child) => child.start()),
  ),
  answer('Process.daemon = … after start', 'AssertionError', 'AlreadyStartedError', () =>
    running((child) => {
      child.daemon = true;
    }),
  ),
  answer('Process.close() while running', 'ValueError', 'StillRunningError', () =>
    running((child) => child.close()),
  ),
  answer('Process.join(timeout), running', 'returns None', 'returns undefined', () =>
    running((child) => child.join(SHORT)),
  ),
  answer('Process.exitcode after terminate()', 'returns -15', 'returns -15', () =>
    running(async (child) => {
      child.terminate();
      await child.join();
      return child.exitcode;
    }),
  ),
  answer('Process.isAlive() after close()', 'ValueError', 'ProcessClosedError', () => {
    const child = new Process();
    child.close();
    return child.isAlive();
  }),
  answer("getContext('x')", 'ValueError', 'UnknownStartMethodError', () => getContext('x' as never)),
  answer('setStartMethod() twice', 'RuntimeError', 'StartMethodSetError', () => {
    setStartMethod('thread', { force: true });
    try {
      setStartMethod('thread');
    } finally {
      setStartMethod(null, { force: true });
    }
  }),
  answer('Pool(0)', 'ValueError', 'InvalidArgumentError', () => new Pool({ processes: 0 })),
  answer('AsyncResult.get(timeout)', 'TimeoutError', 'TimeoutError', () =>
    pooled((pool) => pool.applyAsync(forever).get(SHORT)),
  ),
  answer('AsyncResult.successful(), not ready', 'ValueError', 'NotReadyError', () =>
    pooled((pool) => pool.applyAsync(forever).successful()),
  ),
  answer('Pool.join() before close()', 'ValueError', 'PoolRunningError', () => pooled((pool) => pool.join())),
  answer('Pool.imap().next(timeout)', 'TimeoutError', 'TimeoutError', () =>
    pooled((pool) => pool.imap(forever, [1]).next(SHORT)),
  ),
  answer('Pool.apply() after close()', 'ValueError', 'PoolClosedError', () =>
    pooled((pool) => {
      pool.close();
      return pool.apply(() => 1);
    }),
  ),
  answer('SharedMemory of size 0', 'ValueError', 'InvalidArgumentError', () => {
    return new SharedMemory({ create: true, size: 0 });
  }),
  answer('SharedMemory by a name that is missing', 'FileNotFoundError', 'SharedMemoryNotFoundError', () => {
    return new SharedMemory({ name: 'nope_x' });
  }),
  answer('SharedMemory by a name that exists', 'FileExistsError', 'SharedMemoryExistsError', () => {
    const { name } = new SharedMemory({ create: true, size: 8 });
    return new SharedMemory({ name, create: true, size: 8 });
  }),
  answer('SharedMemory.unlink() twice', 'FileNotFoundError', 'SharedMemoryNotFoundError', () => {
    const memory = new SharedMemory({ create: true, size: 8 });
    memory.unlink();
    memory.unlink();
  }),
  answer('A lock on its way through a queue', 'RuntimeError', 'returns true', async () => {
    const queue = new Queue<Lock>();
    const lock = new Lock();
    await queue.put(lock);
    return (await queue.get()) === lock;
  }),
  answer('exit code after an uncaught error', 'returns 1', 'returns 1', () =>
    ended(() => {
      silent();
      throw new Error('uncaught');
    }),
  ),
  answer('exit code after exit(7)', 'returns 7', 'returns 7', () => ended(() => process.exit(7))),
  answer("exit code after exit('msg')", 'returns 1', 'returns 1', () =>
    ended(() => {
      silent();
      process.exit('msg');
    }),
  ),
  answer('exit code after SIGKILL', 'returns -9', 'returns -9', () =>
    running(async (child) => {
      child.kill();
      await child.join();
      return child.exitcode;
    }),
  ),
];
