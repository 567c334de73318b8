// Something local that others of the process wait for: with a timeout on the virtual clock, and a signal.
import { WaitAbortedError } from '../../errors';
import { forgetAbort, onAbort } from '../../system/abort';
import { timeoutOf } from '../../waiting/wake';
import { ControlledTimer } from './controlled-timer';

export class Ending {
  readonly #waiters = new Set<() => void>();

  tell(): void {
    for (const waiter of [...this.#waiters]) waiter();
  }

  wait(what: string, { timeout, signal }: { timeout?: number; signal?: AbortSignal }): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) throw new WaitAbortedError(what, signal.reason);
      const over = (settle: () => void) => {
        this.#waiters.delete(ended);
        timer?.close();
        if (signal !== undefined) forgetAbort(signal, aborted);
        settle();
      };
      const ended = () => over(resolve);
      const aborted = ({ reason }: AbortSignal) => over(() => reject(new WaitAbortedError(what, reason)));
      if (signal !== undefined) onAbort(signal, aborted);
      this.#waiters.add(ended);
      const timeoutMs = timeoutOf(timeout);
      const timer = timeoutMs === undefined ? undefined : new ControlledTimer(ended, timeoutMs, false);
    });
  }
}
