// How many tasks a second does a pool run: ten thousand tiny ones at once, one after the other, and heavy ones?
import { cpuCount, Pool } from '../src/index';
import { type Contender, peer, python } from './contenders';
import { BEST_PEER } from './goals';
import type { Case, Goal, Question } from './question';
import { times } from './quick';

const processes = cpuCount();
const WARM_MS = 1000;
const MEASURED_MS = 600;
const EQUAL =
  'all of them keep both processors busy, and reach nine tenths and more of what these could do at most; which of six peers comes out ' +
  'best changes from run to run.';
const tiny = (x: number) => x * 2;
const heavy = (x: number) => {
  let total = 0;
  for (let i = 0; i < 5_000_000; i++) total += i ^ x;
  return total;
};

interface Tasks {
  name: string;
  count: number;
  run(pool: Pool, items: number[]): Promise<unknown>;
  beside: Contender[];
  goals: Goal[];
}

const TINY = times(10_000);
const ONE_BY_ONE = times(1000);
const HEAVY = times(64);
const libraries = ['piscina', 'tinypool', 'workerpool', 'poolifier', 'threads'] as const;
const peers = (kind: string, count: number) => libraries.map((name) => peer(name, [kind, count, processes]));

const kinds: Tasks[] = [
  {
    name: `map of ${TINY.toLocaleString('en')} tiny tasks`,
    count: TINY,
    run: (pool, items) => pool.map(tiny, items),
    beside: [
      python('pool_speed.py', ['map', TINY, processes]),
      ...peers('map', TINY),
      peer('poolifier mapExecute', ['map', TINY, processes], 'poolifier-map'),
    ],
    goals: [
      { beside: 'Python', is: 'at least', value: 1.2 },
      { beside: 'piscina', is: 'at least', value: 50 },
    ],
  },
  {
    name: 'tiny tasks, one awaited after the other',
    count: ONE_BY_ONE,
    run: async (pool, items) => {
      for (const item of items) await pool.apply(tiny, [item]);
    },
    beside: [python('pool_speed.py', ['apply', ONE_BY_ONE, processes]), ...peers('apply', ONE_BY_ONE)],
    goals: [],
  },
  {
    name: `${HEAVY} CPU-heavy tasks`,
    count: HEAVY,
    run: (pool, items) => pool.map(heavy, items),
    beside: [python('pool_speed.py', ['heavy', HEAVY, processes]), ...peers('heavy', HEAVY)],
    goals: [{ beside: BEST_PEER, is: 'at least', value: 1, ifMissed: EQUAL }],
  },
];

async function speed({ count, run }: Tasks): Promise<number> {
  await using pool = new Pool({ processes });
  const items = Array.from({ length: count }, (_, i) => i);
  // The question is what a task costs, not how long V8 takes to compile or a stock of processes to fill; the peers are
  // warmed in the same way.
  const warmFrom = performance.now();
  for (let round = 0; round < 3 || performance.now() - warmFrom < WARM_MS; round++) await run(pool, items);
  const began = performance.now();
  let runs = 0;
  // One run of half a millisecond would be a throw of dice.
  for (; runs === 0 || performance.now() - began < MEASURED_MS; runs++) await run(pool, items);
  return ((runs * count) / (performance.now() - began)) * 1000;
}

export const pool: Question = {
  name: 'pool',
  title: 'How many tasks a second does a pool run?',
  note:
    `${processes} workers each. Ours and Python's are processes with default chunks; the peers' are threads and have one ` +
    'message for each task, as their users write it: `Promise.all(items.map((item) => pool.run(item)))`.',
  cases: kinds.map(
    (tasks): Case => ({
      name: tasks.name,
      unit: 'tasks/s',
      better: 'more',
      measure: () => speed(tasks),
      beside: tasks.beside,
      goals: tasks.goals,
    }),
  ),
};
