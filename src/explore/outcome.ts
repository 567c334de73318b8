// What orders of a program come to, as explore() tells it. Pure types.
import type { Trace } from '../trace/record';
import type { Plain } from './operations';
import type { Failure } from './search/endings';

export type { Failure, Plain };

/** What one order of a program, or many, come to. */
export interface Outcome<R = unknown> {
  /**
   * What the program returned: a copy, in which functions, symbols and the classes of instances are known by
   * their names alone. undefined where it did not come so far.
   */
  readonly returned: R | undefined;
  /** What was printed, in its order. */
  readonly printed: readonly string[];
  /** Processes that ended with another exit code than 0, with what they threw. */
  readonly failures: readonly Failure[];
  /** Why it never ended: a hang, or a process that goes on for ever. */
  readonly hang: string | undefined;
  /** What `memory` was at the end. */
  readonly memory?: Plain;
  /** The invariant was broken: the order is told as far as that. */
  readonly isBroken?: boolean;
}

/** An outcome, and how many of all orders come to it. */
export interface OutcomeCount<R = unknown> {
  /** What these orders come to. */
  readonly outcome: Outcome<R>;
  /** How many they are. */
  readonly orders: bigint;
  /** Whether it is as `expect` and `invariant` say. */
  readonly isRight: boolean;
  /** What is wrong with it. */
  readonly why: string | undefined;
  /**
   * The code of the smallest order that comes to it: 'A B B A' is A, then B twice, then A. 'late A B' is one
   * in which what is written comes out late: to come out is a step, and to write is none.
   */
  readonly code: string;
}

/** One step of the ladder: which orders were to be walked, and whether they were. */
export interface Rung {
  /** 'every order', 'at most 2 forced switches', 'at most 1 forced switch', '1000 seeded orders' */
  readonly name: string;
  /** Whether all of them were. */
  readonly isWalked: boolean;
  /** How many orders; 0 where it was given up. */
  readonly orders: bigint;
  /** How many states were met. */
  readonly states: number;
  /** Why it was given up. */
  readonly why?: string;
}

/** What a program can also come to on a real processor, which may let what is written come out late. */
export interface LateWrites<R = unknown> {
  /**
   * `unneeded`: no process reads after writing without a lock, a queue or the like between, so nothing can be
   * late.
   */
  readonly state: 'unneeded' | 'walked' | 'too many' | 'off';
  /** What it adds. */
  readonly outcomes: readonly OutcomeCount<R>[];
}

/** What one order did. */
export interface Replay<R = unknown> {
  /** The code of the order: 'A B B A'. */
  readonly code: string;
  /** Every step, on a clock of steps. */
  readonly trace: Trace;
  /** What it came to. */
  readonly outcome: Outcome<R>;
  /** Whether it is as `expect` and `invariant` say. */
  readonly isRight: boolean;
  /** What is wrong with it. */
  readonly why: string | undefined;
  /** The same in words, a line for each step. */
  readonly lines: readonly string[];
}
