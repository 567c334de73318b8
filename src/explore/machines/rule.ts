// What a rule is: the value of a thing and an operation in, the next value and a result out. Pure.
import type { Operation, Plain } from '../operations';

export interface Done {
  /** Left out: it stays as it was. */
  readonly value?: unknown;
  readonly result?: Plain;
}

/** What a rule may know beside the thing that the operation is done to. */
export interface Around {
  /** The path of the process that does it. */
  readonly me: string;
  /** Whether a process is dead, for a wait that goes on until then. */
  isDead(path: string): boolean;
  /**
   * Whether a process has ended, for what could also be done before: from then on it counts when a process
   * ends.
   */
  hasEnded(path: string): boolean;
  nameOf(path: string): string;
  /** Null while it runs. */
  exitcodeOf(path: string): number | null;
  /** The line in which that process took a thing. */
  takenAt(path: string, object: number): string | undefined;
  /** What a thing is called: 'Lock-1'. */
  nameOfThing(object: number): string;
  /** What another thing is. */
  valueOf(object: number): unknown;
}

/** Undefined: it would have to wait. A list: any of these may happen. */
export type Rule = (value: never, operation: Operation, around: Around) => Done | readonly Done[] | undefined;
export type Rules = Readonly<Record<string, Rule>>;

/** No process has it. It is not '', which is the path of the main process. */
export const FREE = null;
export type Owner = string | null;

/** It was taken before explore() began, and whoever has it takes no part. */
export const OUTSIDE = 'outside';

/** Whether who holds something is gone, as it is to be asked for this wait. */
export function isGone(path: string, { timeoutMs }: Operation, around: Around): boolean {
  return timeoutMs === undefined ? around.isDead(path) : around.hasEnded(path);
}

/** What a wait in a standstill ends by. */
export const DEADLOCK = 'DeadlockError';

export function isTelling(result: Plain): boolean {
  return typeof result === 'object' && result !== null && 'error' in result && result.error === DEADLOCK;
}

export function failed(error: string, ...args: Plain[]): Plain {
  return { error, args };
}
