// What a manager does when processes die at any moment: kill -9 of its server, of callers, of owners, of holders of proxies.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  activeChildren,
  type BarrierProxy,
  BrokenBarrierError,
  type ListProxy,
  LockOwnerDiedError,
  type LockProxy,
  Manager,
  ManagerEndedError,
  Process,
  Queue,
  type QueueProxy,
  type SemaphoreProxy,
  type SyncManager,
} from '../../src/index';
import { needsProcesses } from '../support/contract/needs-processes';
import { collectGarbage } from '../support/processes/collect-garbage';
import { nothingLeft } from '../support/processes/nothing-left';

/** Runs until it is killed; resolves when it has said that it is ready. */
async function started<A extends unknown[]>(
  target: (ready: Queue<boolean>, ...args: A) => unknown,
  ...args: A
): Promise<Process> {
  const ready = new Queue<boolean>();
  const child = new Process({ target, args: [ready, ...args] } as never) as Process;
  child.start();
  await ready.get();
  return child;
}

async function kill(child: Process | undefined): Promise<void> {
  child?.kill();
  await child?.join();
}

async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!(await holds())) {
    assert.ok(Date.now() < deadline, what);
    await collectGarbage();
    await sleep(20);
  }
}

function serverOf(manager: SyncManager): Process {
  const server = activeChildren().find(({ name }) => name.startsWith(manager.constructor.name));
  assert.ok(server);
  return server;
}

test(
  'a server that is killed ends every call and every wait with a ManagerEndedError',
  needsProcesses,
  async () => {
    const manager = await Manager();
    const queue = await manager.Queue<number>();
    const list = await manager.list([1]);
    const waits = [queue.get(), queue.get(), (await manager.Event()).wait()];
    const outcomes = waits.map((wait) => assert.rejects(wait, ManagerEndedError));
    const child = new Process({
      target: (given: QueueProxy<number>) => {
        try {
          given.getSync();
        } catch (error) {
          process.exit((error as { code?: string }).code === 'manager-ended' ? 7 : 8);
        }
      },
      args: [queue],
    });
    child.start();
    await sleep(300);
    await kill(serverOf(manager));
    await Promise.all(outcomes);
    await child.join();
    assert.equal(child.exitcode, 7, 'one that blocks is told, too');
    await assert.rejects(list.at(0), ManagerEndedError);
    await assert.rejects(manager.list(), ManagerEndedError);
    await manager.shutdown();
  },
);

test('a lock whose owner is killed is free, and the next owner hears of it', needsProcesses, async () => {
  await using manager = await Manager();
  for (const kind of ['Lock', 'RLock'] as const) {
    const lock = await manager[kind]();
    const hold = async (ready: Queue<boolean>, given: LockProxy) => {
      await given.acquire();
      ready.putSync(true);
      for (;;);
    };
    const child = await started(hold, lock);
    const waiting = assert.rejects(lock.acquire(), LockOwnerDiedError);
    await kill(child);
    await waiting;
    const held = await lock.acquire();
    held.release();
    await kill(await started(hold, lock));
    const second = await lock.acquire({ onOwnerDied: 'continue' });
    second.release();
  }
});

test('permits, and the places of waiters, come back from the dead', needsProcesses, async () => {
  await using manager = await Manager();
  const semaphore = await manager.Semaphore(2);
  const take = async (ready: Queue<boolean>, given: SemaphoreProxy) => {
    await given.acquire();
    await given.acquire();
    ready.putSync(true);
    for (;;);
  };
  await kill(await started(take, semaphore));
  await semaphore.acquire();
  await semaphore.acquire();
  const queue = await manager.Queue<number>();
  const wait = (ready: Queue<boolean>, given: QueueProxy<number>) => {
    ready.putSync(true);
    given.getSync();
  };
  await kill(await started(wait, queue));
  await sleep(300);
  await queue.put(1);
  assert.equal(await queue.get({ timeout: 5000 }), 1, 'it did not go to the dead one');
});

