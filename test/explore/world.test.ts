// The world that an explored program runs in: what was there before, its own modules, its clock and its luck;
// and what reaches beyond it.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  Barrier,
  Condition,
  EscapeError,
  ExplorationError,
  explore,
  JoinableQueue,
  Lock,
  Manager,
  Pipe,
  Process,
  Queue,
  RawArray,
  RawValue,
  RLock,
  Semaphore,
  ShareableList,
  SharedMemory,
  Value,
} from '../../src';
import { endExplorer } from '../../src/explore/explorer/explorer';
import { nothingLeft } from '../support/processes/nothing-left';

after(async () => {
  endExplorer();
  await nothingLeft();
});

const PROGRAMS = join(__dirname, '..', '..', '..', 'test', 'programs', 'explore');

interface Shop {
  sell(stock: RawValue<'int32'>): Promise<number>;
  spin(): void;
  sum(numbers: number[]): number;
}

/** What every order comes to, if they all come to the same. */
async function only(program: () => unknown): Promise<unknown> {
  const { outcomes } = await explore(program);
  const [first, ...others] = outcomes.map(({ outcome }) => outcome);
  assert.deepEqual(others, []);
  assert.equal(first?.hang, undefined);
  assert.deepEqual(first?.failures, []);
  return first?.returned;
}

test('a queue begins with the items that it has', async () => {
  const queue = new JoinableQueue<unknown>(3);
  const lock = new Lock({ name: 'inside' });
  queue.putSync('a');
  queue.putSync({ b: lock });
  const program = async () => {
    const first = await queue.get();
    const { b } = (await queue.get()) as { b: Lock };
    await b.acquire();
    queue.taskDone();
    return [first, lock.locked(), b === lock, queue.qsize(), await queue.join({ timeout: 0 })];
  };
  assert.deepEqual(await only(program), ['a', true, true, 0, false]);
  assert.deepEqual([queue.qsize(), lock.locked()], [2, false]);
});

test('a lock begins as it is: free, ours, or held by somebody who takes no part', async () => {
  const lock = new Lock();
  lock.acquireSync();
  const ours = () => {
    lock.release();
    return lock.locked();
  };
  assert.equal(await only(ours), false);
  lock.release();
  const child = new Process({ target: () => sleep(60_000, lock.acquireSync()) });
  child.start();
  while (!lock.locked()) await sleep(10);
  const { outcomes } = await explore(async () => (await lock.acquire({ timeout: 5 })) === false);
  child.kill();
  await child.join();
  assert.deepEqual(
    outcomes.map(({ outcome }) => outcome.returned),
    [true],
  );
});

test('semaphores, conditions, barriers and memory begin as they are', async () => {
  const seats = new Semaphore(3);
  seats.acquireSync();
  const changed = new Condition(new RLock());
  const start = new Barrier(1, { action: () => marks.fill(7) });
  const marks = new RawArray('uint8', [1, 2]);
  const total = new Value('float64', 1.5);
  const list = new ShareableList(['Ada', 1815, null]);
  const memory = new SharedMemory({ create: true, size: 2, name: 'of the world test' });
  memory.buf[1] = 9;
  const program = async () => {
    const before = [...marks];
    await start.wait();
    await changed.with(() => changed.notify());
    const again = new SharedMemory({ name: 'of the world test' });
    return [seats.getValue(), before, [...marks], total.value, [...list], [...memory.buf], again.size];
  };
  assert.deepEqual(await only(program), [2, [1, 2], [7, 7], 1.5, ['Ada', 1815, null], [0, 9], 2]);
  assert.deepEqual([...marks], [1, 2]);
  memory.unlink();
});

test('a pipe begins with what is on its way', async () => {
  const [receiver, sender] = Pipe<string>(false);
  await sender.send('before');
  const program = async () => {
    const child = new Process({ target: () => sender.sendSync('after') });
    child.start();
    sender.close();
    const got = [];
    for await (const word of receiver) got.push(word);
    await child.join();
    return got;
  };
  assert.deepEqual(await only(program), ['before', 'after']);
  assert.equal(await receiver.recv(), 'before');
});

test('an end of a pipe that was closed before is closed', async () => {
  const [receiver, sender] = Pipe<string>(false);
  await sender.send('last');
  sender.close();
  const program = async () => {
    const got = [];
    for await (const word of receiver) got.push(word);
    return got;
  };
  assert.deepEqual(await only(program), ['last']);
});

