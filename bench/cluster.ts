// What does a room of several hosts cost, beside what others use who outgrow one machine? One host with two slots stands on
// this computer, as two workers of theirs do, so it is the engines that are measured and not a network.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Process, Queue, SharedArray } from '../src/index';
import { type Contender, pythonFile, root } from './contenders';
import type { Case, Goal, Question } from './question';
import { isQuick, times } from './quick';
import { inRoom, type MeasuredRoom } from './room';

const SLOTS = 2;
const TINY = times(10_000);
const HEAVY = times(64);
const CALLS = times(200);
const MIB = 2 ** 20;
const MESSAGES = times(2000);
const PAIRS = times(1000);
const WAITING = 16;
const WARM = 3;
const ON_THE_WAY = 64;
/** For the killed host. */
const LONG = 40;
const LONG_MS = 100;
const KILL_AFTER_MS = 900;
const LEASE_S = 5;

const ownPython = join(root, 'bench', '.venv-cluster', 'bin', 'python');
const quick = isQuick ? ['--quick'] : [];

/** `run.mjs` installs them; one that is not to be had says so in the table. */
function inPython(name: 'ipyparallel' | 'Ray' | 'Ray tasks', what: string): Contender {
  const file = join(root, 'bench', 'python', 'cluster_speed.py');
  const python = existsSync(ownPython) ? ownPython : pythonFile;
  return { name, kind: 'peer', command: [python, file, name, what, ...quick] };
}

function inNode(name: string, what: string): Contender {
  const file = join(root, 'bench', 'peers', 'redis.mjs');
  return { name, kind: 'peer', command: [process.execPath, file, what, ...quick] };
}

const ENGINE = 'a request/reply of NATS';
const engine: Contender = {
  name: ENGINE,
  kind: 'peer',
  command: [process.execPath, join(__dirname, 'request-reply.js'), ...quick],
};

async function timed(body: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await body();
  return performance.now() - began;
}

async function median(count: number, body: () => Promise<unknown>): Promise<number> {
  const all: number[] = [];
  for (let i = 0; i < count; i++) all.push(await timed(body));
  return all.sort((a, b) => a - b)[count >> 1] ?? Number.NaN;
}

async function inPool(
  body: (pool: InstanceType<MeasuredRoom['mp']['Pool']>) => Promise<number>,
): Promise<number> {
  return inRoom([SLOTS], async ({ mp }) => {
    const pool = new mp.Pool();
    const measured = await body(pool);
    pool.terminate();
    await pool.join();
    return measured;
  });
}

const tiny = (n: number) => n + 1;
const mib = (n: number) => new Uint8Array(2 ** 20).fill(n);
function heavy(n: number): number {
  const began = performance.now();
  let x = 0;
  for (let i = 0; i < 30_000_000; i++) x = (x * 31 + i + n) | 0;
  return x === 0.5 ? 0 : performance.now() - began;
}
const upTo = (count: number) => Array.from({ length: count }, (_, n) => n);

async function overhead(): Promise<number> {
  return inPool(async (pool) => {
    await pool.map(heavy, upTo(2 * SLOTS));
    let own: number[] = [];
    const wall = await timed(async () => {
      own = await pool.map(heavy, upTo(HEAVY), { chunkSize: 1 });
    });
    return (wall * SLOTS) / own.reduce((sum, ms) => sum + ms, 0);
  });
}

async function messages(onTheWay: number): Promise<number> {
  return inRoom([], async ({ mp }) => {
    const queue = new mp.Queue<number>();
    const done = new Queue<number>();
    const target = async () => {
      await queue.get();
      done.putSync(0);
      for (let i = 0; i < MESSAGES; i++) await queue.get();
      done.putSync(0);
    };
    const taker = new Process({ target });
    taker.start();
    await queue.put(0);
    await done.get();
    const ms = await timed(async () => {
      const puts = new Set<Promise<void>>();
      for (let i = 0; i < MESSAGES; i++) {
        const put: Promise<void> = queue.put(i).finally(() => puts.delete(put));
        puts.add(put);
        if (puts.size >= onTheWay) await Promise.race(puts);
      }
      await Promise.all(puts);
      await done.get();
    });
    await taker.join();
    return (MESSAGES / ms) * 1000;
  });
}