test('a barrier breaks when one who waits there is killed', needsProcesses, async () => {
  await using manager = await Manager();
  const barrier = await manager.Barrier(3);
  const waiting = assert.rejects(barrier.wait(), BrokenBarrierError);
  const wait = (ready: Queue<boolean>, given: BarrierProxy) => {
    ready.putSync(true);
    given.waitSync();
  };
  const child = await started(wait, barrier);
  await until('both wait', async () => (await barrier.nWaiting()) === 2);
  await kill(child);
  await waiting;
});

describe('an object', needsProcesses, () => {
  test('goes when no proxy is left, also when the last one was in a process that was killed', async () => {
    await using manager = await Manager();
    const keep = async (ready: Queue<boolean>, given: ListProxy<number>) => {
      await given.push(1);
      ready.putSync(true);
      for (;;);
    };
    // A Process has its arguments, so nobody may have the Process.
    const begin = async () => void (await started(keep, await manager.list<number>()));
    const keeper = () => activeChildren().find(({ name }) => name.startsWith('Process'));
    await begin();
    await until('only the child has one', async () => {
      await sleep(50);
      return (await manager.numberOfObjects()) === 1;
    });
    await sleep(300);
    assert.equal(await manager.numberOfObjects(), 1, 'the child has it still');
    await kill(keeper());
    await until('it is gone', async () => (await manager.numberOfObjects()) === 0);
  });

  test('stays while its proxy lies in a queue, and nobody else has one', async () => {
    await using manager = await Manager();
    const queue = new Queue<ListProxy<number>>();
    await (async () => queue.putSync(await manager.list([1, 2, 3])))();
    for (let i = 0; i < 20; i++) {
      await collectGarbage();
      await sleep(20);
    }
    assert.equal(await manager.numberOfObjects(), 1);
    assert.deepEqual(await (await queue.get()).slice(), [1, 2, 3]);
  });

  test('stays while another object of the manager has it', async () => {
    await using manager = await Manager();
    const outer = await manager.list<ListProxy<number>>();
    await (async () => outer.push(await manager.list([1, 2, 3])))();
    await until('the inner one has no proxy', async () => (await manager.numberOfObjects()) === 1);
    assert.deepEqual(await (await outer.at(0))?.slice(), [1, 2, 3]);
  });

  test('is one of a thousand, and all go', async () => {
    await using manager = await Manager();
    await (async () => {
      const all = await Promise.all(Array.from({ length: 1000 }, (_, i) => manager.Value('int32', i)));
      const values = await Promise.all(all.map((value) => value.get()));
      assert.equal(
        values.reduce((sum, value) => sum + value),
        499_500,
      );
      assert.equal(await manager.numberOfObjects(), 1000);
    })();
    await until('they are gone', async () => (await manager.numberOfObjects()) === 0);
  });
});

test(
  'callers that are killed in the middle of calls, again and again, spoil nothing for others',
  needsProcesses,
  async () => {
    await using manager = await Manager();
    const list = await manager.list<number>();
    const hammer = (ready: Queue<boolean>, given: ListProxy<number>) => {
      ready.putSync(true);
      for (;;) {
        given.pushSync(1);
        given.popSync();
      }
    };
    for (let round = 0; round < 8; round++) {
      const child = await started(hammer, list);
      await sleep(round * 7);
      await kill(child);
      assert.ok((await list.length()) <= round + 1);
    }
  },
);

test('a program that is killed leaves no server', needsProcesses, async () => {
  const server = new Queue<number>();
  const program = new Process({
    target: async (pids: Queue<number>) => {
      await Manager();
      pids.putSync(activeChildren()[0]?.pid ?? 0);
      for (;;);
    },
    args: [server],
  });
  program.start();
  const pid = await server.get();
  program.kill();
  await program.join();
  await until('the server is gone', () => {
    try {
      process.kill(pid, 0);
      return false;
    } catch {
      return true;
    }
  });
});

after(nothingLeft);