test('a module of the program finds the controlled library, and each process has its own instance of it', async () => {
  const shop = require(join(PROGRAMS, 'shop.cjs')) as Shop;
  const stock = new RawValue('int32', 5);
  const program = async () => {
    const children = [1, 2].map(() => new Process({ target: shop.sell, args: [stock] }));
    for (const child of children) child.start();
    for (const child of children) await child.join();
    return [stock.value, shop.sum([1, 2, 3])];
  };
  const { outcomes } = await explore(program);
  // Each has a lock of its own, for each loads the module anew: so one of the two sales may be lost.
  assert.deepEqual(outcomes.map(({ outcome }) => (outcome.returned as number[])[0]).sort(), [3, 4]);
});

test('a loop of a module that goes on for ever is found', async () => {
  const { spin } = require(join(PROGRAMS, 'shop.cjs')) as Shop;
  const { outcomes } = await explore(() => spin());
  assert.match(String(outcomes[0]?.outcome.hang), /^MainProcess goes on for ever/);
});

test('time is virtual, and luck is the same in every run', async () => {
  const program = async () => {
    const began = Date.now();
    const fine = performance.now();
    await sleep(90_000);
    const luck = [Math.random(), crypto.randomUUID()];
    return [
      Date.now() - began >= 90_000,
      performance.now() - fine >= 90_000,
      new Date(began).getFullYear(),
      luck,
    ];
  };
  const [isLate, isLateToo, year, luck] = (await only(program)) as unknown[];
  assert.deepEqual([isLate, isLateToo, year], [true, true, 2025]);
  assert.deepEqual(((await only(program)) as unknown[])[3], luck);
});

test('whatever is printed is caught, whichever way', async () => {
  const program = () => {
    console.log('%s is %d', 'one', 1);
    console.group('in');
    console.table([[1]]);
    console.groupEnd();
    console.dir({ a: new RawArray('int32', [4]) });
    process.stdout.write('torn ');
    process.stderr.write('line\n');
    console.assert(false, 'not so');
  };
  const { outcomes } = await explore(program);
  const printed = outcomes[0]?.outcome.printed.join('') ?? '';
  assert.match(printed, /^one is 1\nin\n {2}┌/);
  assert.match(printed, /\n\{ a: Int32Array\(1\) \[ 4 \] \}\n/);
  assert.match(printed, /torn line\nAssertion failed: not so\n$/);
});

test('import() of the library gives the controlled one, and of Node what is under control', async () => {
  const program = async () => {
    const { Queue: Imported } = await import('parlab');
    const { setTimeout: pause } = await import('node:timers/promises');
    await pause(60_000);
    const queue = new Imported();
    await queue.put(1);
    return queue.get();
  };
  assert.equal(await only(program), 1);
});

test('code that awaits a file is an escape', async () => {
  const { readsFile } = require(join(PROGRAMS, 'reads-file.cjs')) as { readsFile(): Promise<number> };
  await assert.rejects(explore(readsFile), EscapeError);
});

test('a real lock that a program got hold of by another way is an escape', async () => {
  const file = require.resolve('../../src/sync/lock');
  const program = () => {
    const { Lock: RealLock } = require(file) as { Lock: new () => unknown };
    return new RealLock() !== undefined;
  };
  await assert.rejects(explore(program), /about to use a lock, a queue or other shared memory for real/);
});

test('the use of files is told even where it does no harm', async () => {
  const { escapes } = await explore(() => require('node:fs').existsSync('/'));
  assert.deepEqual(escapes, ['fs']);
});

test('a program that goes by what changes from run to run is an escape', async () => {
  const program = () => console.log(process.cpuUsage().user, process.memoryUsage().heapUsed);
  await assert.rejects(explore(program), EscapeError);
});

test('what is not known yet is refused by its name', async () => {
  const program = () => void new (Manager as never as new () => unknown)();
  await assert.rejects(explore(program), (error: Error) => {
    assert.ok(error instanceof ExplorationError);
    assert.match(
      error.message,
      /explore\(\) does not know Manager yet: use a Queue, a Value or a SharedArray\./,
    );
    return true;
  });
});

test('a Process that was made before is refused', async () => {
  const child = new Process({ name: 'Ada' });
  await assert.rejects(
    explore(() => child.start()),
    /a Process that was made outside of the program yet: make it inside/,
  );
});

