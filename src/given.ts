// What callers give, looked at before it is used: what is wrong gets a sentence there, and not where it would
// have been used.
import { InvalidArgumentError } from './errors';

/** Throws unless it is a function. `expected`: what it is to be, such as 'a function that gives true'. */
export function checkFunction(argument: string, given: unknown, expected = 'a function'): void {
  if (typeof given !== 'function') throw new InvalidArgumentError(argument, expected, given);
}

/** Throws unless it is a text of more than white space. */
export function checkText(argument: string, given: unknown): void {
  if (typeof given !== 'string' || given.trim() === '') {
    throw new InvalidArgumentError(argument, 'a text that is not empty', given);
  }
}

/** Throws unless it is a whole number, and not below `least`. */
export function checkCount(argument: string, given: unknown, least: number): void {
  if (!Number.isInteger(given) || Number(given) < least) {
    throw new InvalidArgumentError(argument, `a whole number from ${least}`, given);
  }
}

/** Throws unless it is a number: a time on the clock of a trace. */
export function checkTime(argument: string, given: unknown): void {
  if (typeof given !== 'number' || Number.isNaN(given)) {
    throw new InvalidArgumentError(argument, 'a time on the clock of the trace, a number', given);
  }
}

/** Throws unless it is an AbortSignal, or left out. */
export function checkSignal(signal: unknown): void {
  if (signal !== undefined && !(signal instanceof AbortSignal)) {
    throw new InvalidArgumentError('signal', 'an AbortSignal', signal);
  }
}

/** What the options of the library's calls are called; first what a bare value most likely means. */
const OPTION_NAMES = {
  acquire: ['timeout', 'signal', 'onOwnerDied'],
  barrier: ['action', 'timeout', 'name'],
  client: ['timeout', 'authkey', 'signal'],
  force: ['force'],
  listener: ['timeout', 'family', 'backlog', 'authkey'],
  lock: ['lock'],
  manager: ['address', 'authkey', 'method', 'shutdownTimeout'],
  map: ['chunkSize', 'onProgress', 'progress', 'ahead', 'timeout', 'signal', 'callback', 'errorCallback'],
  name: ['name'],
  none: ['allowNone'],
  pool: ['processes', 'initializer', 'initargs', 'maxTasksPerChild', 'method'],
  process: ['target', 'args', 'name', 'daemon', 'method'],
  queueWait: ['timeout', 'signal', 'block'],
  sharedMemory: ['name', 'create', 'size'],
  signal: ['signal'],
  start: ['initializer', 'initargs'],
  wait: ['timeout', 'signal'],
  work: ['timeout', 'signal', 'callback', 'errorCallback'],
} as const satisfies Record<string, readonly string[]>;

/**
 * Throws unless the options of one of the library's own calls are such, as checkOptions() does. Undefined is
 * no options.
 */
export function checkOptionsOf(kind: keyof typeof OPTION_NAMES, given: unknown): void {
  if (given !== undefined) checkOptions('options', given, OPTION_NAMES[kind]);
}

/** Throws unless it is an object with no other names than these: a misspelt option would be left unheard. */
export function checkOptions(argument: string, given: unknown, names: readonly string[]): void {
  const [first = ''] = names;
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw new InvalidArgumentError(
      argument,
      `an object such as { ${first}: ${exampleOf(first, given)} }`,
      given,
    );
  }
  // It has no names of its own, so it would be taken for no options.
  if (given instanceof AbortSignal)
    throw new InvalidArgumentError(argument, 'an object such as { signal }', given);
  const unknown = Object.keys(given).find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw new InvalidArgumentError(`each name in ${argument}`, `one of ${names.join(', ')}`, unknown);
  }
}

const NUMBERS: ReadonlySet<string> = new Set(['timeout', 'processes', 'chunkSize', 'events', 'runs']);

/** The bare value, where it is what the option takes. */
function exampleOf(name: string, given: unknown): string {
  if (typeof given === 'number' && NUMBERS.has(name)) return String(given);
  return typeof given === 'string' && name === 'name' ? `'${given}'` : '…';
}