async function pairsAlone(): Promise<number> {
  return inRoom([], async ({ mp }) => {
    const lock = new mp.Lock();
    for (let i = 0; i < PAIRS / 10; i++) await lock.with(() => {});
    const ms = await timed(async () => {
      for (let i = 0; i < PAIRS; i++) await lock.with(() => {});
    });
    return (PAIRS / ms) * 1000;
  });
}

/** One has it and sixteen wait, each a process with its own line to the broker, until they have had it so often together. */
async function pairsContended(): Promise<number> {
  return inRoom([], async ({ mp }) => {
    const lock = new mp.Lock();
    const start = new mp.Barrier(WAITING + 1);
    const state = new SharedArray('float64', 3);
    const target = async () => {
      await lock.with(() => {});
      await start.wait();
      for (;;) {
        const isOver = await lock.with(() => {
          const at = Date.now();
          if (state[0] === 0) state[1] = at;
          if ((state[0] ?? 0) >= PAIRS) return true;
          state[0] = (state[0] ?? 0) + 1;
          state[2] = at;
          return false;
        });
        if (isOver) return;
      }
    };
    const all = Array.from({ length: WAITING + 1 }, () => new Process({ target }));
    for (const each of all) each.start();
    for (const each of all) await each.join();
    const [count = 0, began = 0, ended = 0] = state;
    return ((count - 1) / (ended - began)) * 1000;
  });
}

/** Seconds from the end of a host until all is there, and right. */
async function afterKill(): Promise<number> {
  return inRoom([1, 1], async ({ mp, hosts }) => {
    const pool = new mp.Pool();
    await pool.map(tiny, upTo(4), { chunkSize: 1 });
    let killedAt = Number.NaN;
    setTimeout(() => {
      killedAt = performance.now();
      hosts[0]?.kill();
    }, KILL_AFTER_MS);
    const busy = (n: number) => {
      const end = Date.now() + LONG_MS;
      while (Date.now() < end);
      return n * 2;
    };
    const results = await pool.map(busy, upTo(LONG), { chunkSize: 1 });
    const seconds = (performance.now() - killedAt) / 1000;
    if (results.some((result, n) => result !== n * 2)) throw new Error('a wrong result');
    pool.terminate();
    await pool.join();
    return seconds;
  });
}

interface Kind extends Pick<Case, 'name' | 'unit' | 'better' | 'measure'> {
  readonly beside: readonly Contender[];
  readonly goals: readonly Goal[];
  readonly rounds?: number;
}

const pythons = (what: string) => [inPython('ipyparallel', what), inPython('Ray', what)];

const CONFIRMED =
  'the broker writes each chunk to its file and confirms it, and an answer is confirmed before the chunk is taken off: a killed host loses nothing. ' +
  'ipyparallel and Ray keep no work on disk.';
const ASKS =
  'three requests of the broker, each passing the thread of the connection, and a child that has to be handed the work.';
const COPIED =
  'each MiB is copied about eight times between child, agent, the thread of the connection, broker and caller (decisions/pool-in-a-room.md).';
const PUT = 'each put is confirmed by the broker, which writes it to its file.';
const PAIR =
  'a pair is two requests of the broker, which keeps the record with a time to live (decisions/cluster.md).';
const TURN =
  'with each turn the lock goes to another process, by two messages of the broker and a turn of both event loops.';