test('signals to other processes and to nobody are refused', async () => {
  await assert.rejects(
    explore(() => void process.kill(1)),
    /does not know process\.kill\(\) yet/,
  );
});

test('a process may kill itself, and its parent sees by which signal', async () => {
  const program = async () => {
    const codes: (number | null)[] = [];
    for (const signal of ['SIGKILL', 'SIGTERM']) {
      const child = new Process({ target: () => void process.kill(process.pid, signal) });
      child.start();
      await child.join();
      codes.push(child.exitcode);
    }
    return codes;
  };
  const { outcomes } = await explore(program);
  assert.deepEqual(
    outcomes.map(({ outcome }) => outcome.returned),
    [[-9, -15]],
  );
  assert.deepEqual(await program(), [-9, -15]);
});

test('several views lie over one memory', async () => {
  const bytes = new RawArray('uint8', 8);
  const program = async () => {
    const words = new Int32Array(bytes.buffer, bytes.byteOffset, 2);
    const write = () => {
      words[1] = 258;
    };
    const child = new Process({ target: write });
    child.start();
    await child.join();
    return [[...bytes], words.length, bytes instanceof Uint8Array];
  };
  assert.deepEqual(await only(program), [[0, 0, 0, 0, 2, 1, 0, 0], 2, true]);
});

test('queues of a program of its own go by no memory of the system', async () => {
  const queue = new Queue<number>(1);
  const before = queue.qsize();
  await explore(async () => {
    await queue.put(1);
    return queue.get();
  });
  assert.equal(queue.qsize(), before);
});

test('a name of shared memory may be one that every object has', async () => {
  const program = () => {
    const tries = [
      () => new SharedMemory({ name: 'toString' }),
      () => new SharedMemory({ create: true, size: 1, name: 'toString' }).unlink(),
      () => new SharedMemory({ create: true, size: 1, name: 'valueOf' }).unlink(),
      () => new SharedMemory({ name: 'valueOf' }),
    ];
    return tries.map((attempt) => {
      try {
        attempt();
        return 'done';
      } catch (error) {
        return (error as Error).name;
      }
    });
  };
  const missing = 'SharedMemoryNotFoundError';
  assert.deepEqual(await only(program), [missing, 'done', 'done', missing]);
});

test('named memory that is too large is told as that, and not as missing', async () => {
  const memory = new SharedMemory({ create: true, size: 2 ** 20 + 1, name: 'large of the world test' });
  try {
    assert.equal(await only(() => 1), 1);
    await assert.rejects(
      explore(() => new SharedMemory({ name: 'large of the world test' }).size),
      /does not know shared memory of 1048577 bytes yet: let it have at most 1048576\./,
    );
  } finally {
    memory.unlink();
  }
});

test('the memory below a list that the program makes is refused, also by its name', async () => {
  const program = () => {
    const list = new ShareableList([1], { name: 'words' });
    return [list.get(0), new SharedMemory({ name: 'words' }).buf[0]];
  };
  await assert.rejects(explore(program), /does not know the memory below a ShareableList yet: use its items/);
});

test('a list is refused a name that is none', async () => {
  const program = () => {
    try {
      return new ShareableList([1], { name: '' }).length;
    } catch (error) {
      return (error as Error).name;
    }
  };
  assert.equal(await only(program), 'InvalidArgumentError');
  assert.equal(program(), 'InvalidArgumentError');
});

test('Atomics.wait() takes the time of its timeout and none below 0, and is refused without one', async () => {
  const word = () => new Int32Array(new SharedArrayBuffer(4));
  const timed = () => {
    const began = performance.now();
    const ways = [
      Atomics.wait(word(), 0, 0, -50),
      Atomics.wait(word(), 0, 1, 5),
      Atomics.wait(word(), 0, 0, 20),
    ];
    return [...ways, performance.now() - began];
  };
  assert.deepEqual(await only(timed), ['timed-out', 'not-equal', 'timed-out', 20]);
  const signal = AbortSignal.timeout(20_000);
  await assert.rejects(
    explore(() => Atomics.wait(word(), 0, 0), { signal }),
    {
      name: 'ExplorationError',
      message: /does not know Atomics\.wait\(\) without a timeout yet: wait for an Event or a Lock\./,
    },
  );
});
