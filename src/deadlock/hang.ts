// Processes that stand still, as plain data: who waits for what, who has it, since which lines; of a real run
// and of an explored one alike. Pure types.

export interface HangProcess {
  readonly name: string;
  /** `ended`: it returned; `died`: it was killed or failed. */
  readonly state: 'waits' | 'runs' | 'ended' | 'died';
}

export interface HangObject {
  /** As its class is called: 'Lock', 'Queue', 'Pipe'. */
  readonly kind: string;
  readonly name: string;
  /** Of a Barrier: how many must come. */
  readonly parties?: number;
}

/** Numbers are places in `processes`, `objects` and `waits`. */
export interface HangWait {
  readonly process: number;
  /** 'Lock.acquire()', 'Ada.join()' */
  readonly what: string;
  /** The object that it waits for, or the process whose end. */
  readonly for: { readonly object: number } | { readonly end: number };
  /** 'Cell 5, line 3' or 'file.ts, line 12'. */
  readonly where?: string | undefined;
}

export interface HangHold {
  readonly process: number;
  readonly object: number;
  readonly where?: string | undefined;
}

/** What is seen of a program at one moment. */
export interface Standstill {
  readonly processes: readonly HangProcess[];
  readonly objects: readonly HangObject[];
  readonly waits: readonly HangWait[];
  readonly holds: readonly HangHold[];
  /** The wait to which it is told; without, the one that tells most. */
  readonly told?: number;
}

export const hangKinds = [
  'circular-wait',
  'double-acquire',
  'join-while-holding',
  'circular-join',
  'join-before-draining',
  'forgetful-owner',
  'unanswered-get',
  'unanswered-put',
  'missing-task-done',
  'unset-event',
  'missing-notify',
  'no-permit-left',
  'barrier-not-reached',
  'unanswered-recv',
  'unanswered-send',
  'other',
] as const;
export type HangKind = (typeof hangKinds)[number];

/** A standstill that nobody in the program can end. */
export interface Hang extends Standstill {
  readonly kind: HangKind;
  readonly told: number;
  /**
   * Waits, each for what the process of the next one has, or for its end, and the last for the first; empty
   * if there is no such circle.
   */
  readonly circle: readonly number[];
}
