// Waiting for the first of several connections, queues and processes.

import { BlockingWait } from '../deadlock/standing-waits';
import { WaitAbortedError } from '../errors';
import { checkOptionsOf } from '../given';
import { forgetAbort, onAbort } from '../system/abort';
import { performance, sleep } from '../system/timers';
import { type Readiness, thingsWith, type Waitable, waitable } from '../waiting/waitable';
import { signalsOf, timeoutOf, type Waiting, waitUntil } from '../waiting/wake';

/** How long wait() may wait. */
export interface WaitAnyOptions {
  /** Milliseconds after which the result is empty. With 0 or less, wait() only looks. */
  timeout?: number;
  /** Gives the wait up with an error. */
  signal?: AbortSignal;
}

/**
 * Waits until at least one of several things is ready, and resolves to those that are: a connection that has
 * a message or whose other end is closed, a queue that has an item, a process that has ended. Nothing is
 * taken. Python's `multiprocessing.connection.wait()`.
 *
 * @throws WaitAbortedError when `signal` is aborted; DeadlockError if no process is left that could bring
 * any.
 * @example
 * const letters = new Queue<string>();
 * const child = new Process({ target: () => letters.putSync('hello') });
 * child.start();
 * console.log((await wait([letters])).length, await letters.get()); // → 1 hello
 * console.log((await wait([letters, child]))[0] === child); // → true
 */
export async function wait<W extends Waitable>(
  things: Iterable<W>,
  options: WaitAnyOptions = {},
): Promise<W[]> {
  checkOptionsOf('wait', options);
  const all = thingsWith(waitable, things);
  const readiness = all.map((thing) => thing[waitable]());
  const timeoutMs = timeoutOf(options.timeout);
  const ready = () => all.filter((_, index) => readiness[index]?.isReady());
  if (all.length === 0 || timeoutMs === 0 || ready().length > 0) return ready();
  const end = new AbortController();
  const giveUp = () => end.abort();
  const signals = signalsOf(options);
  const given = signals.find((signal) => signal.aborted);
  if (given) throw new WaitAbortedError('wait()', given.reason);
  for (const signal of signals) onAbort(signal, giveUp);
  const isOneOfSeveral = timeoutMs === undefined && options.signal === undefined;
  const waiting: Waiting = { what: 'wait()', signal: end.signal, isOneOfSeveral };
  const waits = readiness.map((each) => settled(each, waiting));
  if (timeoutMs !== undefined) waits.push(sleep(timeoutMs, undefined, { signal: end.signal }));
  try {
    await Promise.race(waits);
  } catch (error) {
    const aborted = signals.find((signal) => signal.aborted);
    throw aborted ? new WaitAbortedError('wait()', aborted.reason) : error;
  } finally {
    end.abort();
    await Promise.allSettled(waits);
    for (const signal of signals) forgetAbort(signal, giveUp);
    // What we were woken for is still there: the next in line is to know.
    for (const each of readiness) if (each.isReady()) each.on?.notify();
  }
  return ready();
}

function settled(each: Readiness, waiting: Waiting): Promise<unknown> {
  if (each.ready !== undefined) return each.ready(waiting);
  if (each.on === undefined) return Promise.resolve();
  const { subject } = each;
  const known = subject === undefined ? waiting : { ...waiting, subject };
  return waitUntil(() => (each.isReady() ? true : undefined), each.on, known);
}

const PAUSE_MS = 1;
const pause = new Int32Array(new SharedArrayBuffer(4));

/**
 * As wait(), but blocks this thread, which looks every millisecond: no system lets it sleep on many words at
 * once.
 *
 * @example
 * const queue = new Queue<string>();
 * console.log(waitSync([queue], { timeout: 10 })); // → []
 * queue.putSync('hello');
 * console.log(waitSync([queue]).length); // → 1
 */
export function waitSync<W extends Waitable>(
  things: Iterable<W>,
  options: Omit<WaitAnyOptions, 'signal'> = {},
): W[] {
  checkOptionsOf('wait', options);
  const all = thingsWith(waitable, things);
  const readiness = all.map((thing) => thing[waitable]());
  const timeoutMs = timeoutOf(options.timeout);
  const deadline = performance.now() + (timeoutMs ?? Number.POSITIVE_INFINITY);
  const signals = signalsOf({ signal: undefined });
  const standing = new BlockingWait(
    ...readiness.map(({ subject }) => ({ what: 'waitSync()', timeoutMs, subject })),
  );
  try {
    for (;;) {
      standing.looks();
      for (const { aborted, reason } of signals)
        if (aborted) throw new WaitAbortedError('waitSync()', reason);
      const ready = all.filter((_, index) => readiness[index]?.isReady());
      if (all.length === 0 || ready.length > 0 || performance.now() >= deadline) return ready;
      standing.sleeps();
      Atomics.wait(pause, 0, 0, PAUSE_MS);
    }
  } finally {
    standing.ends();
  }
}
