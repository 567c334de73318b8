// The classes of errors that two programs both have: JavaScript's and this library's, by name.
import * as ours from '../errors';

type ErrorClass = { readonly name: string; readonly prototype: Error };

const standard: readonly ErrorClass[] = [
  Error,
  AggregateError,
  EvalError,
  RangeError,
  ReferenceError,
  SyntaxError,
  TypeError,
  URIError,
];

const byName = new Map<string, ErrorClass>();
const all: readonly unknown[] = [...standard, ...Object.values(ours)];
for (const each of all) {
  if (typeof each === 'function' && (each === Error || each.prototype instanceof Error)) {
    byName.set(each.name, each as ErrorClass);
  }
}

/** The nearest class of the error that the other program has for certain. */
export function knownClassName(error: Error): string {
  for (let at = Object.getPrototypeOf(error); at !== null; at = Object.getPrototypeOf(at)) {
    const name = (at as { constructor?: { name?: string } }).constructor?.name ?? '';
    if (byName.get(name)?.prototype === at) return name;
  }
  return 'Error';
}

/** An error of that class, without having run its constructor. */
export function errorOfClass(className: string, message: string): Error {
  const error = new Error(message);
  Object.setPrototypeOf(error, (byName.get(className) ?? Error).prototype);
  return error;
}
