// What is to be done behind what is done now is counted, as rounds of loops are: each of these can follow the
// other for ever without an operation between.
import { runner } from '../operations';
import { put } from './put';

/** Each may fill some memory, so fewer are enough. */
const WEIGHT = 10;

type AnyFunction = (this: unknown, ...args: unknown[]) => unknown;

export function controlMicrotasks(): void {
  count(process, 'nextTick', () => undefined);
  count(globalThis, 'queueMicrotask', () => undefined);
  count(Promise.prototype, 'then', () => new Promise(() => {}));
}

/**
 * `never`: what it gives where nothing is to be done any more. To throw would be an error outside of the
 * program.
 */
function count<Owner extends object>(owner: Owner, key: keyof Owner, never: () => unknown): void {
  const real = owner[key] as AnyFunction;
  put(owner, key, function (this: unknown, ...args: never[]) {
    return runner().isOver(WEIGHT) ? never() : real.apply(this, args);
  });
}
