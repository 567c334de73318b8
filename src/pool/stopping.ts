// What ends a call before its time: its timeout, its signal, and the signal of the cell around it.

import { beginUncertain, endAwaited } from '../deadlock/standing-waits';
import { TimeoutError, WaitAbortedError } from '../errors';
import { clearTimeout, setTimeout } from '../system/timers';
import { signalsOf, timeoutOf } from '../waiting/wake';
import type { WorkOptions } from './options';

export class Stopping {
  readonly #what: string;
  readonly #timeoutMs: number | undefined;
  readonly #signals: AbortSignal[];
  readonly #hasSignal: boolean;
  #timer: NodeJS.Timeout | undefined;
  #stop: (error: unknown) => void = () => {};

  /** Throws an InvalidArgumentError for a timeout that is no number. */
  constructor(what: string, { timeout, signal }: WorkOptions) {
    this.#what = what;
    this.#timeoutMs = timeoutOf(timeout);
    this.#signals = signalsOf({ signal });
    this.#hasSignal = signal !== undefined;
  }

  /** Watches from now on; `stop` may be called at once. */
  watch(stop: (error: unknown) => void): void {
    this.#stop = stop;
    const timeoutMs = this.#timeoutMs;
    if (timeoutMs !== undefined) {
      const expire = () => stop(new TimeoutError(this.#what, timeoutMs, 'its work was stopped'));
      this.#timer = setTimeout(expire, timeoutMs);
    }
    if (this.#hasSignal) beginUncertain(this);
    for (const signal of this.#signals) signal.addEventListener('abort', this.#aborted);
    const aborted = this.#signals.find((signal) => signal.aborted);
    if (aborted !== undefined) stop(new WaitAbortedError(this.#what, aborted.reason));
  }

  end(): void {
    clearTimeout(this.#timer);
    endAwaited(this);
    for (const signal of this.#signals) signal.removeEventListener('abort', this.#aborted);
  }

  readonly #aborted = ({ target }: Event) =>
    this.#stop(new WaitAbortedError(this.#what, (target as AbortSignal).reason));
}
