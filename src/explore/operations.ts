// What a process under control asks of the world: its operations. The faces make them, the rules say what
// each does, and whoever runs the code answers them.
import { DeadlockError } from '../deadlock/deadlock-error';
import type { Hang } from '../deadlock/hang';
import * as errors from '../errors';
import { CallSite } from '../system/call-site';
import type { Things } from './things';

/** What JSON can say, and undefined. */
export type Plain =
  | undefined
  | null
  | boolean
  | number
  | string
  | readonly Plain[]
  | { readonly [key: string]: Plain };

export interface Operation {
  readonly kind: string;
  /** The place in the list of objects; -1 for what concerns no object. */
  readonly object: number;
  readonly args: readonly Plain[];
  /** Whether the code stands still until it is done. */
  readonly isSync: boolean;
  /** A wait with a timeout may be given up; 0: is given up at once. */
  readonly timeoutMs: number | undefined;
  /** What it is, for comparing one run of the code with another. */
  readonly key: string;
  readonly where: string | undefined;
  /** What the child is to run, for `start`. */
  readonly capture?: () => unknown;
}

/**
 * After how many rounds between two operations a loop counts as endless. The same number on every machine.
 */
export const MOST_ROUNDS = 2_000_000;

/** What a wait that was given up results in. */
export const GAVE_UP = 'gave up';

/**
 * The exit code of a process that ended only because its parent did, which is no failure. No real one is
 * broken.
 */
export const ENDED_WITH_PARENT = -15.5;

/**
 * Thrown through code that is not to go on. What it does on the way is of no consequence: this copy is thrown
 * away.
 */
export const UNWIND = Object.assign(new Error('This copy of the process is not needed any more.'), {
  name: 'Unwind',
});

export interface Runner {
  readonly path: string;
  /** Decides what needs no world. */
  readonly local: LocalState;
  /** Whether the code has not been so far before. */
  readonly isNew: boolean;
  readonly things: Things;
  /** Milliseconds since its beginning, as its own timers go. */
  clock: number;
  /** The number of the operation that was asked last. */
  readonly lastAsked: number;
  perform(operation: Operation): Plain;
  request(operation: Operation): Promise<Plain>;
  /** What was requested is not wanted any more. False if it was done before. */
  cancel(number: number): boolean;
  /** Whether what was requested keeps the process going until it is done, as it does at first. */
  keepGoing(number: number, isKept: boolean): void;
  /** Ends the process with an error that was not caught. */
  fail(error: unknown): void;
  exitNow(code: number): never;
  /** Counts one more round of a loop. */
  round(): void;
  /** Counts a round of what cannot throw to the program: whether it was one too many. */
  isOver(weight?: number): boolean;
}

/** What a process knows of itself. */
export interface LocalState {
  readonly name: string;
  readonly pid: number;
  readonly parent: { name: string; pid: number } | undefined;
  daemon: boolean;
  /** Whether what others send arrives as something else. */
  readonly isGarbled: boolean;
  /** What setStartMethod() said. */
  startMethod: 'process' | 'thread' | undefined;
  random: number;
  exitcode: number | undefined;
  /** The signal by which it has ended itself. */
  signal: number | undefined;
  /** What the program wrote into process.exitCode, which cannot be put under control. */
  exitCodeWish: number | undefined;
  /** How many things it has made, and of each class. */
  made: number;
  readonly counts: Map<string, number>;
  children: number;
  /** Its faces by their thing: what comes to it twice is the same object. */
  readonly known: Map<string, object>;
  /** The classes that came to it, by their ids. */
  readonly classes: Map<string, object>;
}

export function newLocal(
  known: Pick<LocalState, 'name' | 'pid' | 'parent' | 'daemon' | 'isGarbled' | 'random'>,
): LocalState {
  return {
    ...known,
    startMethod: undefined,
    exitcode: undefined,
    signal: undefined,
    exitCodeWish: undefined,
    made: 0,
    counts: new Map(),
    children: 0,
    known: new Map(),
    classes: new Map(),
  };
}

let running: Runner | undefined;

export function setRunning(runner: Runner | undefined): void {
  if (running !== undefined) noteExitCode(running);
  running = runner;
  process.exitCode = runner?.local.exitCodeWish;
}

/** The process in the middle of which asNobody() does something. */
let setAside: Runner | undefined;
/** How many calls of asNobody() stand within what is nobody's already. */
let deeper = 0;

