// What does it cost to be traced: one event, a loop that only locks, a queue that never rests?
import { setTimeout as sleep } from 'node:timers/promises';
import { Lock, Process, Queue, startTrace, stopTrace } from '../src/index';
import type { Case, Question } from './question';
import { times } from './quick';

const PAIRS = 100_000;
const ROUNDS = times(60);
const MESSAGES = times(300_000);
const QUEUE_ROUNDS = times(20);
/** As many events as are told at once after a quiet time, and fewer than are left out then. */
const BURST_PAIRS = 1000;
const QUIET_MS = 30;

function pairs(lock: Lock, count: number): void {
  for (let i = 0; i < count; i++) {
    lock.acquireSync();
    lock.release();
  }
}

function timed(body: () => void): number {
  const began = performance.now();
  body();
  return performance.now() - began;
}

/** Nanoseconds. */
async function event(): Promise<number> {
  const lock = new Lock();
  pairs(lock, PAIRS);
  startTrace();
  pairs(lock, PAIRS);
  const more: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    stopTrace();
    const without = timed(() => pairs(lock, BURST_PAIRS));
    startTrace();
    await sleep(QUIET_MS);
    more.push(timed(() => pairs(lock, BURST_PAIRS)) - without);
  }
  return (median(more) * 1e6) / (2 * BURST_PAIRS);
}

async function lockRatio(): Promise<number> {
  const lock = new Lock();
  pairs(lock, PAIRS);
  startTrace();
  pairs(lock, PAIRS);
  return ratio(ROUNDS, () => timed(() => pairs(lock, PAIRS)));
}

function queueRatio(): Promise<number> {
  return ratio(QUEUE_ROUNDS, async () => {
    const queue = new Queue<number>();
    const producer = new Process({ target: produce, args: [queue, MESSAGES] });
    producer.start();
    // The first one tells that the producer has started, which is not the question here.
    queue.getSync();
    const took = timed(() => {
      for (let i = 1; i < MESSAGES; i++) queue.getSync();
    });
    await producer.join();
    return took;
  });
}

function produce(queue: Queue<number>, count: number): void {
  for (let i = 0; i < count; i++) queue.putSync(i);
}

/** With a trace / without, of neighbours, so that both see the same machine. */
async function ratio(rounds: number, measure: () => number | Promise<number>): Promise<number> {
  const ratios: number[] = [];
  for (let round = 0; round < rounds; round++) {
    stopTrace();
    const without = await measure();
    startTrace();
    ratios.push((await measure()) / without);
  }
  stopTrace();
  return median(ratios);
}

function median(values: readonly number[]): number {
  return [...values].sort((one, other) => one - other)[values.length >> 1] ?? Number.NaN;
}

const cost = (name: string, unit: string, most: number, measure: Case['measure']): Case => ({
  name,
  unit,
  better: 'less',
  measure,
  beside: [],
  goals: [{ is: 'at most', value: most }],
});

export const trace: Question = {
  name: 'trace',
  title: 'What does it cost to be traced?',
  note: 'The last two: time with a trace / time without. What a process does too often for its measure is left out and counted (decisions/trace.md).',
  cases: [
    cost('one event, with the rest of a pair', 'ns', 100, event),
    cost('a loop of acquireSync() and release()', '×', 1.15, lockRatio),
    cost('a queue of numbers between two processes', '×', 1.15, queueRatio),
  ],
};
