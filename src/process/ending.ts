// The end of one process as something to await: with a timeout, a signal, and the signal of the cell around
// it.

import { beginDependent, beginUncertain, endAwaited } from '../deadlock/standing-waits';
import { WaitAbortedError } from '../errors';
import type { Subject } from '../objects/subject';
import { forgetAbort, onAbort } from '../system/abort';
import { clearTimeout, setTimeout } from '../system/timers';
import { signalsOf, timeoutOf } from '../waiting/wake';

/** How long join() may wait. */
export interface JoinOptions {
  /** Milliseconds after which join() returns although the process runs: ask isAlive(). */
  timeout?: number;
  /** Gives the wait up with an error. */
  signal?: AbortSignal;
}

/** What brings an end about. 'elsewhere': something on another computer, of which this one cannot tell. */
export type Bringing = Subject | 'elsewhere';

/** The end of something, as its waiters see it. */
export class Ending {
  readonly #waiters = new Set<() => void>();
  readonly #subject: Bringing | undefined;

  /** `subject`: what brings it, unless that is known in another way. */
  constructor(subject?: Bringing) {
    this.#subject = subject;
  }

  get hasWaiters(): boolean {
    return this.#waiters.size > 0;
  }

  tell(): void {
    for (const waiter of [...this.#waiters]) waiter();
  }

  /**
   * Resolves at the end, or when `timeout` milliseconds are over. `isKnown`: those who look for a deadlock
   * know of the wait without us. Throws InvalidArgumentError for a timeout that is no number.
   */
  wait(what: string, { timeout, signal }: JoinOptions, isKnown = false): Promise<void> {
    const timeoutMs = timeoutOf(timeout);
    const signals = signalsOf({ signal });
    return new Promise((resolve, reject) => {
      const stop = () => {
        endAwaited(ended);
        this.#waiters.delete(ended);
        clearTimeout(timer);
        for (const each of signals) forgetAbort(each, aborted);
      };
      const ended = () => {
        stop();
        resolve();
      };
      const aborted = ({ reason }: AbortSignal) => {
        stop();
        reject(new WaitAbortedError(what, reason));
      };
      const given = signals.find((each) => each.aborted);
      if (given) return reject(new WaitAbortedError(what, given.reason));
      for (const each of signals) onAbort(each, aborted);
      if (this.#subject === 'elsewhere' || (signal !== undefined && !isKnown)) beginUncertain(ended);
      else if (this.#subject !== undefined && timeoutMs === undefined) beginDependent(ended, this.#subject);
      this.#waiters.add(ended);
      const timer = timeoutMs === undefined ? undefined : setTimeout(ended, timeoutMs);
    });
  }
}
