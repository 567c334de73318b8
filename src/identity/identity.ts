// Who this process is within its program: its name, its place in the family, and how to make the names of its
// children.

import { randomBytes } from 'node:crypto';

/** How a process begins: 'process' is one of the system's, 'thread' a worker thread of this one. */
export type StartMethodName = 'process' | 'thread';

/** What a process logs. A child takes it over from its parent. */
export interface LogSettings {
  level: number;
  toStderr: boolean;
}

export interface Identity {
  name: string;
  /** Process-2:1 is the first child of the program's second: [2, 1]. The main process is []. */
  path: readonly number[];
  daemon: boolean;
  /** The process is none of the program's: the library needs it for something of its own. */
  isOwn?: boolean;
  parent?: { name: string; pid: number; slot: number };
  /** The file from whose place a child looks modules up; the main process finds it out. */
  moduleHome?: string;
  /** Files that `require` gives for names, wherever they are asked for. */
  providedModules?: Readonly<Record<string, string>>;
  /**
   * How it was started, which is how it starts its own children unless told otherwise; the main process was
   * not.
   */
  startMethod?: StartMethodName;
  /** What it logs, as its parent did when it started it. */
  log?: LogSettings;
  /** A secret that the processes of a program have in common. */
  authkey?: Uint8Array;
}

let identity: Identity = { name: 'MainProcess', path: [], daemon: false };
let childrenMade = 0;

export function myIdentity(): Identity {
  return identity;
}

/** A child learns who it is from its task. */
export function assumeIdentity(given: Identity): void {
  identity = given;
}

/**
 * Returns the secret, which is the same in every process of the program, unless a process was given another.
 */
export function myAuthkey(): Uint8Array {
  identity.authkey ??= new Uint8Array(randomBytes(AUTHKEY_BYTES));
  return identity.authkey;
}
const AUTHKEY_BYTES = 32;

/** Every Process object counts, started or not, as in Python. */
export function nextChildPath(): readonly number[] {
  return [...identity.path, ++childrenMade];
}

export function defaultName(className: string, path: readonly number[]): string {
  return `${className || 'Process'}-${path.join(':')}`;
}