const kinds: readonly Kind[] = [
  {
    name: `map of ${TINY.toLocaleString('en')} tiny numbers`,
    unit: 'ms',
    better: 'less',
    measure: () =>
      inPool(async (pool) => {
        const items = upTo(TINY);
        for (let i = 0; i < WARM; i++) await pool.map(tiny, items);
        return median(5, () => pool.map(tiny, items));
      }),
    beside: [...pythons('tiny'), inNode('BullMQ', 'tiny')],
    goals: [
      { beside: 'ipyparallel', is: 'at most', value: 1.5, ifMissed: CONFIRMED },
      { beside: 'Ray', is: 'at most', value: 1, ifMissed: CONFIRMED },
    ],
  },
  {
    name: `${HEAVY} CPU-heavy tasks`,
    unit: '× the tasks’ own time',
    better: 'less',
    measure: overhead,
    beside: [...pythons('heavy'), inNode('BullMQ', 'heavy')],
    goals: [{ is: 'at most', value: 1.1 }],
  },
  {
    name: 'one call, awaited',
    unit: 'ms',
    better: 'less',
    measure: () =>
      inPool(async (pool) => {
        for (let i = 0; i < 20; i++) await pool.apply(tiny, [i]);
        return median(CALLS, () => pool.apply(tiny, [1]));
      }),
    beside: [engine, ...pythons('call'), inNode('BullMQ', 'call')],
    goals: [{ beside: ENGINE, is: 'at most', value: 5, ifMissed: ASKS }],
  },
  {
    name: '32 results of 1 MiB',
    unit: 'ms',
    better: 'less',
    measure: () =>
      inPool(async (pool) => {
        for (let i = 0; i < WARM; i++) await pool.map(mib, upTo(32));
        return median(3, async () => {
          const results = await pool.map(mib, upTo(32));
          if (results.some((bytes, n) => bytes.length !== MIB || bytes[MIB - 1] !== n))
            throw new Error('a wrong result');
        });
      }),
    beside: [...pythons('large'), inNode('BullMQ', 'large')],
    goals: [{ beside: 'ipyparallel', is: 'at most', value: 1.5, ifMissed: COPIED }],
  },
  {
    name: 'messages through a queue, one put awaited after the other',
    unit: 'messages/s',
    better: 'more',
    measure: () => messages(1),
    beside: [inNode('BullMQ', 'queue')],
    goals: [{ is: 'at least', value: 2000, ifMissed: PUT }],
  },
  {
    name: `messages through a queue, ${ON_THE_WAY} puts on the way`,
    unit: 'messages/s',
    better: 'more',
    measure: () => messages(ON_THE_WAY),
    beside: [inNode('BullMQ', 'queue-many')],
    goals: [{ is: 'at least', value: 2000, ifMissed: PUT }],
  },
  {
    name: 'lock, alone',
    unit: 'pairs/s',
    better: 'more',
    measure: pairsAlone,
    beside: [inNode('Redis, SET NX and a script', 'lock')],
    goals: [{ is: 'at least', value: 1500, ifMissed: PAIR }],
  },
  {
    name: `lock, ${WAITING} waiting`,
    unit: 'pairs/s',
    better: 'more',
    measure: pairsContended,
    beside: [],
    goals: [{ is: 'at least', value: 500, ifMissed: TURN }],
  },
  {
    name: 'a host killed, until everything is there',
    unit: 's',
    better: 'less',
    rounds: 2,
    measure: afterKill,
    beside: [...pythons('killed'), inPython('Ray tasks', 'killed'), inNode('BullMQ', 'killed')],
    goals: [{ is: 'at most', value: LEASE_S + 1 }],
  },
];

export const cluster: Question = {
  name: 'cluster',
  title: 'What does a room of several hosts cost?',
  note:
    `${SLOTS} workers each, on this computer. ipyparallel's maps are its DirectView's, and its balanced view's for tasks that take long; Ray's are ` +
    'those of its Pool; BullMQ stands on Redis with a file of its own for what is worked on, as ParLab’s broker has. JavaScript and Python ' +
    'do not run the same loop, so of CPU-heavy tasks the whole is compared with the tasks’ own times.',
  cases: kinds,
};
