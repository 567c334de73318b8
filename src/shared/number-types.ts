// The kinds of numbers that shared data is made of: TypeScript's names, and Python's typecodes for the same.
import { InvalidArgumentError } from '../errors';

/** Each name says the typed array that holds such numbers. */
interface TypedArrays {
  int8: Int8Array;
  uint8: Uint8Array;
  int16: Int16Array;
  uint16: Uint16Array;
  int32: Int32Array;
  uint32: Uint32Array;
  float32: Float32Array;
  float64: Float64Array;
  bigint64: BigInt64Array;
  biguint64: BigUint64Array;
}
/** The kinds of numbers, by the names of their typed arrays: 'int32', 'float64' … */
export type NumberType = keyof TypedArrays;

/** The codes mean what they mean in ctypes on a 64-bit system. 'c' and 'B' are both bytes. */
const codes = {
  c: 'uint8',
  b: 'int8',
  B: 'uint8',
  h: 'int16',
  H: 'uint16',
  i: 'int32',
  I: 'uint32',
  l: 'bigint64',
  L: 'biguint64',
  q: 'bigint64',
  Q: 'biguint64',
  f: 'float32',
  d: 'float64',
} as const;
/** Python's letters for the same: 'i' is 'int32', 'd' is 'float64', 'l' and 'q' are 'bigint64'. */
export type TypeCode = keyof typeof codes;

/** What a Value or an array can be made of. */
export type AnyType = NumberType | TypeCode;
type TypeNamed<T extends AnyType> = T extends TypeCode ? (typeof codes)[T] : T extends NumberType ? T : never;
/** The typed array that holds numbers of this type. */
export type ArrayOf<T extends AnyType> = TypedArrays[TypeNamed<T>];
/** number, or bigint for the 64-bit integers. */
export type ElementOf<T extends AnyType> = TypeNamed<T> extends 'bigint64' | 'biguint64' ? bigint : number;

export type AnyTypedArray = TypedArrays[NumberType];
export type ArrayClass = new (buffer: ArrayBufferLike, byteOffset: number, length: number) => AnyTypedArray;

export const arrayClasses: Readonly<Record<NumberType, ArrayClass & { BYTES_PER_ELEMENT: number }>> = {
  int8: Int8Array,
  uint8: Uint8Array,
  int16: Int16Array,
  uint16: Uint16Array,
  int32: Int32Array,
  uint32: Uint32Array,
  float32: Float32Array,
  float64: Float64Array,
  bigint64: BigInt64Array,
  biguint64: BigUint64Array,
};

export function typeNamed(type: string): NumberType {
  if (Object.hasOwn(arrayClasses, type)) return type as NumberType;
  if (Object.hasOwn(codes, type)) return codes[type as TypeCode];
  throw new InvalidArgumentError(
    'type',
    `one of '${Object.keys(arrayClasses).join("', '")}', or one of Python's letters ${Object.keys(codes).join(' ')}`,
    type,
  );
}

/** A typed array would make a number of anything: what is no number would be 0, and a fraction cut off. */
export class NumberCheck {
  readonly #type: string;
  readonly #isBig: boolean;
  readonly #isWhole: boolean;

  /** `type`: as it was named. */
  constructor(type: string) {
    const name = typeNamed(type);
    this.#type = type;
    this.#isBig = name.startsWith('big');
    this.#isWhole = !name.startsWith('float');
  }

  suits(value: unknown): boolean {
    if (this.#isBig) return typeof value === 'bigint';
    return typeof value === 'number' && (!this.#isWhole || Number.isInteger(value));
  }

  /** Throws unless it suits. */
  check(argument: string, value: unknown): void {
    if (this.suits(value)) return;
    const kind = this.#isBig ? 'a bigint such as 1n' : this.#isWhole ? 'a whole number' : 'a number';
    throw new InvalidArgumentError(argument, `${kind}, as its type is '${this.#type}'`, value);
  }

  /** Checks the elements of an array; the error names the first that does not suit. */
  checkAll(elements: readonly unknown[]): void {
    const wrong = elements.findIndex((element) => !this.suits(element));
    if (wrong >= 0) this.check(`initial[${wrong}]`, elements[wrong]);
  }
}

/**
 * What an array begins with: zeros of a length, or elements.
 *
 * @throws InvalidArgumentError for anything else.
 */
export function checkedInitial(
  type: string,
  initial: unknown,
): { length: number; elements: readonly (number | bigint)[] | undefined } {
  if (isIterable(initial)) {
    const elements = Array.from(initial) as (number | bigint)[];
    new NumberCheck(type).checkAll(elements);
    return { length: elements.length, elements };
  }
  if (typeof initial !== 'number' || !Number.isInteger(initial) || initial < 0) {
    throw new InvalidArgumentError('initial', 'a length of 0 or more, or the elements', initial);
  }
  return { length: initial, elements: undefined };
}

/** Whether it gives its elements one after the other; a text does not count. */
export function isIterable(value: unknown): value is Iterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.iterator in value;
}

/** The type of the numbers of such an array. */
export function typeOfArray(array: AnyTypedArray): NumberType {
  const names = Object.keys(arrayClasses) as NumberType[];
  return names.find((name) => arrayClasses[name] === array.constructor) ?? 'uint8';
}
