// Sleeping: a wait for nothing but time.

import { InvalidArgumentError, WaitAbortedError } from '../errors';
import { checkOptionsOf } from '../given';
import { SLICE_MS } from '../memory/memory';
import { forgetAbort, onAbort } from '../system/abort';
import { isReal } from '../system/control';
import { clearTimeout, performance, setTimeout } from '../system/timers';
import { isTracing } from '../trace/area';
import { sleeps, slept } from '../trace/points';
import { signalsOf } from './wake';

/** What a sleep may be given beside its time. */
export interface SleepOptions {
  /** Ends the sleep with an error. */
  signal?: AbortSignal;
}

/** What a timer takes: a little more than 24 days. */
const MOST_MS = 2 ** 31 - 1;

/**
 * Waits for so many milliseconds, while everything else goes on. Python's `time.sleep()`, which counts in
 * seconds.
 *
 * @throws WaitAbortedError when `signal` is aborted; in a notebook also when its cell is interrupted.
 * @throws InvalidArgumentError for what is no number from 0 to 2147483647.
 * @example
 * const child = new Process({ target: async () => { await sleep(20); console.log('child'); } });
 * child.start();
 * console.log('parent'); // → parent
 * await child.join(); // → child
 */
export function sleep(ms: number, options: SleepOptions = {}): Promise<void> {
  return new Promise((resolve, reject) => {
    isReal('sleep()');
    checkSleep(ms);
    checkOptionsOf('signal', options);
    const signals = signalsOf(options);
    const aborted = signals.find((signal) => signal.aborted);
    if (aborted !== undefined) throw new WaitAbortedError('sleep()', aborted.reason);
    const isTold = isTracing();
    if (isTold) sleeps(ms);
    const end = (settle: () => void) => {
      if (isTold && isTracing()) slept();
      clearTimeout(timer);
      for (const signal of signals) forgetAbort(signal, giveUp);
      settle();
    };
    const giveUp = ({ reason }: AbortSignal) => end(() => reject(new WaitAbortedError('sleep()', reason)));
    const timer = setTimeout(() => end(resolve), ms);
    for (const signal of signals) onAbort(signal, giveUp);
  });
}

const nobodyWakes = new Int32Array(new SharedArrayBuffer(4));

/**
 * As sleep(), but blocks this thread: nothing else of this process goes on meanwhile.
 *
 * @throws WaitAbortedError when the cell of a notebook is interrupted.
 * @throws InvalidArgumentError for what is no number from 0 to 2147483647.
 * @example
 * const child = new Process({ target: () => {
 *   sleepSync(20);
 *   console.log('child');
 * } });
 * child.start();
 * console.log('parent'); // → parent
 * child.joinSync(); // → child
 */
export function sleepSync(ms: number): void {
  isReal('sleepSync()');
  checkSleep(ms);
  const isTold = isTracing();
  if (isTold) sleeps(ms);
  const until = performance.now() + ms;
  const signals = signalsOf({});
  try {
    // It sleeps in slices, so that an interrupt comes in between.
    for (let left = ms; left > 0; left = until - performance.now()) {
      Atomics.wait(nobodyWakes, 0, 0, Math.min(left, SLICE_MS));
      const aborted = signals.find((signal) => signal.aborted);
      if (aborted !== undefined) throw new WaitAbortedError('sleepSync()', aborted.reason);
    }
  } finally {
    if (isTold && isTracing()) slept();
  }
}

export function checkSleep(ms: unknown): void {
  if (typeof ms !== 'number' || !(ms >= 0 && ms <= MOST_MS)) {
    throw new InvalidArgumentError('ms', `a number of milliseconds from 0 to ${MOST_MS}`, ms);
  }
}
