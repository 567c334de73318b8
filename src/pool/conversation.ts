// Everything that a pool and one of its workers say to each other: orders through one queue, answers through
// another.

export type Outcome = { value: unknown } | { error: unknown };

/** Nothing but numbers travels as one block. */
export type Values = readonly unknown[] | Float64Array;

export type Order =
  /** What calls have as their function, once for each worker. */
  | ({ type: 'learn'; program: number } & ProgramSent)
  | RunOrder
  /** No call will run this copy of a function any more. */
  | { type: 'forget'; call: number }
  | { type: 'unlearn'; program: number }
  | { type: 'end' };

export interface ProgramSent {
  bytes: Uint8Array;
  /** Whether what is made of its data is as good as new for the next call, if it is unchanged. */
  isKept: boolean;
}

export interface RunOrder {
  type: 'run';
  /** Which copy of the function is to run: a call has its own, unless the function is constant. */
  call: number;
  program: number;
  /** Each item is a list of arguments. */
  spread: boolean;
  /** Output goes under this tag of the host. */
  tag: string;
  items: Values;
  /** Which word of the claims is this chunk's. */
  turn: number;
  /** How many milliseconds later no more items are begun. */
  budgetMs: number;
  stopsAtError: boolean;
}

/**
 * `run` gets exactly one of the last three, in the order of the orders. What is missing at the end was not
 * begun.
 */
export type Answer =
  | { type: 'ready' }
  | { type: 'failedToStart'; error: unknown }
  | { type: 'returned'; tookMs: number; values: Values }
  | { type: 'settled'; tookMs: number; outcomes: Outcome[] }
  /** Nothing of the chunk was begun. */
  | { type: 'refused'; error: unknown };

/** The answers to an order. */
export type Reply = Exclude<Answer, { type: 'ready' | 'failedToStart' }>;

/**
 * Numbers as one block of memory, which costs a hundredth of values one by one. Else: the values themselves.
 */
export function pack(values: readonly unknown[]): Values {
  if (typeof values[0] !== 'number') return values;
  const numbers = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (typeof value !== 'number') return values;
    numbers[i] = value;
  }
  return numbers;
}

/** Numbers are not copied. */
export function valuesBetween(values: Values, from: number, to: number): Values {
  return values instanceof Float64Array ? values.subarray(from, to) : values.slice(from, to);
}
