// How many times a second can a lock be taken and released, when nobody else wants it and when all do?
import { Barrier, Lock, Process, Queue } from '../src/index';
import { python } from './contenders';
import type { Case, Question } from './question';

const ALONE = 2_000_000;
const TOGETHER = 300_000;
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

async function alone(way: Way): Promise<number> {
  const lock = new Lock();
  // What is asked is what a lock costs, not how long V8 takes to compile.
  await way(lock, WARM);
  const began = now();
  await way(lock, ALONE);
  return rate(ALONE, began, now());
}

async function together(way: Way, processes: number): Promise<number> {
  const lock = new Lock();
  const gate = new Barrier(processes);
  const times = new Queue<[began: number, ended: number]>();
  const args = [way, lock, gate, times] as const;
  const children = Array.from({ length: processes }, () => new Process({ target: contend, args: [...args] }));
  for (const child of children) child.start();
  for (const child of children) await child.join();
  const spans = children.map(() => times.getSync());
  const began = Math.min(...spans.map(([first]) => first));
  return rate(processes * TOGETHER, began, Math.max(...spans.map(([, last]) => last)));
}

async function contend(
  way: Way,
  lock: Lock,
  gate: Barrier,
  times: Queue<[began: number, ended: number]>,
): Promise<void> {
  await way(new Lock(), WARM);
  gate.waitSync();
  const began = now();
  await way(lock, TOGETHER);
  times.putSync([began, now()]);
}

/** Seconds on the clock that all processes of the machine share. */
function now(): number {
  return Number(process.hrtime.bigint()) / 1e9;
}

function rate(pairs: number, began: number, ended: number): number {
  return pairs / (ended - began);
}

function asked(name: string, measure: () => Promise<number>, args: number[], ratio: number): Case {
  return {
    name,
    unit: 'pairs/s',
    better: 'more',
    measure,
    beside: [python('lock_speed.py', args)],
    goals: [{ beside: 'Python', is: 'at least', value: ratio }],
  };
}

const goals = {
  'acquireSync()': { alone: 3, together: 3 },
  'await acquire()': { alone: 0.8, together: 1.5 },
};

export const lock: Question = {
  name: 'lock',
  title: 'How many times a second can a lock be taken and released?',
  note: 'All processes together. Python has one way only, which blocks.',
  cases: (Object.keys(ways) as (keyof typeof ways)[]).flatMap((name) => [
    asked(`${name}, nobody else`, () => alone(ways[name]), [1, ALONE], goals[name].alone),
    ...[2, 4].map((processes) =>
      asked(
        `${name}, ${processes} processes`,
        () => together(ways[name], processes),
        [processes, TOGETHER],
        goals[name].together,
      ),
    ),
  ]),
};
