// What happened in a run, in the order in which it happened: the same for a real run and for an explored one.

/**
 * What a process did. `wait` begins a wait; it ends with the next `acquire`, `get`, `joined`, `wake` or
 * `give-up` of that process.
 */
export const eventKinds = [
  'start',
  'exit',
  'wait',
  'acquire',
  'release',
  'put',
  'get',
  'joined',
  'wake',
  'give-up',
  'print',
  'read',
  'write',
  'look',
  'sleep',
] as const;
/** One of the kinds of events. */
export type EventKind = (typeof eventKinds)[number];

/** A process of a trace. */
export interface TracedProcess {
  /** Its place in `Trace.processes`. */
  readonly id: number;
  /** What it is called. */
  readonly name: string;
  /** Absent in an explored run. */
  readonly pid?: number;
  /** The id of the process that started it; absent for the main process. */
  readonly parent?: number;
  /** −n for signal n; absent while it runs. */
  readonly exitcode?: number;
}

/** A lock, a queue or another shared object of a trace. */
export interface TracedObject {
  /** Its place in `Trace.objects`. */
  readonly id: number;
  /** The name of its class: 'Lock', 'Queue', 'Value'. */
  readonly kind: string;
  /** 'Lock-1', or the name that the program gave it. */
  readonly name: string;
}

/** One thing that a process did. */
export interface TraceEvent {
  /** When it happened, on the clock of the trace. */
  readonly at: number;
  /** The id of the process that did it. */
  readonly process: number;
  /** What it did. */
  readonly kind: EventKind;
  /** The id of the object to which it was done, or that is waited for. */
  readonly object?: number;
  /** `start`: who was started; `wait`, `joined`, `give-up`: whose end. */
  readonly child?: number;
  /**
   * `put` and `get`: which message of that queue, counted from 1, the same number at both ends. `exit`: the
   * exit code.
   */
  readonly number?: number;
  /**
   * `print`: what, without its colours; `read` and `write`: the value as text; `sleep`: how many
   * milliseconds.
   */
  readonly text?: string;
  /** 'Cell 5, line 3' or 'file.ts:12'. */
  readonly where?: string;
}

/** What the processes of a program did, in one order. */
export interface Trace {
  /** Milliseconds since the first event, or the number of the step. */
  readonly clock: 'ms' | 'steps';
  /** All processes of which something is known, the main process first. */
  readonly processes: readonly TracedProcess[];
  /** The objects to which something was done. */
  readonly objects: readonly TracedObject[];
  /** The events, by time. */
  readonly events: readonly TraceEvent[];
  /** How many older events were forgotten because there was no room. */
  readonly lost: number;
  /** When each cell began, on the same clock; absent outside of a notebook. */
  readonly cells?: readonly number[];
}
