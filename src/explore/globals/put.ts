// Puts something of ours in the place of what Node offers. Outside of a controlled program all is as it was.
import { isControlled } from '../operations';

type AnyFunction = (...args: never[]) => unknown;

/** In a controlled program `controlled` is called, everywhere else what was there before. */
export function put<Owner extends object, Key extends keyof Owner>(
  owner: Owner,
  key: Key,
  controlled: (this: unknown, ...args: never[]) => unknown,
  properties: PropertyDescriptorMap = {},
): void {
  const real = owner[key] as AnyFunction;
  const { enumerable = true } = Object.getOwnPropertyDescriptor(owner, key) ?? {};
  const made = function (this: unknown, ...args: never[]): unknown {
    return (isControlled() ? controlled : real).apply(this as never, args);
  };
  const { length, name } = real;
  const kept = { ...Object.getOwnPropertyDescriptors(real), ...properties };
  for (const own of ['prototype', 'length', 'name', 'arguments', 'caller']) Reflect.deleteProperty(kept, own);
  Object.defineProperties(made, { ...kept, length: { value: length }, name: { value: name } });
  Object.defineProperty(owner, key, { value: made, configurable: true, writable: true, enumerable });
}

/** Does what put() does, for what is read and not called. */
export function putGetter<Owner extends object>(owner: Owner, key: keyof Owner, read: () => unknown): void {
  const real = Object.getOwnPropertyDescriptor(owner, key);
  const realRead = () => (real?.get === undefined ? real?.value : real.get.call(owner));
  Object.defineProperty(owner, key, {
    configurable: true,
    enumerable: real?.enumerable ?? true,
    get: () => (isControlled() ? read() : realRead()),
  });
}
