// What a process under control asks of the world: its operations. The faces (faces.ts, globals.ts) make them, machines.ts says
// what each does, and whoever runs the code (execution.ts) answers them.
import { CallSite } from '../system/call-site';

export type Plain = undefined | null | boolean | number | string | readonly Plain[] | { readonly [key: string]: Plain };

export interface Operation {
  readonly kind: string;
  /** In the list of objects; -1 for what concerns no object. */
  readonly object: number;
  readonly args: readonly Plain[];
  /** Whether the code stands still until it is done. */
  readonly isSync: boolean;
  /** A wait with a timeout may be given up; 0: is given up at once. */
  readonly timeoutMs: number | undefined;
  /** What it is, for comparing one run of the code with another. */
  readonly key: string;
  readonly where: string | undefined;
}

/** What a wait that was given up results in. */
export const GAVE_UP = 'gave up';

/** Thrown through code that is not to go on. What is run on the way is of no consequence: the whole copy is thrown away. */
export const UNWIND = Object.assign(new Error('This copy of the process is not needed any more.'), { name: 'Unwind' });

export interface Runner {
  readonly path: string;
  perform(operation: Operation): Plain;
  request(operation: Operation): Promise<Plain>;
  /** For what is decided without the world. */
  readonly local: LocalState;
  /** Whether the code has not been so far before. */
  readonly isNew: boolean;
}

export interface LocalState {
  made: number;
  children: number;
  random: number;
  daemon: boolean;
  name: string;
  pid: number;
  parent: { name: string; pid: number } | undefined;
  held: Map<number, number>;
  exitcode: number | undefined;
}

let running: Runner | undefined;

export function setRunning(runner: Runner | undefined): void {
  running = runner;
}

export function isControlled(): boolean {
  return running !== undefined;
}

export function runner(): Runner {
  if (running === undefined) throw new Error('This is for programs that explore() runs.');
  return running;
}

interface Options {
  timeoutMs?: number | undefined;
}

function operation(kind: string, object: number, args: readonly Plain[], isSync: boolean, { timeoutMs }: Options): Operation {
  // Where the code has been before, its line is known.
  const site = runner().isNew ? callSite() : undefined;
  let where: string | undefined | null = null;
  return {
    kind,
    object,
    args,
    isSync,
    timeoutMs,
    key: `${kind} ${object} ${JSON.stringify(args)} ${isSync} ${timeoutMs}`,
    // Formatted only when somebody asks: most operations are repetitions.
    get where() {
      if (where === null) where = site?.toString();
      return where;
    },
  };
}

function callSite(): CallSite {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 8;
  const site = new CallSite();
  Error.stackTraceLimit = limit;
  return site;
}

/** The code stands still until it is done. */
export function perform(kind: string, object = -1, args: readonly Plain[] = [], options: Options = {}): Plain {
  return opened(runner().perform(operation(kind, object, args, true, options)));
}

/** The code goes on, and awaits it or not. */
export async function request(kind: string, object = -1, args: readonly Plain[] = [], options: Options = {}): Promise<Plain> {
  return opened(await runner().request(operation(kind, object, args, false, options)));
}

function opened(result: Plain): Plain {
  if (typeof result !== 'object' || result === null || !('error' in result)) return result;
  const errors = require('../errors') as Record<string, new (...args: unknown[]) => Error>;
  const { error, args = [] } = result as { error: string; args?: unknown[] };
  const Made = errors[error] as new (...args: unknown[]) => Error;
  throw new Made(...args);
}

// The objects that processes share.

export interface SharedThing {
  readonly id: string;
  readonly machine: string;
  readonly initial: unknown;
  /** 'Lock-1' */
  readonly name: string;
}

const things: SharedThing[] = [];
const byId = new Map<string, number>();

export function thingAt(index: number): SharedThing {
  return things[index] as SharedThing;
}

/** The same for the same id: what the same line of the same process makes again is the same thing. */
export function thing(id: string, machine: string, initial: unknown, name: string): number {
  const key = `${id} ${machine} ${JSON.stringify(initial)}`;
  let index = byId.get(key);
  if (index === undefined) {
    index = things.length;
    things.push({ id, machine, initial, name });
    byId.set(key, index);
  }
  return index;
}

/** Of a new thing that the running process makes. */
export function newThing(machine: string, initial: unknown, kind: string, name?: string): number {
  const { path, local } = runner();
  const id = `${path}/${++local.made}`;
  return thing(id, machine, initial, name ?? `${kind}-${path === '' ? '' : `${path}/`}${local.made}`);
}

export function forgetThings(): void {
  things.length = 0;
  byId.clear();
}
