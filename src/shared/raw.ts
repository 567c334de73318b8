// Numbers in shared memory without a lock.
import { InvalidArgumentError } from '../errors';
import { type Composite, type Parts, registerComposite, toParts } from '../memory/handle';
import { createShared } from '../memory/shared-buffer';
import {
  type AnyType,
  type AnyTypedArray,
  type ArrayOf,
  arrayClasses,
  type ElementOf,
  typeNamed,
} from './number-types';

export type Initial<T extends AnyType> = number | Iterable<ElementOf<T>>;

interface RawArrayConstructor {
  /**
   * A typed array in shared memory, of zeros (`initial` is a length) or with the given elements. Every process that gets
   * it, or any view of its buffer, as an argument or by closure sees the same memory; nothing is copied. Python: RawArray.
   * @throws InvalidArgumentError for an unknown type or a length that is none.
   */
  new <T extends AnyType>(type: T, initial: Initial<T>): ArrayOf<T>;
}

/** A typed array that processes share. */
export const RawArray = function RawArray(type: AnyType, initial: Initial<AnyType>): AnyTypedArray {
  return allocateArray(type, initial);
} as unknown as RawArrayConstructor;

export function allocateArray(type: AnyType, initial: Initial<AnyType>): AnyTypedArray {
  const Class = arrayClasses[typeNamed(type)];
  const elements = typeof initial === 'number' ? undefined : Array.from(initial);
  const length = elements?.length ?? Number(initial);
  if (!Number.isInteger(length) || length < 0) {
    throw new InvalidArgumentError('initial', 'a length of 0 or more, or the elements', initial);
  }
  const array = createShared(
    length * Class.BYTES_PER_ELEMENT,
    (buffer, byteOffset) => new Class(buffer, byteOffset, length),
  );
  // By hand: the common type of all typed arrays takes neither numbers nor bigints.
  elements?.forEach((element, index) => {
    (array as { [index: number]: number | bigint })[index] = element;
  });
  return array;
}

/** One number in shared memory, without a lock. Python: RawValue. */
export class RawValue<T extends AnyType = AnyType> implements Composite {
  readonly #array: { [index: number]: ElementOf<T> };

  /**
   * `type` may also be a typed array in shared memory, whose first element is then the number.
   * @throws InvalidArgumentError for an unknown type.
   */
  constructor(type: T | ArrayOf<T>, initial?: ElementOf<T>) {
    const array = typeof type === 'string' ? allocateArray(type, 1) : type;
    this.#array = array as unknown as { [index: number]: ElementOf<T> };
    if (initial !== undefined) this.#array[0] = initial;
  }

  /** Reading and writing are whole, never half; `value += 1` is a reading and a writing, and another may come between. */
  get value(): ElementOf<T> {
    return this.#array[0] as ElementOf<T>;
  }

  set value(value: ElementOf<T>) {
    this.#array[0] = value;
  }

  [toParts](): Parts {
    return { kind: 'raw-value', parts: [this.#array] };
  }
}

registerComposite('raw-value', ([array]) => new RawValue(array as AnyTypedArray));
