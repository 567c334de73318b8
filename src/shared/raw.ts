// Numbers in shared memory without a lock.
import { type Composite, type Parts, registerComposite, toParts } from '../objects/handle';
import { createShared } from '../objects/shared-buffer';
import { showAs } from '../system/show-as';
import {
  type AnyType,
  type AnyTypedArray,
  type ArrayOf,
  arrayClasses,
  checkedInitial,
  type ElementOf,
  NumberCheck,
  typeNamed,
  typeOfArray,
} from './number-types';

/** A length, for zeros; or the elements. */
export type Initial<T extends AnyType> = number | Iterable<ElementOf<T>>;

interface RawArrayConstructor {
  /**
   * A typed array in shared memory, of zeros (`initial` is a length) or with the given elements.
   *
   * @throws InvalidArgumentError for an unknown type, a length that is none, or an element that is no number.
   */
  new <T extends AnyType>(type: T, initial: Initial<T>): ArrayOf<T>;
}

/**
 * Makes a typed array that processes share, without a lock. Python's `multiprocessing.RawArray`. Every
 * process that gets it, or any view of its buffer, as an argument or by closure sees the same memory; nothing
 * is copied.
 *
 * @example
 * const squares = new RawArray('int32', 4);
 * const child = new Process({ target: () => squares.forEach((_, i) => { squares[i] = i * i; }) });
 * child.start();
 * await child.join();
 * console.log([...squares]); // → [ 0, 1, 4, 9 ]
 */
export const RawArray = function RawArray(type: AnyType, initial: Initial<AnyType>): AnyTypedArray {
  return allocateArray(type, initial);
} as unknown as RawArrayConstructor;

export function allocateArray(type: AnyType, initial: Initial<AnyType>): AnyTypedArray {
  const Class = arrayClasses[typeNamed(type)];
  const { length, elements } = checkedInitial(type, initial);
  const array = createShared(
    length * Class.BYTES_PER_ELEMENT,
    (buffer, byteOffset) => new Class(buffer, byteOffset, length),
  );
  // It is done by hand: the common type of all typed arrays takes neither numbers nor bigints.
  elements?.forEach((element, index) => {
    (array as { [index: number]: number | bigint })[index] = element;
  });
  return array;
}

/** The name that the maker of a number gave to its type, for numbers that came from another process. */
const named = new WeakMap<object, string>();

/**
 * One number that processes share, without a lock. Python's `multiprocessing.RawValue`.
 *
 * @example
 * const answer = new RawValue('float64', 1);
 * const child = new Process({ target: () => { answer.value = 42; } });
 * child.start();
 * await child.join();
 * console.log(answer.value); // → 42
 */
export class RawValue<T extends AnyType = AnyType> implements Composite {
  readonly #array: { [index: number]: ElementOf<T> };
  /** The type as it was named, in Python's letters or by the typed array. */
  readonly #type: string;
  readonly #check: NumberCheck;

  /**
   * `type` may also be a typed array in shared memory, whose first element is then the number.
   * @throws InvalidArgumentError for an unknown type.
   */
  constructor(type: T | ArrayOf<T>, initial?: ElementOf<T>) {
    const array = ArrayBuffer.isView(type) ? type : allocateArray(type, 1);
    this.#type = ArrayBuffer.isView(type) ? (named.get(type) ?? typeOfArray(type)) : type;
    this.#array = array as unknown as { [index: number]: ElementOf<T> };
    this.#check = new NumberCheck(this.#type);
    if (initial !== undefined) this.value = initial;
  }

  /**
   * The number. Each reading or writing is whole; `value += 1` is one of each, and another process may come
   * between.
   */
  get value(): ElementOf<T> {
    return this.#array[0] as ElementOf<T>;
  }

  /**
   * Writes the number.
   * @throws InvalidArgumentError for what is no number, and for a fraction where the type has whole numbers.
   */
  set value(value: ElementOf<T>) {
    this.#check.check('value', value);
    this.#array[0] = value;
  }

  /** @internal */
  [toParts](): Parts {
    return { kind: 'raw-value', parts: [this.#array, this.#type] };
  }

  /**
   * 'i 42': of what type it is, and its number.
   *
   * @internal
   */
  get state(): string {
    return `${this.#type} ${this.value}`;
  }
}

showAs(RawValue.prototype, (raw: RawValue) => `<RawValue ${raw.state}>`);

registerComposite('raw-value', ([array, type]) => {
  named.set(array as AnyTypedArray, String(type));
  return new RawValue(array as AnyTypedArray);
});
