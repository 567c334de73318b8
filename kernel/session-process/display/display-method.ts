// Values that say themselves how they are shown. What their methods do is caught and told; whoever never
// answers is not waited for for ever.

import { types } from 'node:util';
import { clearTimeout, setTimeout } from '../safeguards/pristine';
import { type Attempt, attempt, isObject, methodOf, propertyOf } from './readable';

/** Deno's convention: an object that has this method says itself how it is shown. */
export const displaySymbol = Symbol.for('Jupyter.display');

/** No object has a property of this name, except objects that answer to every name. */
const CANARY = Symbol('a name that nobody knows');
/** A picture may be long in the making. */
const PATIENCE_MS = 60_000;

/** Gives what the value says of itself. Undefined if it says nothing; runs no code of the value's. */
export function displayMethodOf(value: object): (() => Attempt<unknown>) | undefined {
  const found = propertyOf(value, displaySymbol);
  if (!found || propertyOf(value, CANARY)) return undefined;
  if (!found.get && typeof found.value !== 'function') return undefined;
  return () =>
    attempt(() => {
      const method: unknown = found.get ? Reflect.apply(found.get, value, []) : found.value;
      return Reflect.apply(method as () => unknown, value, []);
    });
}

/** Whether it can be awaited; not a Proxy, which may answer to `then` as to everything else. */
export function isAwaitable(given: unknown): given is object {
  return (
    isObject(given) &&
    !types.isProxy(given) &&
    (types.isPromise(given) || methodOf(given, 'then') !== undefined)
  );
}

export type Settled = Attempt<unknown> | { late: string };

/** Never rejects. What it resolves to is in a box: nothing waits for it even if it looks like a promise. */
export function settled(given: object, patienceMs = PATIENCE_MS): Promise<Settled> {
  return new Promise((resolve) => {
    const late = `of which nothing has come within ${patienceMs / 1000} seconds`;
    const timer = setTimeout(() => end({ late }), patienceMs).unref();
    const end = (outcome: Settled): void => {
      clearTimeout(timer);
      resolve(outcome);
    };
    const begun = attempt(() => {
      const then = types.isPromise(given) ? Promise.prototype.then : methodOf(given, 'then');
      Reflect.apply(then as (...ears: unknown[]) => unknown, given, [
        (value: unknown) => end({ value }),
        (thrown: unknown) => end({ thrown }),
      ]);
    });
    if ('thrown' in begun) end(begun);
  });
}
