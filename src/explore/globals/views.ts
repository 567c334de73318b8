// What Node does to typed arrays and not to a Proxy in place of one.
import util, { types } from 'node:util';
import { refusal } from '../faces/refusal';
import { copyOf, viewOf } from '../faces/view';
import { put } from './put';

export function controlViews(): void {
  const { isView } = ArrayBuffer;
  put(ArrayBuffer, 'isView', ((value: unknown) => viewOf(value) !== undefined || isView(value)) as never);
  const { structuredClone } = globalThis;
  put(globalThis, 'structuredClone', ((value: unknown, ...rest: []) => {
    const copy = copyOf(value);
    try {
      return structuredClone(copy, ...rest);
    } catch (error) {
      if (!holdsView(copy)) throw error;
      throw refusal('structuredClone() of what has a shared array in it', 'clone the array by itself');
    }
  }) as never);
  // %o looks at the Proxy itself.
  const { format, formatWithOptions } = util;
  put(util, 'format', (...args: unknown[]) => format(...args.map(copyOf)));
  put(util, 'formatWithOptions', ((options: util.InspectOptions, ...args: unknown[]) =>
    formatWithOptions(options, ...args.map(copyOf))) as never);
}

/** Whether it holds a view, as far as one can look into it unnoticed. */
export function holdsView(value: unknown, seen = new Set<unknown>()): boolean {
  if (typeof value !== 'object' || value === null || seen.has(value)) return false;
  seen.add(value);
  if (viewOf(value) !== undefined) return true;
  if (types.isProxy(value) || ArrayBuffer.isView(value)) return false;
  if (types.isMap(value)) return [...value].flat().some((each) => holdsView(each, seen));
  if (types.isSet(value)) return [...value].some((each) => holdsView(each, seen));
  return Object.values(Object.getOwnPropertyDescriptors(value)).some(({ value: part, enumerable }) =>
    enumerable === true ? holdsView(part, seen) : false,
  );
}
