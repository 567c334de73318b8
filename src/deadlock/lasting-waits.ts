// The waits of this thread that last and that nothing but others can end, for a host that wants to tell of
// them, such as the kernel.

import type { CallSite } from '../system/call-site';
import type { WaitReport } from './reports';

/** A wait of the program's own. */
export interface LastingWait {
  /** @internal */
  readonly report: Omit<WaitReport, 'where'>;
  /** @internal */
  readonly site: CallSite | undefined;
}

/** Is called in the asynchronous context of the wait; `ended` also for one whose `began` came before it. */
export interface WaitWatch {
  /** It is not over at once. */
  began(wait: LastingWait): void;
  /** It is over, however. */
  ended(wait: LastingWait): void;
}

let watch: WaitWatch | undefined;

/** From now on, `watcher` hears of each awaited wait of this thread that has no timeout and no signal. */
export function watchWaits(watcher: WaitWatch): void {
  watch = watcher;
}

export function tellBegan(wait: LastingWait): void {
  watch?.began(wait);
}

export function tellEnded(wait: LastingWait): void {
  watch?.ended(wait);
}
