// A place in an order of a program, as one sees it who decides who goes next. Pure types.

/** What can happen next. */
export interface Move {
  /** 'A', or 'A2' for the second of what A could do. */
  readonly token: string;
  /** The name of the process. */
  readonly process: string;
  /** 'reads counter: 0', 'ends' */
  readonly what: string;
  /** 'Cell 1, line 3' */
  readonly where: string | undefined;
}

export interface ProcessView {
  /** 'M' for the main process, 'A' for the first child. */
  readonly letter: string;
  readonly name: string;
  readonly state: 'ready' | 'waiting' | 'ended';
  /** What it does next, or waits in: 'acquires Lock-1'. */
  readonly what: string | undefined;
  readonly where: string | undefined;
  /** The name of the thing, or of the process whose end. */
  readonly waitsFor: string | undefined;
  /** The name of the process that has it. */
  readonly heldBy: string | undefined;
  /** The names of the locks that it has. */
  readonly holds: readonly string[];
  readonly exitcode: number | undefined;
}

export interface ObjectView {
  readonly name: string;
  /** The name of its class. */
  readonly kind: string;
  readonly value: string;
  /** Of a lock: the name of the process that has it. */
  readonly holder: string | undefined;
}

/** Where an order stands. */
export interface Position {
  /** The order so far. */
  readonly code: string;
  readonly moves: readonly Move[];
  readonly processes: readonly ProcessView[];
  readonly objects: readonly ObjectView[];
  readonly printed: readonly string[];
  /** How it came out; undefined while it goes on. */
  readonly isOver: { readonly isBroken: boolean; readonly why: string | undefined } | undefined;
}
