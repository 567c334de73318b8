// What a Process is made of.
import type { StartMethodName } from '../identity/identity';

/** What a Process is made of. */
export type ProcessOptions<A extends unknown[]> = {
  /** Runs in the child, with everything it closes over copied as it is at start(). */
  target?: (...args: A) => unknown;
  /** By default counted as in Python: Process-1, Process-2; the first child of Process-2 is Process-2:1. */
  name?: string;
  /**
   * Ended together with this process instead of waited for; may not start processes. Default: as this
   * process.
   */
  daemon?: boolean;
  /** 'process', or 'thread' for a worker thread of this process. Default: getStartMethod(). */
  method?: StartMethodName;
} & ([] extends A
  ? {
      /** What `target` is called with. */
      args?: A;
    }
  : {
      /** What `target` is called with. */
      args: A;
    });
