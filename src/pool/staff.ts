// What a pool asks of those who do its work, wherever they are: processes of this computer (crew.ts), or the
// hosts of a room.

import type { Bringing, JoinOptions } from '../process/ending';
import type { Process } from '../process/process';
import type { Call } from './call';
import type { PoolStats } from './options';
import type { Program, Programs } from './programs';

export interface Staff {
  readonly state: 'open' | 'closed' | 'terminated';
  /** How many items can run at once, as far as that is known. */
  readonly size: number;
  /** Those of this program that take work now. */
  readonly processes: readonly Process[];
  readonly stats: PoolStats;
  /** What brings results, as it is at any moment. */
  readonly subject: Bringing;
  /** What the functions of its calls come to. */
  readonly programs: Programs;
  /** `then` is called when its outcome stands. */
  add(call: Call, then: () => void): void;
  /** Ends whoever runs it, too. */
  stop(call: Call, error: unknown): void;
  /** Something may have changed: there may be more to give out. */
  assign(): void;
  /** No more calls come. */
  close(): void;
  /** All work is to be done, whether or not somebody takes its results. */
  finish(): void;
  terminate(): void;
  /** Until nobody is left, after close() or terminate(). */
  left(options: JoinOptions): Promise<void>;
}

/** What a pool is made of, for whoever hires. */
export interface Hiring {
  /** `{ initializer, initargs }`, captured. */
  beginning: Program;
  processes: number | undefined;
  maxTasksPerChild: number | undefined;
}

/**
 * Among the options of a Pool, where another class of the library hires for it. A symbol, since no option of
 * this name is anybody else's.
 */
export const hire = Symbol('hire');
export type Hire = (hiring: Hiring) => Staff;