/**
 * Does what a process needs in the middle of its code and is no part of it, such as to compile a module: not
 * under control, and with the real clock.
 */
export function asNobody<T>(act: () => T): T {
  const own = running;
  if (own === undefined) deeper++;
  else {
    setAside = own;
    setRunning(undefined);
  }
  try {
    return act();
  } finally {
    if (own === undefined) deeper--;
    else {
      setAside = undefined;
      setRunning(own);
    }
  }
}

/**
 * Within asNobody(), does what is the process's own again, such as to run the module that was compiled. Where
 * another asNobody() lies between, it is for what compiles, and stays nobody's.
 */
export function asBefore<T>(act: () => T): T {
  const own = setAside;
  if (own === undefined || deeper > 0) return act();
  setAside = undefined;
  setRunning(own);
  try {
    return act();
  } finally {
    setRunning(undefined);
    setAside = own;
  }
}

/** Keeps process.exitCode, which is this process's own until another one runs. */
export function noteExitCode({ local }: Runner): void {
  local.exitCodeWish = process.exitCode === undefined ? undefined : Number(process.exitCode);
}

export function isControlled(): boolean {
  return running !== undefined;
}

export function runner(): Runner {
  if (running === undefined) {
    throw new Error('what is shared can be used in the explored program alone: let the program return it');
  }
  return running;
}

export interface AskOptions {
  readonly timeoutMs?: number | undefined;
  /** Where the method was called that asks for a second time. */
  readonly site?: CallSite | undefined;
  readonly capture?: () => unknown;
}

function operation(
  kind: string,
  object: number,
  args: readonly Plain[],
  isSync: boolean,
  options: AskOptions,
): Operation {
  // Where the code has been before, its line is known.
  const site = options.site ?? (runner().isNew ? callSite() : undefined);
  return new Asking(kind, object, args, isSync, options, site);
}

/** Its words are made only when they are asked for: most operations are repetitions. */
class Asking implements Operation {
  readonly kind: string;
  readonly object: number;
  readonly args: readonly Plain[];
  readonly isSync: boolean;
  readonly timeoutMs: number | undefined;
  readonly capture?: () => unknown;
  #site: CallSite | undefined;
  #where: string | undefined;
  #key: string | undefined;

  constructor(
    kind: string,
    object: number,
    args: readonly Plain[],
    isSync: boolean,
    { timeoutMs, capture }: AskOptions,
    site: CallSite | undefined,
  ) {
    this.kind = kind;
    this.object = object;
    this.args = args;
    this.isSync = isSync;
    this.timeoutMs = timeoutMs;
    if (capture !== undefined) this.capture = capture;
    this.#site = site;
  }

  get key(): string {
    const { kind, object, args, isSync, timeoutMs } = this;
    this.#key ??= `${kind} ${object} ${JSON.stringify(args)} ${isSync} ${timeoutMs}`;
    return this.#key;
  }

  get where(): string | undefined {
    this.#where ??= this.#site?.toString();
    // A stack holds on to the whole copy of the program that it was taken in.
    this.#site = undefined;
    return this.#where;
  }
}

const FRAMES = 12;

/** Returns where we are called: for what is asked after an await, when the caller has left the stack. */
export function callSite(frames = FRAMES): CallSite {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = frames;
  const site = new CallSite();
  Error.stackTraceLimit = limit;
  return site;
}

/** The code stands still until it is done. */
export function perform(
  kind: string,
  object = -1,
  args: readonly Plain[] = [],
  options: AskOptions = {},
): Plain {
  return opened(runner().perform(operation(kind, object, args, true, options)));
}

/** The code goes on, and awaits it or not. */
export async function request(
  kind: string,
  object = -1,
  args: readonly Plain[] = [],
  options: AskOptions = {},
): Promise<Plain> {
  return opened(await runner().request(operation(kind, object, args, false, options)));
}

/** What a rule says that the library throws there. */
function opened(result: Plain): Plain {
  if (typeof result !== 'object' || result === null || !('error' in result)) return result;
  const { error, args = [] } = result as { error: string; args?: unknown[] };
  if (error === DeadlockError.name) throw new DeadlockError(args[0] as Hang);
  const Made = (errors as unknown as Record<string, new (...args: unknown[]) => Error>)[error];
  if (Made === undefined) throw new TypeError(`There is no ${error}.`);
  throw new Made(...args);
}
