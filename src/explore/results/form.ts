// The form of a result, which is what a program returns, as a text: the same for what is the same, so that
// orders are counted by it, and enough to compare and to show the value elsewhere as if it were the value
// itself. Functions and symbols are told by their names, instances by the names of their classes.

/** undefined, a truth value, a number or the like as it is; all that is not plain in JSON as a list. */
export type Part = null | boolean | number | string | readonly ['ref', number] | readonly [Mark, string];

/** What JSON cannot write: `undefined`, NaN and its kind, bigints and symbols. */
export type Mark = 'undefined' | 'number' | 'bigint' | 'symbol' | 'Symbol.for' | 'Symbol.';

/** Names of the classes above a value, the nearest first, as far as one of JavaScript's own; null: none. */
export type Ancestors = readonly (string | null)[];

export interface ResultNode {
  readonly kind: Kind;
  readonly ancestors: Ancestors;
  /** What belongs to its kind: the text of a date, the bytes of an array, the entries of a map. */
  readonly content: readonly Part[];
  /** Own properties that can be listed. */
  readonly properties: readonly (readonly [key: Part, value: Part])[];
  /** Own properties that are not listed and are compared all the same: the cause of an error. */
  readonly hidden: readonly (readonly [key: Part, value: Part])[];
}

export type Kind =
  | 'object'
  | 'array'
  | 'map'
  | 'set'
  | 'date'
  | 'regexp'
  | 'error'
  | 'boxed'
  | 'buffer'
  | 'view'
  | 'url'
  | 'function'
  | 'class'
  | 'told';

/** The classes that every program has. A subclass is told by its name, these are themselves. */
export const OWN_CLASSES: ReadonlyMap<object, string> = new Map(
  [
    Object,
    Array,
    Map,
    Set,
    Date,
    RegExp,
    Error,
    EvalError,
    RangeError,
    ReferenceError,
    SyntaxError,
    TypeError,
    URIError,
    AggregateError,
    Boolean,
    Number,
    String,
    BigInt,
    Symbol,
    Function,
    ArrayBuffer,
    DataView,
    Buffer,
    URL,
    Int8Array,
    Uint8Array,
    Uint8ClampedArray,
    Int16Array,
    Uint16Array,
    Int32Array,
    Uint32Array,
    Float32Array,
    Float64Array,
    BigInt64Array,
    BigUint64Array,
  ].map((each) => [each.prototype as object, each.name]),
);
