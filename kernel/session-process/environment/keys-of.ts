// The names that a value has for the completer, where its type says nothing. It is only looked at: no getter
// is called and no Proxy asked.

import { types } from 'node:util';
import { ownProcess } from '../safeguards/pristine';

const { getOwnPropertyDescriptor, getPrototypeOf, ownKeys } = Reflect;
const { isProxy } = types;
const NativeObject = Object;
/** How many keys are offered: no person reads more. */
const MOST_KEYS = 1000;

/** `path`: the name of a variable, and the keys from there. */
export function keysOf(bindings: object, path: readonly string[]): string[] {
  const [variable = '', ...way] = path;
  let value = variable in bindings ? valueIn(bindings, variable) : valueIn(globalThis, variable);
  // Node's own getter.
  if (variable === 'process' && value === undefined) value = ownProcess;
  for (const key of way) value = valueIn(value, key);
  const found = new Set<string>();
  for (const each of chainOf(value)) {
    for (const key of ownKeys(each)) {
      if (typeof key === 'string' && !/^\d+$/.test(key)) found.add(key);
    }
  }
  return [...found].slice(0, MOST_KEYS);
}

function valueIn(value: unknown, key: string): unknown {
  for (const each of chainOf(value)) {
    const property = getOwnPropertyDescriptor(each, key);
    if (property) return property.value;
  }
  return undefined;
}

/** The value and its prototypes, but for what every object has, as far as they can be looked at. */
function* chainOf(value: unknown): Generator<object> {
  if (value === undefined || value === null) return;
  let each: object | null = NativeObject(value) as object;
  while (each && each !== NativeObject.prototype && !isProxy(each)) {
    yield each;
    each = getPrototypeOf(each);
  }
}
