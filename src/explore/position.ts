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

/** A process at one place of an order. */
export interface ProcessView {
  /** 'M' for the main process, 'A' for the first child. */
  readonly letter: string;
  /** What it is called. */
  readonly name: string;
  /** Whether it could move, has to wait, or has ended. */
  readonly state: 'ready' | 'waiting' | 'ended';
  /** What it does next, or waits in: 'acquires Lock-1'. */
  readonly what: string | undefined;
  /** The line of that. */
  readonly where: string | undefined;
  /** The name of the thing, or of the process whose end. */
  readonly waitsFor: string | undefined;
  /** The name of the process that has it. */
  readonly heldBy: string | undefined;
  /** The names of the locks that it has. */
  readonly holds: readonly string[];
  /** −n for signal n; undefined while it runs. */
  readonly exitcode: number | undefined;
}

/** A shared object at one place of an order. */
export interface ObjectView {
  /** 'Lock-1', or the name that the program gave it. */
  readonly name: string;
  /** The name of its class. */
  readonly kind: string;
  /** What it is, in words: 'free', '7', '2 items'. */
  readonly value: string;
  /** The name of the process that has a lock. */
  readonly holder: string | undefined;
}

/** How an order came out. */
export interface Over {
  /** Whether it is not as `expect` and `invariant` say. */
  readonly isBroken: boolean;
  /** What is wrong with it. */
  readonly why: string | undefined;
}

/** Where an order stands. */
export interface Position {
  /** The order so far. */
  readonly code: string;
  /** What can happen next. */
  readonly moves: readonly Move[];
  /** All that were started, the main process first. */
  readonly processes: readonly ProcessView[];
  /** What they share. */
  readonly objects: readonly ObjectView[];
  /** What was printed, in its order. */
  readonly printed: readonly string[];
  /** How it came out; undefined while it goes on. */
  readonly isOver: Over | undefined;
}
