// What wait() needs to know of a thing that can become ready. Knows nothing of what the things are.
import type { WaitObject } from './wait-object';

export const waitable: unique symbol = Symbol('parlab.waitable');

export interface Readiness {
  isReady(): boolean;
  /** Where a change is told. */
  on?: WaitObject;
  /** For what is told by the event loop alone: settles when it is ready, or when the signal is aborted. */
  ready?(signal: AbortSignal): Promise<unknown>;
}

/** What wait() can wait for: connections, queues, processes and their sentinels. */
export interface Waitable {
  /** @internal */
  [waitable](): Readiness;
}
