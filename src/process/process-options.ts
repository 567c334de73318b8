// What a Process is made of.
import type { StartMethodName } from './choose-method';

/** Of a process whose start method is decided: what `getContext(…).Process` takes. */
export type BoundProcessOptions<A extends unknown[]> = {
  /** Runs in the child, with everything it closes over copied as it is at start(). */
  target?: (...args: A) => unknown;
  /** By default counted as in Python: Process-1, Process-2; the first child of Process-2 is Process-2:1. */
  name?: string;
  /** Ended together with this process instead of waited for; may not start processes. Default: as this process. */
  daemon?: boolean;
} & ([] extends A ? { args?: A } : { args: A });

export type ProcessOptions<A extends unknown[]> = BoundProcessOptions<A> & {
  /** 'process', or 'thread' for a worker thread of this process. Default: getStartMethod(). */
  method?: StartMethodName;
};
