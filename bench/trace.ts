// What does it cost to be traced: one event, and what the questions about locks and queues measure?
import { setTimeout as sleep } from 'node:timers/promises';
import { Lock, startTrace, stopTrace } from '../src/index';
import { lock } from './lock';
import type { Case, Question } from './question';
import { queue } from './queue';
import { times } from './quick';

const WARM_PAIRS = 100_000;
const EVENT_ROUNDS = times(60);
/** As many events as are told at once after a quiet time, and fewer than are left out then. */
const BURST_PAIRS = 400;
const FIRST_PAIRS = 50;
const QUIET_MS = 30;
const RATIO_ROUNDS = times(10);

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
  pairs(lock, WARM_PAIRS);
  startTrace();
  pairs(lock, WARM_PAIRS);
  const more: number[] = [];
  for (let round = 0; round < EVENT_ROUNDS; round++) {
    stopTrace();
    const without = timed(() => pairs(lock, BURST_PAIRS));
    startTrace();
    await sleep(QUIET_MS);
    // The first one looks at the stack, and wakes the caches.
    pairs(lock, FIRST_PAIRS);
    more.push(timed(() => pairs(lock, BURST_PAIRS)) - without);
  }
  return (median(more) * 1e6) / (2 * BURST_PAIRS);
}

/** Its figure, more of which is better: without a trace / with one, of neighbours, so that both see the same machine. */
async function ratio(of: Case): Promise<number> {
  const ratios: number[] = [];
  for (let round = 0; round < RATIO_ROUNDS; round++) {
    stopTrace();
    const without = await of.measure();
    startTrace();
    ratios.push(without / (await of.measure()));
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
  rounds: 3,
  measure,
  beside: [],
  goals: [{ is: 'at most', value: most }],
});

export const trace: Question = {
  name: 'trace',
  title: 'What does it cost to be traced?',
  note: 'Times: with a trace / without. What a process does too often for its measure is left out and counted (decisions/trace.md).',
  cases: [
    cost('one event, with the rest of a pair', 'ns', 100, event),
    ...[lock, queue].flatMap(({ name, cases }) =>
      cases.map((of) => cost(`${name}: ${of.name}`, '×', 1.15, () => ratio(of))),
    ),
  ],
};
