// Calls that wait in the server until something becomes possible, in the order in which they came.

import { WaitAbortedError } from '../../errors';
import { clearTimeout, setTimeout } from '../../system/timers';
import { timeoutOf } from '../../waiting/wake';

export const timedOut: unique symbol = Symbol('timed out');

export interface Wait {
  /** The call as the error's sentence names it. */
  what: string;
  timeout?: number | undefined;
  signal: AbortSignal;
}

export class Waiters {
  readonly #line = new Set<() => void>();

  /** Resolves to the first value other than undefined that `attempt` returns. */
  wait<T>(attempt: () => T | undefined, { what, timeout, signal }: Wait): Promise<T | typeof timedOut> {
    return new Promise((resolve, reject) => {
      const giveUp = () => reject(new WaitAbortedError(what, signal.reason));
      if (signal.aborted) return giveUp();
      const timeoutMs = timeoutOf(timeout);
      const end = (settle: () => void) => {
        this.#line.delete(look);
        clearTimeout(timer);
        signal.removeEventListener('abort', aborted);
        settle();
      };
      let isLooking = false;
      const look = () => {
        // What an attempt does may let others look, and those this one again.
        if (isLooking) return;
        isLooking = true;
        try {
          const value = attempt();
          if (value !== undefined) end(() => resolve(value));
        } catch (error) {
          end(() => reject(error));
        }
        isLooking = false;
      };
      const aborted = () => end(giveUp);
      const timer =
        timeoutMs === undefined || timeoutMs === 0
          ? undefined
          : setTimeout(() => end(() => resolve(timedOut)), timeoutMs);
      signal.addEventListener('abort', aborted);
      const isFirst = this.#line.size === 0;
      this.#line.add(look);
      // Any other waits behind those who wait already.
      if (isFirst || timeoutMs === 0) look();
      if (timeoutMs === 0 && this.#line.has(look)) end(() => resolve(timedOut));
    });
  }

  /** Is to be called whenever something may have become possible. */
  look(): void {
    for (const look of [...this.#line]) if (this.#line.has(look)) look();
  }
}
