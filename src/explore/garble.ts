// What arrives as something else than was sent: whoever makes its result out of it comes to another result.
import { runner } from './operations';

/** Which processes get something else than was sent: the main process, or all others. */
export type Garbled = 'main' | 'children';

/** What this process gets to see of something that another one may have sent. */
export function received<V>(value: V): V {
  return runner().local.isGarbled ? (garbled(value) as V) : value;
}

const FAR = 1000;

/** `null` stays, for it says that nothing comes; so do shared things, and what has a class of its own. */
function garbled(value: unknown): unknown {
  switch (typeof value) {
    case 'number':
      return value + FAR;
    case 'bigint':
      return value + BigInt(FAR);
    case 'string':
      return `${value}~`;
    case 'boolean':
      return !value;
    default:
      return typeof value === 'object' && value !== null ? garbledWithin(value) : value;
  }
}

function garbledWithin(value: object): object {
  if (Array.isArray(value)) return value.map(garbled);
  if (value instanceof Map) return new Map([...value].map(([key, each]) => [key, garbled(each)]));
  if (value instanceof Set) return new Set([...value].map(garbled));
  const isPlain = [Object.prototype, null].includes(Object.getPrototypeOf(value));
  if (!isPlain) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, garbled(each)]));
}
