// Processes that stand still, as plain data: who waits for what, who has it, since which lines; of a real run
// and of an explored one alike. Pure types.

/** A process of a hang. */
export interface HangProcess {
  /** What it is called. */
  readonly name: string;
  /** `runs`: it goes on, and keeps what others wait for. */
  readonly state: 'waits' | 'runs';
}

/** A lock, a queue or another object of a hang. */
export interface HangObject {
  /** The name of its class: 'Lock', 'Queue', 'Pipe'. */
  readonly kind: string;
  /** 'Lock-1', or the name that the program gave it. */
  readonly name: string;
  /** How many must come to a Barrier. */
  readonly parties?: number;
  /** How many permits of a Semaphore are with processes that take no part in what is explored. */
  readonly outside?: number;
}

/** A wait of a hang. Numbers are places in its `processes` and `objects`. */
export interface HangWait {
  /** The process that waits. */
  readonly process: number;
  /** 'Lock.acquire()', 'Ada.join()' */
  readonly what: string;
  /** The object that it waits for, or the process whose end. */
  readonly for: HangSubject;
  /** 'Cell 5, line 3' or 'file.ts, line 12'. */
  readonly where?: string | undefined;
}

/** What a process of a hang has. Numbers are places in its `processes` and `objects`. */
export interface HangHold {
  /** The process that has it. */
  readonly process: number;
  /** What it has. */
  readonly object: number;
  /** The line that took it: 'Cell 5, line 3'. */
  readonly where?: string | undefined;
}

/** What is waited for: an object of a hang, or the end of a process. */
export type HangSubject =
  | {
      /** Its place in `objects`. */
      readonly object: number;
    }
  | {
      /** The place in `processes` of the one whose end it is. */
      readonly end: number;
    };

/** What is seen of a program at one moment. */
export interface Standstill {
  /** All that take part in it. */
  readonly processes: readonly HangProcess[];
  /** What is waited for or held. */
  readonly objects: readonly HangObject[];
  /** The waits: which process waits for what. */
  readonly waits: readonly HangWait[];
  /** The holds: which process has what. */
  readonly holds: readonly HangHold[];
  /** The wait that an error ends, where one does. */
  readonly told?: number;
}

/** What kinds of hangs there are. */
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
/** What kind of hang it is; docs/hangs.md has an example of each. */
export type HangKind = (typeof hangKinds)[number];

/** A standstill that no process of the program can end. */
export interface Hang extends Standstill {
  /** Which of the known mistakes it is. */
  readonly kind: HangKind;
  /** The wait that the sentences are about. */
  readonly told: number;
  /**
   * Waits, each for what the process of the next one has, or for its end, and the last for the first; empty
   * if there is no such circle.
   */
  readonly circle: readonly number[];
}
