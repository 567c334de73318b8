// Waits that look hopeless for a long time, and are not.
import { pbkdf2 } from 'node:crypto';
import { type AddressInfo, connect, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Event, Lock, Pool, Process, Queue, Semaphore } from 'parlab';

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
    const pool = new Pool(2);
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
};

async function main(): Promise<void> {
  try {
    await helps[process.argv[2] ?? '']!();
    console.log('helped');
  } catch (error) {
    console.log((error as Error).message);
  }
}
void main();
