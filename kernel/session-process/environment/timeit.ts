// How long a function takes, as Python's timeit measures: many calls in a row, several times over.

import { inspect } from 'node:util';
import type { TimeitOptions, Timing as TimingShape } from '../../conversations/notebook-globals';
import { now } from '../safeguards/pristine';

const REPEAT = 7;
const RUN_MS = 200;

export class Timing implements TimingShape {
  /** Milliseconds of one call, in each of the runs. */
  readonly runs: readonly number[];
  /** How many calls each run made. */
  readonly number: number;

  constructor(runs: readonly number[], number: number) {
    this.runs = runs;
    this.number = number;
  }

  /** Milliseconds. */
  get mean(): number {
    return this.runs.reduce((sum, run) => sum + run, 0) / this.runs.length;
  }

  /** Milliseconds. */
  get deviation(): number {
    const { mean } = this;
    return Math.sqrt(this.runs.reduce((sum, run) => sum + (run - mean) ** 2, 0) / this.runs.length);
  }

  [inspect.custom](): string {
    const loops = `${this.number.toLocaleString('en')} loop${this.number === 1 ? '' : 's'} each`;
    const of = `mean ± std. dev. of ${this.runs.length} runs, ${loops}`;
    return `${duration(this.mean)} ± ${duration(this.deviation)} per loop (${of})`;
  }
}

/** A function that gives a promise is awaited, and then so must this be. */
export function timeit(measured: () => unknown, options?: TimeitOptions): Timing | Promise<Timing> {
  const { repeat = REPEAT, number } = options ?? {};
  checkCount('repeat', repeat);
  if (number !== undefined) checkCount('number', number);
  const first = measured();
  return isThenable(first)
    ? Promise.resolve(first).then(() => timeAsync(measured, repeat, number))
    : timeSync(measured, repeat, number);
}

function checkCount(name: keyof TimeitOptions, count: number): void {
  if (Number.isInteger(count) && count > 0) return;
  throw new TypeError(`timeit() expects ${name} to be a whole number from 1, not ${inspect(count)}.`);
}

function timeSync(measured: () => unknown, repeat: number, wanted: number | undefined): Timing {
  const run = (calls: number): number => {
    const began = now();
    for (let call = 0; call < calls; call++) measured();
    return now() - began;
  };
  let calls = wanted ?? 1;
  if (wanted === undefined) for (let ms = run(calls); ms < RUN_MS; ms = run(calls)) calls = more(calls, ms);
  return new Timing(
    Array.from({ length: repeat }, () => run(calls) / calls),
    calls,
  );
}

async function timeAsync(
  measured: () => unknown,
  repeat: number,
  wanted: number | undefined,
): Promise<Timing> {
  const run = async (calls: number): Promise<number> => {
    const began = now();
    for (let call = 0; call < calls; call++) await measured();
    return now() - began;
  };
  let calls = wanted ?? 1;
  if (wanted === undefined) {
    for (let ms = await run(calls); ms < RUN_MS; ms = await run(calls)) calls = more(calls, ms);
  }
  const runs: number[] = [];
  while (runs.length < repeat) runs.push((await run(calls)) / calls);
  return new Timing(runs, calls);
}

/** A round number that should take long enough, but not from too short a measurement. */
function more(calls: number, ms: number): number {
  const needed = (calls * RUN_MS) / Math.max(ms, RUN_MS / 100);
  return Math.max(calls + 1, 10 ** Math.ceil(Math.log10(needed)));
}

const UNITS: readonly (readonly [name: string, ms: number])[] = [
  ['s', 1000],
  ['ms', 1],
  ['µs', 1e-3],
  ['ns', 1e-6],
];

function duration(ms: number): string {
  const [name, size] = UNITS.find(([, each]) => ms >= each) ?? (['ns', 1e-6] as const);
  return `${Number((ms / size).toPrecision(3))} ${name}`;
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as { then?: unknown } | null | undefined)?.then === 'function';
}
