// One wait that nobody can end, chosen by its name.
import {
  Barrier,
  BoundedSemaphore,
  Condition,
  Event,
  JoinableQueue,
  Lock,
  Pipe,
  Process,
  Queue,
  RLock,
  Semaphore,
  SimpleQueue,
} from 'parlab';

const waits: { [name: string]: () => unknown } = {
  get: () => new Queue().get(),
  getSync: () => new Queue().getSync(),
  put: async () => {
    const queue = new Queue<number>(1);
    await queue.put(1);
    await queue.put(2);
  },
  event: () => new Event().wait(),
  barrier: () => new Barrier(2).wait(),
  condition: async () => {
    const condition = new Condition();
    await condition.with(() => condition.wait());
  },
  semaphore: async () => {
    const semaphore = new Semaphore(1);
    await semaphore.acquire();
    await semaphore.acquire();
  },
  recv: () => {
    const ends = Pipe();
    return ends[0].recv().finally(() => ends[1].close());
  },
  lockTwice: async () => {
    const lock = new Lock();
    await lock.acquire();
    await lock.acquire();
  },
  lockTwiceSync: () => {
    const lock = new Lock();
    lock.acquireSync();
    lock.acquireSync();
  },
  tasks: async () => {
    const [a, b] = [new Lock({ name: 'a' }), new Lock({ name: 'b' })];
    const take = (first: Lock, second: Lock) =>
      first.with(async () => {
        await Promise.resolve();
        await second.with(() => {});
      });
    await Promise.all([take(a, b), take(b, a)]);
  },
  join: async () => {
    const lock = new Lock();
    await lock.acquire();
    const child = new Process({ target: () => lock.acquireSync() && undefined });
    child.start();
    await child.join();
    throw new Error(`The child exited with code ${child.exitcode}.`);
  },
  named,
  consumers: async () => {
    const queue = new Queue();
    const target = () => queue.getSync();
    const consumers = [new Process({ target }), new Process({ target })];
    for (const consumer of consumers) consumer.start();
    for (const consumer of consumers) await consumer.join();
    throw new Error(`They exited with codes ${consumers.map(({ exitcode }) => exitcode)}.`);
  },
};

/** One after the other is told. */
async function named(): Promise<never> {
  const called = (name: string) => ({ name });
  const condition = new Condition(new RLock(), called('a condition'));
  const ends = Pipe(true, called('a pipe'));
  const work = new JoinableQueue(0, called('a joinable queue'));
  const outcomes = await Promise.allSettled([
    new Event(called('an event')).wait(),
    new Semaphore(0, called('a semaphore')).acquire(),
    new BoundedSemaphore(0, called('a bounded semaphore')).acquire(),
    condition.with(() => condition.wait()),
    new Barrier(2, called('a barrier')).wait(),
    new Queue(0, called('a queue')).get(),
    new SimpleQueue(called('a simple queue')).get(),
    work.put(1).then(() => work.join()),
    ends[0].recv(),
  ]);
  const words = outcomes.map((outcome) => outcome.status === 'rejected' && String(outcome.reason));
  throw new Error(
    words
      .map((text) => / waits in \S+ for .*?(?:of|at|from) (an? [a-z ]+) \(/.exec(String(text))?.[1])
      .join(', '),
  );
}

async function main(): Promise<void> {
  try {
    await waits[process.argv[2] ?? '']?.();
    console.log('It ended.');
  } catch (error) {
    console.log((error as Error).message);
  }
}
void main();
