// How many tasks a second does a pool run: ten thousand tiny ones in one map, one after the other, and heavy ones?
import { cpuCount, Pool } from '../src/index';
import { compare, type Measurement } from './beside-python';

const processes = cpuCount();
const tiny = (x: number) => x * 2;
const heavy = (x: number) => {
  let total = 0;
  for (let i = 0; i < 200_000; i++) total += i ^ x;
  return total;
};

const upTo = (count: number) => Array.from({ length: count }, (_, i) => i);
const kinds: Record<string, { count: number; run(pool: Pool, items: number[]): Promise<unknown> }> = {
  map: { count: 10_000, run: (pool, items) => pool.map(tiny, items) },
  apply: {
    count: 500,
    run: async (pool, items) => {
      for (const item of items) await pool.apply(tiny, [item]);
    },
  },
  heavy: { count: 64, run: (pool, items) => pool.map(heavy, items) },
};

async function speed({ count, run }: (typeof kinds)[string]): Promise<number> {
  await using pool = new Pool({ processes });
  const items = upTo(count);
  // The question is what a task costs, not how long V8 takes to compile.
  for (let round = 0; round < 5; round++) await run(pool, items);
  const began = performance.now();
  await run(pool, items);
  return (count / (performance.now() - began)) * 1000;
}

compare(
  'pool_speed.py',
  Object.entries(kinds).map(
    ([name, kind]): Measurement => ({
      name,
      unit: 'tasks/s',
      ours: () => speed(kind as (typeof kinds)[string]),
      python: [name, String((kind as (typeof kinds)[string]).count), String(processes)],
    }),
  ),
);
