// The clock of a trace: the same in every process and thread of the machine.
import { performance } from '../system/timers';

const ROUNDS = 50;

// They are taken at the start: a program may replace them, as fake timers do.
const sinceStart = performance.now;
const { bigint: hrtime } = process.hrtime;

let origin: number | undefined;

/** Milliseconds. */
export function now(): number {
  origin ??= originOfPerformance();
  return sinceStart() + origin;
}

/**
 * performance.now() counts from a moment of its own process, on a clock that all processes share. It is
 * quicker than asking that clock itself; the shortest way between the two answers tells the difference best.
 */
function originOfPerformance(): number {
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round++) {
    const before = sinceStart();
    least = Math.min(least, Number(hrtime()) / 1e6 - before);
  }
  return least;
}
