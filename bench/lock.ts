// How many times a second can a lock be taken and released, when nobody else wants it and when all do?
import { Barrier, Lock, Process, Queue } from '../src/index';
import { python } from './contenders';
import type { Case, Question } from './question';

const SECONDS = 0.5;
// So many between two looks at the clock.
const BATCH = 1000;
const BLOCKING =
  'a pair is two locked instructions and V8’s calls around them (decisions/speed.md). How much more Python needs for its own depends on ' +
  'the processor: in runs on AMD EPYC it was more than three times as much.';
const AWAIT =
  'two thirds of the time are V8’s: to await a promise that is fulfilled already takes as long as it takes Python to ' +
  'lock and release. Under contention a process that awaits is woken by a signal and its event loop.';
const WARM = 100_000;

async function blocking(lock: Lock, pairs: number): Promise<void> {
  for (let i = 0; i < pairs; i++) {
    lock.acquireSync();
    lock.release();
  }
}

async function awaiting(lock: Lock, pairs: number): Promise<void> {
  for (let i = 0; i < pairs; i++) {
    await lock.acquire();
    lock.release();
  }
}

const ways = { 'acquireSync()': blocking, 'await acquire()': awaiting };
type Way = (typeof ways)[keyof typeof ways];

/** Pairs a second. */
async function rate(way: Way, lock: Lock): Promise<number> {
  const began = performance.now();
  for (let pairs = BATCH; ; pairs += BATCH) {
    await way(lock, BATCH);
    const seconds = (performance.now() - began) / 1000;
    if (seconds > SECONDS) return pairs / seconds;
  }
}

async function alone(way: Way): Promise<number> {
  // What is asked is what a lock costs, not how long V8 takes to compile.
  await way(new Lock(), WARM);
  return rate(way, new Lock());
}

async function together(way: Way, processes: number): Promise<number> {
  const lock = new Lock();
  const gate = new Barrier(processes);
  const rates = new Queue<number>();
  const args = [way, lock, gate, rates] as const;
  const children = Array.from({ length: processes }, () => new Process({ target: contend, args: [...args] }));
  for (const child of children) child.start();
  for (const child of children) await child.join();
  return children.reduce((sum) => sum + rates.getSync(), 0);
}

async function contend(way: Way, lock: Lock, gate: Barrier, rates: Queue<number>): Promise<void> {
  await way(new Lock(), WARM);
  gate.waitSync();
  rates.putSync(await rate(way, lock));
}

function asked(name: string, measure: () => Promise<number>, processes: number, ratios: number[]): Case {
  return {
    name,
    unit: 'pairs/s',
    better: 'more',
    measure,
    beside: [python('lock_speed.py', [processes, SECONDS])],
    goals: ratios.map((value) => ({
      beside: 'Python',
      is: 'at least',
      value,
      ifMissed: name.startsWith('await') ? AWAIT : BLOCKING,
    })),
  };
}

const goals = {
  'acquireSync()': { alone: [3], together: [3] },
  'await acquire()': { alone: [0.8, 1], together: [1.5] },
};

export const lock: Question = {
  name: 'lock',
  title: 'How many times a second can a lock be taken and released?',
  note: 'All processes together. Python has one way only, which blocks.',
  cases: (Object.keys(ways) as (keyof typeof ways)[]).flatMap((name) => [
    asked(`${name}, nobody else`, () => alone(ways[name]), 1, goals[name].alone),
    ...[2, 4].map((processes) =>
      asked(
        `${name}, ${processes} processes`,
        () => together(ways[name], processes),
        processes,
        goals[name].together,
      ),
    ),
  ]),
};
