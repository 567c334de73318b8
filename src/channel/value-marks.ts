// How plain values look as bytes: the marks that writer and reader share.

export const tag = {
  int32: 1,
  double: 2,
  string: 3,
  true: 4,
  false: 5,
  null: 6,
  undefined: 7,
  array: 8,
  object: 9,
  bigint: 10,
  date: 11,
  map: 12,
  set: 13,
  binary: 14,
} as const;

export const LATIN1 = 0;
export const UTF16 = 1;
// A key's first byte is its length, or one of these.
export const LONG_KEY = 254;
export const NO_MORE_KEYS = 255;

type BinaryType = { new (buffer: ArrayBuffer): ArrayBufferView; prototype: object };
export const binaryTypes: readonly BinaryType[] = [
  Uint8Array,
  Int8Array,
  Uint8ClampedArray,
  Uint16Array,
  Int16Array,
  Uint32Array,
  Int32Array,
  Float32Array,
  Float64Array,
  BigUint64Array,
  BigInt64Array,
  DataView,
];
export const BUFFER = 100;
export const ARRAY_BUFFER = 101;
