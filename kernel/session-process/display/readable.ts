// Looking at a value of the student's: what it answers may throw, or never end, so nothing here lets it do
// more than it must. Every text that is made of a value comes from here.

import { type InspectOptions, inspect, types } from 'node:util';
import { beginningOf } from 'parlab/host';
import { uncurried } from 'parlab/host/uncurried';

/** A message may be a whole file. */
const MOST_OF_A_MESSAGE = 1000;

/** They are taken as they are now: a cell may replace them. */
const inspectValue = inspect;
const NativeError = Error;
const toText = uncurried(Object.prototype.toString);

/** Never throws. */
export function textOf(value: unknown, options: InspectOptions = {}): string {
  let first: unknown;
  for (const more of [{}, { customInspect: false }]) {
    try {
      return inspectValue(value, { ...options, ...more });
    } catch (thrown) {
      first ??= thrown;
    }
  }
  return `<a value that cannot be shown: ${saidBy(first)}>`;
}

/** What was thrown, as one line: 'RangeError: too big'. Never throws. */
export function saidBy(thrown: unknown): string {
  const text = attempt(() => {
    if (!isError(thrown)) return inspectValue(thrown);
    const { name, message } = thrown;
    return message === '' ? String(name) : `${name}: ${message}`;
  });
  if ('thrown' in text) return 'what it throws cannot be read either';
  const line = text.value.replace(/\s+/g, ' ');
  return line.length > MOST_OF_A_MESSAGE ? `${beginningOf(line, MOST_OF_A_MESSAGE)}…` : line;
}

/** Whether it is an error, also one of another realm or of a library that copies errors. It never throws. */
export function isError(value: unknown): value is Error {
  const isOne = attempt(() => value instanceof NativeError || toText(value) === '[object Error]');
  return 'value' in isOne && isOne.value;
}

export type Attempt<T> = { value: T } | { thrown: unknown };

/** Tries what runs code of the student's. */
export function attempt<T>(look: () => T): Attempt<T> {
  try {
    return { value: look() };
  } catch (thrown) {
    return { thrown };
  }
}

export function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

export interface Property extends PropertyDescriptor {
  /** The value itself, or the object of its prototype chain that has the property. */
  holder: object;
}

/** Finds a property without running any code; what stands behind a Proxy is not found. Never throws. */
export function propertyOf(value: object, key: PropertyKey): Property | undefined {
  try {
    for (let holder: object | null = value; holder && !types.isProxy(holder); ) {
      const descriptor = Object.getOwnPropertyDescriptor(holder, key);
      if (descriptor) return { ...descriptor, holder };
      holder = Object.getPrototypeOf(holder) as object | null;
    }
  } catch {
    // An export of a module that is not there yet.
  }
  return undefined;
}

/**
 * A method that data cannot have: JSON knows no functions. Undefined too where it would have to be computed
 * first.
 */
export function methodOf(value: object, key: PropertyKey): ((...args: never) => unknown) | undefined {
  const method: unknown = propertyOf(value, key)?.value;
  return typeof method === 'function' ? (method as (...args: never) => unknown) : undefined;
}
