// Begins and ends the trace of a program. Any of its processes may do so, for all of them.
import { InvalidArgumentError } from '../errors';
import { checkOptions } from '../given';
import { header } from '../memory/layout';
import { programMemory, whenCreated } from '../memory/memory';
import { alone, areaWord, floats, isTracing, openArea } from './area';
import { now } from './clock';
import { beginPrints } from './prints';
import { forgetAll } from './processes';

/** How much a trace keeps. */
export interface TraceOptions {
  /** How many events of each process are kept, the latest, rounded up to a power of two. Default: 4096. */
  events?: number;
}

const DEFAULT_EVENTS = 4096;
const FEWEST_EVENTS = 64;
const MOST_EVENTS = 2 ** 20;

/**
 * Lets all processes of the program note from now on what they do with each other: start and exit, wait,
 * acquire, release, put, get, print. Earlier notes are forgotten. In a notebook the trace has begun already.
 *
 * A process that does more than a hundred thousand such things a second leaves some out; the trace says how
 * many.
 *
 * @throws InvalidArgumentError unless `events` is a whole number from 64 to 1048576.
 * @example
 * startTrace();
 * const lock = new Lock();
 * lock.acquireSync().release();
 * console.log(readTrace().events.map(({ kind }) => kind)); // → [ 'acquire', 'release' ]
 * stopTrace();
 */
export function startTrace(options: TraceOptions = {}): void {
  checkOptions('options', options, ['events']);
  const { events = DEFAULT_EVENTS } = options;
  if (!Number.isInteger(events) || events < FEWEST_EVENTS || events > MOST_EVENTS) {
    throw new InvalidArgumentError(
      'events',
      `a whole number from ${FEWEST_EVENTS} to ${MOST_EVENTS}`,
      events,
    );
  }
  const { i32 } = programMemory();
  const tables = openArea();
  alone(() => {
    forgetAll(tables);
    i32[tables + areaWord.ringEvents] = 2 ** Math.ceil(Math.log2(events));
    floats()[(tables + areaWord.since) >> 1] = now();
    Atomics.store(i32, header.tracing, 1);
  });
  beginPrints();
}

/**
 * Ends the trace: from now on nothing is noted. What was noted can still be read.
 *
 * @example
 * startTrace();
 * stopTrace();
 * new Lock().acquireSync().release();
 * console.log(readTrace().events); // → []
 */
export function stopTrace(): void {
  if (isTracing()) Atomics.store(programMemory().i32, header.tracing, 0);
}

/** Traces the programs of a host from the first moment on in which there is something to trace. */
export function traceFromStart(): void {
  whenCreated(() => startTrace());
}
