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
  /** The processes of this program that take work now. */
  readonly processes: readonly Process[];
  readonly stats: PoolStats;
  /** What brings results, as it is at any moment. */
  readonly subject: Bringing;
  /** The programs that the functions of its calls come to. */
  readonly programs: Programs;
  /** Takes a call in; `then` is called when the outcome of the call stands. */
  add(call: Call, then: () => void): void;
  /** Fails the call, and ends the workers that run it. */
  stop(call: Call, error: unknown): void;
  /** Is called when there may be more to give out. */
  assign(): void;
  /** Says that no more calls come. */
  close(): void;
  /** All work is to be done, whether or not its results are taken. */
  finish(): void;
  terminate(): void;
  /** Waits until no worker is left, after close() or terminate(). */
  left(options: JoinOptions): Promise<void>;
}

/** What a pool is made of, as far as it matters for hiring. */
export interface Hiring {
  /** `{ initializer, initargs }`, captured. */
  beginning: Program;
  processes: number | undefined;
  maxTasksPerChild: number | undefined;
}

/**
 * Among the options of a Pool, where another class of the library hires for it. It is a symbol, so that no
 * option of a user has this name.
 */
export const hire = Symbol('hire');
export type Hire = (hiring: Hiring) => Staff;
