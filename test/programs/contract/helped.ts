// Waits that look hopeless for a long time, and are not.
import { execFileSync, fork, spawn } from 'node:child_process';
import { pbkdf2 } from 'node:crypto';
import { type AddressInfo, connect, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Barrier, Event, Lock, Pool, Process, Queue, RLock, Semaphore } from 'parlab';

const LONG_MS = 2500;

function compute(): void {
  for (const end = Date.now() + LONG_MS; Date.now() < end; );
}

const helps: { [name: string]: () => Promise<unknown> } = {
  async timer() {
    const event = new Event();
    setTimeout(() => event.set(), LONG_MS);
    await event.wait();
  },
  async 'thread pool'() {
    const event = new Event();
    pbkdf2('secret', 'salt', 2_000_000, 64, 'sha512', () => event.set());
    await event.wait();
  },
  async signal() {
    const event = new Event();
    process.once('SIGUSR2', () => event.set());
    const target = async (pid: number) => {
      await sleep(LONG_MS);
      process.kill(pid, 'SIGUSR2');
    };
    new Process({ target, args: [process.pid] }).start();
    await event.wait();
  },
  async socket() {
    const event = new Event();
    const server = createServer((socket) => {
      event.set();
      socket.destroy();
      server.close();
    }).listen(0, '127.0.0.1');
    const target = async (port: number) => {
      await sleep(LONG_MS);
      connect(port, '127.0.0.1').on('error', () => {});
    };
    await new Promise((resolve) => server.once('listening', resolve));
    new Process({ target, args: [(server.address() as AddressInfo).port] }).start();
    await event.wait();
  },
  async 'other task'() {
    const lock = new Lock();
    await lock.acquire();
    sleep(LONG_MS).then(() => lock.release());
    await lock.acquire();
  },
  async computation() {
    const lock = new Lock();
    const begun = new Event();
    const target = () => {
      lock.acquireSync();
      begun.set();
      compute();
      lock.release();
    };
    new Process({ target }).start();
    await begun.wait();
    await lock.acquire();
  },
  async producer() {
    const queue = new Queue<number>();
    const target = async () => {
      await sleep(LONG_MS);
      queue.putSync(1);
    };
    new Process({ target }).start();
    queue.getSync();
  },
  async 'permits as room'() {
    const room = [new Semaphore(1), new Semaphore(1)] as const;
    const both = new Queue<number>();
    const produce = (first: number) => {
      room[first]!.acquireSync();
      both.putSync(first);
      room[1 - first]!.acquireSync();
    };
    const producers = [0, 1].map((first) => new Process({ target: produce, args: [first] }));
    for (const producer of producers) producer.start();
    await sleep(LONG_MS);
    for (let taken = 0; taken < 2; taken++) room[both.getSync()]!.release();
    for (const producer of producers) await producer.join();
    if (producers.some(({ exitcode }) => exitcode !== 0)) throw new Error('A producer failed.');
  },
  async 'idle pool'() {
    const pool = new Pool({ processes: 2 });
    await pool.map((n: number) => n + 1, [1, 2, 3]);
    await sleep(LONG_MS);
    await pool.map((n: number) => n + 1, [1, 2, 3]);
    pool.close();
    await pool.join();
  },
  async timeout() {
    const lock = new Lock();
    await lock.acquire();
    if ((await lock.acquire({ timeout: LONG_MS })) !== false) throw new Error('It was taken twice.');
  },
  async 'signal of the wait'() {
    const controller = new AbortController();
    const waiting = new Event().wait({ signal: controller.signal });
    setTimeout(() => controller.abort(), LONG_MS);
    await waiting.catch((error: Error) => {
      if (error.name !== 'AbortError') throw error;
    });
  },
  async 'signal of a join'() {
    const lock = new RLock();
    await lock.acquire();
    const child = new Process({ target: () => lock.with(() => {}) });
    child.start();
    await child.join({ signal: AbortSignal.timeout(LONG_MS) }).catch(() => {});
    lock.release();
    await child.join();
    if (child.exitcode !== 0) throw new Error('The child failed.');
  },
  async 'system call'() {
    const lock = new RLock();
    const begun = new Event();
    const target = async () => {
      await lock.acquire();
      begun.set();
      execFileSync('sleep', [String(LONG_MS / 1000)]);
      lock.release();
    };
    new Process({ target }).start();
    await begun.wait();
    await lock.acquire();
  },
  async 'Atomics.wait'() {
    const lock = new RLock();
    const begun = new Event();
    const target = () => {
      lock.acquireSync();
      begun.set();
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, LONG_MS);
      lock.release();
    };
    new Process({ target }).start();
    begun.waitSync();
    lock.acquireSync();
  },
  // All others wait, and so does, by what it said last, the one that is stopped: but what it waits for is there.
  async 'a process that was stopped'() {
    const lock = new RLock();
    const begun = new Event();
    const event = new Event();
    const holder = new Process({
      target: async () => {
        await lock.acquire();
        begun.set();
        await event.wait();
        lock.release();
      },
    });
    const waiter = new Process({ target: () => lock.with(() => {}) });
    holder.start();
    await begun.wait();
    waiter.start();
    // Until both have said what they wait for.
    await sleep(1000);
    process.kill(holder.pid!, 'SIGSTOP');
    event.set();
    spawn('sh', ['-c', `sleep 3; kill -CONT ${holder.pid}`], { stdio: 'ignore' }).unref();
    await waiter.join();
    await holder.join();
    if (waiter.exitcode !== 0 || holder.exitcode !== 0) throw new Error('A child failed.');
  },
  async 'death of a member'() {
    const forks = [new RLock(), new RLock()] as const;
    const hungry = new Barrier(3);
    const eat = async (seat: number) => {
      await forks[seat]!.acquire();
      await hungry.wait();
      const outcome = await forks[1 - seat]!.acquire().catch((error: Error) => error);
      process.exitCode = outcome instanceof Error && outcome.name === 'LockOwnerDiedError' ? 7 : 1;
    };
    const eaters = [0, 1].map((seat) => new Process({ target: eat, args: [seat] }));
    for (const eater of eaters) eater.start();
    await hungry.wait();
    eaters[0]!.kill();
    await eaters[1]!.join();
    if (eaters[1]!.exitcode !== 7) throw new Error(`The other exited with ${eaters[1]!.exitcode}.`);
  },
  async 'message of a parent'() {
    const child = fork(__filename, ['hears a message']);
    setTimeout(() => child.send('go on'), LONG_MS);
    await new Promise((resolve) => child.once('exit', resolve));
    if (child.exitCode !== 0) throw new Error('The child was not helped.');
  },
  async 'hears a message'() {
    const event = new Event();
    process.once('message', () => event.set());
    await event.wait();
  },
  async 'line of the input'() {
    const child = spawn(process.execPath, [__filename, 'reads its input'], { stdio: ['pipe', 1, 2] });
    setTimeout(() => child.stdin?.end('go on\n'), LONG_MS);
    await new Promise((resolve) => child.once('exit', resolve));
    if (child.exitCode !== 0) throw new Error('The child was not helped.');
  },
  async 'reads its input'() {
    const event = new Event();
    process.stdin.once('data', () => event.set());
    await event.wait();
  },
  async "listener for 'beforeExit'"() {
    let heard = 0;
    process.on('beforeExit', () => {
      heard++;
      event.set();
    });
    const event = new Event();
    const target = async () => {
      await sleep(LONG_MS);
      event.set();
    };
    new Process({ target }).start();
    await event.wait();
    if (heard > 0) throw new Error('It heard of an end that was none.');
  },
  async 'another worker of the pool'() {
    const pool = new Pool({ processes: 2 });
    const event = new Event();
    const work = (index: number) => (index === 0 ? event.waitSync() : event.set());
    await pool.map(work, [0, 1]);
    pool.close();
    await pool.join();
  },
};

async function main(): Promise<void> {
  try {
    await helps[process.argv[2] ?? '']!();
    console.log('helped');
  } catch (error) {
    console.log((error as Error).message);
    process.exitCode = 1;
  }
}
void main();
