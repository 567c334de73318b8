// Rings of processes in each of which one has the baton, works, and hands it on, in every way there is to wait and to work: at
// each moment all wait for one who does not. `baton.js 200` hands each ring's baton on 200 times. Nobody may be accused.
import { execFile, execFileSync } from 'node:child_process';
import { pbkdf2 } from 'node:crypto';
import { type AddressInfo, connect, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Worker } from 'node:worker_threads';
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
  type StartMethodName,
} from 'parlab';

const SIZE = 3;
const [hops = '200', ...methods] = process.argv.slice(2);

/** How the baton comes to one seat: each way has one who waits and one who gives. */
type Way = { take(): unknown; give(): unknown };

function waysTo(): Way[] {
  const queue = new Queue<string>();
  const bounded = new Queue<string>(1);
  const event = new Event();
  const semaphore = new Semaphore(0);
  const condition = new Condition();
  const flag = new Queue<boolean>();
  const [inlet, outlet] = Pipe<string>();
  const barrier = new Barrier(2);
  const gate = new Lock();
  gate.acquireSync();
  const work = new JoinableQueue<string>();
  const eventTaken = async (wait: () => unknown) => {
    await wait();
    event.clear();
  };
  return [
    { take: () => queue.get(), give: () => queue.put('baton') },
    { take: () => queue.getSync(), give: () => queue.putSync('baton') },
    { take: () => bounded.get(), give: () => bounded.put('baton') },
    { take: () => eventTaken(() => event.wait()), give: () => event.set() },
    { take: () => eventTaken(() => event.waitSync()), give: () => event.set() },
    { take: () => semaphore.acquire(), give: () => semaphore.release() },
    { take: () => semaphore.acquireSync(), give: () => semaphore.release() },
    {
      take: () => condition.with(() => condition.waitFor(() => !flag.empty()).then(() => flag.get())),
      give: () =>
        condition.with(async () => {
          await flag.put(true);
          condition.notify();
        }),
    },
    { take: () => outlet.recv(), give: () => inlet.send('baton') },
    { take: () => outlet.recvSync(), give: () => inlet.sendSync('baton') },
    { take: () => barrier.wait(), give: () => barrier.wait() },
    { take: () => barrier.waitSync(), give: () => barrier.waitSync() },
    { take: () => gate.acquire(), give: () => gate.release() },
    { take: () => gate.acquireSync(), give: () => gate.release() },
    {
      take: () => work.get().then(() => work.taskDone()),
      give: () => work.put('baton').then(() => work.join()),
    },
  ];
}

const shortWorks: ((ms: number) => unknown)[] = [
  (ms) => sleep(ms),
  (ms) => {
    for (const end = Date.now() + ms; Date.now() < end; );
  },
  (ms) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms),
  (ms) => promisify(pbkdf2)('secret', 'salt', 1 + ms * 500, 64, 'sha512'),
  (ms) => own.with(() => own.with(() => sleep(ms))),
  (ms) => {
    own.acquireSync();
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
    own.release();
  },
];

/** They take long to begin. */
const longWorks: ((ms: number) => unknown)[] = [
  (ms) => execFileSync('sleep', [String(ms / 1000)]),
  (ms) => promisify(execFile)('sleep', [String(ms / 1000)]),
  async (ms) => {
    const server = createServer((socket) => void sleep(ms).then(() => socket.end()));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1').resume();
    await new Promise((resolve) => socket.once('close', resolve));
    server.close();
  },
  async (ms) => {
    const code = `setTimeout(() => require('node:worker_threads').parentPort.postMessage(1), ${ms})`;
    const worker = new Worker(code, { eval: true });
    await new Promise((resolve) => worker.once('message', resolve));
    await worker.terminate();
  },
  async (ms) => {
    const child = new Process({ target: (pause: number) => sleep(pause), args: [ms], method: 'thread' });
    child.start();
    await child.join();
  },
  (ms) => {
    const child = new Process({ target: (pause: number) => sleep(pause), args: [ms], method: 'thread' });
    child.start();
    child.joinSync();
  },
  async (ms) => {
    const pool = new Pool({ processes: 1, method: 'thread' });
    await pool.apply((pause: number) => sleep(pause), [ms]);
    pool.close();
    await pool.join();
  },
];

/** What all rings work with, in turns. */
const own = new RLock();

/** The same number everywhere for the same hop, so that who gives knows how the next one waits. */
function chosen(ring: number, hop: number, what: number): number {
  let mixed = (ring * 7919 + hop * 104_729 + what * 1_299_709 + 12_345) | 0;
  for (let turn = 0; turn < 3; turn++) mixed = Math.imul(mixed ^ (mixed >>> 15), 0x45d9f3b) | 0;
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

async function work(ring: number, hop: number): Promise<void> {
  const kind = chosen(ring, hop, 2) % 32;
  const works = kind === 0 ? longWorks : shortWorks;
  const ms = kind < 3 ? 400 : kind < 6 ? 100 : kind / 4;
  await works[chosen(ring, hop, 3) % works.length]!(Math.round(ms));
}

async function runSeat(ring: number, seat: number, ways: Way[][], last: number): Promise<void> {
  for (let hop = seat; hop < last; hop += SIZE) {
    const way = (at: number) => ways[at % SIZE]![chosen(ring, at, 1) % ways[0]!.length]!;
    if (hop > 0) await way(hop).take();
    await work(ring, hop);
    if (hop + 1 < last) await way(hop + 1).give();
  }
}

async function main(): Promise<void> {
  const seats = methods.flatMap((method, ring) => {
    const ways = Array.from({ length: SIZE }, waysTo);
    return ways.map((_, seat) => {
      const args: Parameters<typeof runSeat> = [ring, seat, ways, Number(hops)];
      return new Process({ target: runSeat, args, method: method as StartMethodName });
    });
  });
  for (const seat of seats) seat.start();
  for (const seat of seats) await seat.join();
  console.log(seats.map(({ exitcode }) => exitcode).join(' '));
}
void main();
