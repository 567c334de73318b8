// How a shared array is shown inside something else. Who shows it looks past the Proxy and asks what lies
// behind, which has no elements: that gives a copy, as a print of the array alone does, or refuses.
import { inspect } from 'node:util';
import { isControlled } from '../operations';
import { refusal } from './refusal';

interface Showing {
  readonly kind: string;
  /** Returns a copy with so many of its elements, at most, read. */
  copy(most: number): object;
}

const { toStringTag } = Symbol;

/** Whether the key is what letShow() gave it, which is not seen through the Proxy. */
export function isForShowing(key: string | symbol): boolean {
  return key === inspect.custom || key === toStringTag;
}

export function letShow(target: object, { kind, copy }: Showing): void {
  Object.defineProperties(target, {
    [inspect.custom]: {
      value(this: object, depth: number, { maxArrayLength }: { maxArrayLength?: number | null }) {
        if (!isControlled()) return `[${kind} of an explored program]`;
        if (this === target) throw refusal('showProxy of a shared array', 'show it without');
        // Deeper than what is shown it is told by its name alone.
        return copy(depth < 0 ? 0 : (maxArrayLength ?? Number.POSITIVE_INFINITY));
      },
      configurable: true,
    },
    // Asked of the target alone, and only where the other is not asked.
    [toStringTag]: {
      get() {
        if (!isControlled()) return kind;
        throw refusal('customInspect: false for what has a shared array in it', 'show it without');
      },
      configurable: true,
    },
  });
}
