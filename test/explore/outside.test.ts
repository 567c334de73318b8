// What others have done to a program's things before, or do to them meanwhile: explore() begins from what they hold now, and says by
// name who waits for what the program uses.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import {
  Barrier,
  BoundedSemaphore,
  Condition,
  Event,
  ExplorationError,
  explore,
  JoinableQueue,
  Lock,
  Pipe,
  Process,
  Queue,
  RLock,
  Semaphore,
  SimpleQueue,
  sleep,
  Value,
} from '../../src/index';
import { nothingLeft } from '../support/processes/nothing-left';

/** What somebody else does, and a program that looks at it without a change of it. */
interface Row {
  outside(): unknown;
  /** In this process, too. */
  here?(): unknown;
  program(): unknown;
}

const begun: { [what: string]: () => Row } = {
  'a Lock, an RLock and the lock of a Value that are held': () => {
    const [lock, rlock, value] = [new Lock(), new RLock(), new Value('int32', 1)];
    const timeout = 20;
    return {
      outside: async () => {
        value.value = 7;
        for (const each of [lock, rlock, value.getLock()]) await each.acquire();
      },
      program: async () => [
        await lock.acquire({ timeout }),
        await rlock.acquire({ timeout }),
        await value.getLock().acquire({ timeout }),
        lock.locked(),
        value.value,
      ],
    };
  },
  'a Semaphore without a permit, and a BoundedSemaphore with one': () => {
    const [seats, bounded] = [new Semaphore(2), new BoundedSemaphore(2)];
    return {
      outside: async () => {
        await seats.acquire();
        await seats.acquire();
        await bounded.acquire();
      },
      program: async () => [seats.getValue(), await seats.acquire({ timeout: 20 }), bounded.getValue()],
    };
  },
  'an Event that is set': () => {
    const ready = new Event();
    return {
      outside: () => ready.set(),
      program: async () => [ready.isSet(), await ready.wait({ timeout: 20 })],
    };
  },
  'a Condition whose lock is held': () => {
    const changed = new Condition();
    return {
      outside: () => changed.acquire(),
      program: async () => [changed.locked(), await changed.acquire({ timeout: 20 })],
    };
  },
  'a Barrier that is broken': () => {
    const start = new Barrier(2);
    return {
      outside: () => start.abort(),
      program: () => start.wait({ timeout: 20 }).catch((error) => [start.broken, start.nWaiting, error.name]),
    };
  },
  'a full Queue': () => {
    const queue = new Queue<number>(2);
    return {
      outside: async () => {
        for (const item of [1, 2]) await queue.put(item);
      },
      program: () =>
        queue.put(3, { timeout: 20 }).catch((error) => [queue.qsize(), queue.full(), error.name]),
    };
  },
  'a JoinableQueue whose only task is not done': () => {
    const tasks = new JoinableQueue<string>();
    return {
      outside: async () => {
        await tasks.put('sweep');
        await tasks.get();
      },
      program: async () => [tasks.qsize(), await tasks.join({ timeout: 20 })],
    };
  },
  'queues that this process has closed': () => {
    const [queue, simple] = [new Queue<number>(), new SimpleQueue<number>()];
    const said: string[] = [];
    const inChild = async (results: Queue<number>) => results.put(await queue.get());
    return {
      outside: () => queue.put(1),
      here: () => [queue.close(), simple.close()],
      program: async () => {
        for (const get of [() => queue.get(), () => simple.get()])
          await get().catch((error) => said.push(error.name));
        const results = new Queue<number>();
        const child = new Process({ target: inChild, args: [results] });
        child.start();
        said.push(String(await results.get()));
        await child.join();
        return said;
      },
    };
  },
};

/** What somebody else waits for, by what explore() says then. */
const waiting: { [said: string]: () => { outside(): unknown; used: unknown } } = {
  'a Queue for which Ada waits in Queue.get()': () => {
    const queue = new Queue();
    return { outside: () => queue.get(), used: queue };
  },
  'a Queue for which Ada waits in Queue.putSync()': () => {
    const queue = new Queue(1);
    queue.putSync(1);
    return { outside: () => queue.putSync(2), used: queue };
  },
  'a Lock for which Ada waits in Lock.acquire()': () => {
    const lock = new Lock();
    lock.acquireSync();
    return { outside: () => lock.acquire(), used: lock };
  },
  'a Semaphore for which Ada waits in Semaphore.acquire()': () => {
    const none = new Semaphore(0);
    return { outside: () => none.acquire(), used: { none } };
  },
  'a Condition for which Ada waits in Condition.wait()': () => {
    const changed = new Condition();
    return { outside: () => changed.with(() => changed.wait()), used: [changed] };
  },
  'a barrier at which somebody waits': () => {
    const start = new Barrier(2);
    return { outside: () => start.wait(), used: start };
  },
  'a Pipe for which Ada waits in Connection.recv()': () => {
    const [left, right] = Pipe();
    return { outside: () => left.recv(), used: [left, right] };
  },
};

/** While another process, which is called Ada, has done that, or is about to. */
async function beside(outside: () => unknown, act: (did: Event) => Promise<void>): Promise<void> {
  const did = new Event();
  const target = async () => {
    await outside();
    did.set();
    await sleep(60_000);
  };
  const ada = new Process({ name: 'Ada', target });
  ada.start();
  try {
    await act(did);
  } finally {
    ada.kill();
    await ada.join();
  }
}

/** What is said as soon as it is known: a wait is, when it has lasted for a while. */
async function refusedFor(used: unknown): Promise<string> {
  for (;;) {
    try {
      await explore(() => used !== undefined);
    } catch (error) {
      if (error instanceof ExplorationError) return error.message;
      throw error;
    }
    await sleep(20);
  }
}

describe('explore() beside others', () => {
  after(nothingLeft);

  for (const [what, make] of Object.entries(begun)) {
    test(`begins with ${what}`, async () => {
      const { outside, here, program } = make();
      await beside(outside, async (did) => {
        await did.wait();
        here?.();
        const { outcomes } = await explore(program);
        const explored = outcomes.map(({ outcome }) => outcome.returned);
        assert.deepEqual(explored, [await program()]);
      });
    });
  }

  for (const [said, make] of Object.entries(waiting)) {
    test(`does not know ${said}`, async () => {
      const { outside, used } = make();
      await beside(outside, async () => {
        const words = await refusedFor(used);
        assert.ok(words.startsWith(`explore() does not know ${said} yet: `), words);
      });
    });
  }

  test('does not mind who waits for an Event', async () => {
    const [ready, began] = [new Event(), new Event()];
    const wait = () => {
      began.set();
      return ready.wait();
    };
    await beside(wait, async () => {
      await began.wait();
      await sleep(200);
      const { outcomes } = await explore(() => ready.isSet());
      assert.deepEqual(
        outcomes.map(({ outcome }) => outcome.returned),
        [false],
      );
    });
  });
});
