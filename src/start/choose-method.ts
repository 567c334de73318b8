// Which start method a process gets: the one asked for, else the one set, else the one by which this process
// itself was started, else PARLAB_START_METHOD, else 'process' where it works.

import {
  InvalidArgumentError,
  StartFailedError,
  StartMethodSetError,
  UnknownStartMethodError,
} from '../errors';
import { checkOptionsOf } from '../given';
import { myIdentity, type StartMethodName } from '../identity/identity';
import { ffiStatus } from '../memory/memory';
import { processMethod } from './process-method';
import type { StartMethod } from './start-method';
import { threadMethod } from './thread-method';

const METHODS: readonly StartMethod[] = [processMethod, threadMethod];
const NAMES = METHODS.map(({ name }) => name);
const EXPECTED = NAMES.map((name) => `'${name}'`).join(' or ');

let chosen: StartMethodName | undefined;

export function chooseMethod(processName: string, asked: StartMethodName | undefined): StartMethod {
  const name = asked ?? chosen ?? myIdentity().startMethod ?? process.env.PARLAB_START_METHOD;
  const method = METHODS.find((each) => each.name === (name ?? usualMethod()));
  if (method === undefined) {
    const argument = asked === undefined ? 'PARLAB_START_METHOD' : 'method';
    throw new InvalidArgumentError(argument, EXPECTED, name);
  }
  checkAvailable(processName, method);
  if (name === undefined && method === threadMethod) tellOfThreads();
  return method;
}

let hasTold = false;

function tellOfThreads(): void {
  if (hasTold) return;
  hasTold = true;
  process.emitWarning(
    `Processes cannot share memory here, because ${ffiStatus().reason}. Threads take their place: method 'thread'.`,
    { type: 'ParlabWarning', code: 'PARLAB_THREADS_ONLY' },
  );
}

/**
 * Returns the start methods that work on this system, the usual one first. Python's
 * `multiprocessing.get_all_start_methods()`.
 *
 * @example
 * console.log(getAllStartMethods().includes('thread')); // → true
 */
export function getAllStartMethods(): StartMethodName[] {
  return ffiStatus().available ? [...NAMES] : ['thread'];
}

/**
 * Returns the start method of processes that name none themselves. Python's
 * `multiprocessing.get_start_method()`. With `allowNone`, null where setStartMethod() has not been called and
 * this process was not started by another.
 *
 * @example
 * console.log(getStartMethod() === getAllStartMethods()[0]); // → true
 * console.log(getStartMethod({ allowNone: true })); // → null
 */
export function getStartMethod(options?: { allowNone?: false }): StartMethodName;
export function getStartMethod(options: { allowNone?: boolean }): StartMethodName | null;
export function getStartMethod(options: { allowNone?: boolean } = {}): StartMethodName | null {
  checkOptionsOf('none', options);
  const { allowNone = false } = options;
  const set = chosen ?? myIdentity().startMethod;
  if (set === undefined && allowNone) return null;
  return chooseMethod('A process', undefined).name;
}

/**
 * Chooses the start method of processes that name none themselves; to be called once, early. Python's
 * `multiprocessing.set_start_method()`. With `force` it may be called again, and null then takes back what
 * was set.
 *
 * @throws StartMethodSetError at the second call, unless with `force`.
 * @throws UnknownStartMethodError for a name that is none; StartFailedError for a method that does not work
 * here.
 * @example
 * setStartMethod('thread');
 * console.log(getStartMethod()); // → thread
 * setStartMethod('process'); // throws StartMethodSetError: The start method has already been set, to 'thread'…
 * setStartMethod(null, { force: true });
 */
export function setStartMethod(method: StartMethodName | null, options: { force?: boolean } = {}): void {
  checkOptionsOf('force', options);
  const { force = false } = options;
  if (chosen !== undefined && !force) throw new StartMethodSetError(chosen);
  if (method !== null) checkMethod(method);
  chosen = method ?? undefined;
}

/** Throws where `name` is no start method, or none that works here. */
export function checkMethod(name: StartMethodName): void {
  const method = METHODS.find((each) => each.name === name);
  if (method === undefined) throw new UnknownStartMethodError(name, EXPECTED);
  checkAvailable('A process', method);
}

function usualMethod(): StartMethodName {
  return ffiStatus().available ? 'process' : 'thread';
}

function checkAvailable(processName: string, { name }: StartMethod): void {
  const ffi = ffiStatus();
  if (name === 'thread' || ffi.available) return;
  throw new StartFailedError(
    processName,
    `processes cannot share memory here, because ${ffi.reason}. Threads can: use method: 'thread'`,
  );
}
