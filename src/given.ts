// What callers give, looked at before it is used: what is wrong gets a sentence there, and not where it would
// have been used.
import { InvalidArgumentError } from './errors';

/** Throws unless it is a function. `expected`: what it is to be, such as 'a function that gives true'. */
export function checkFunction(argument: string, given: unknown, expected = 'a function'): void {
  if (typeof given !== 'function') throw new InvalidArgumentError(argument, expected, given);
}

/** Throws unless it is a text in which something stands. */
export function checkText(argument: string, given: unknown): void {
  if (typeof given !== 'string' || given.trim() === '') {
    throw new InvalidArgumentError(argument, 'a text', given);
  }
}

/** Throws unless it is a whole number, and not below `least`. */
export function checkCount(argument: string, given: unknown, least: number): void {
  if (!Number.isInteger(given) || Number(given) < least) {
    throw new InvalidArgumentError(argument, `a whole number from ${least}`, given);
  }
}

/** Throws unless it is an object with no other names than these: a misspelt option would be left unheard. */
export function checkOptions(argument: string, given: unknown, names: readonly string[]): void {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw new InvalidArgumentError(argument, `an object such as { ${names[0]}: … }`, given);
  }
  const unknown = Object.keys(given).find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw new InvalidArgumentError(`each name in ${argument}`, `one of ${names.join(', ')}`, unknown);
  }
}
