// Everything that a pool and one of its workers say to each other: orders through one queue, answers through another.

export type Outcome = { value: unknown } | { error: unknown };

export type Order =
  /** The function of a call, once for each worker. */
  | { type: 'learn'; call: number; program: Uint8Array }
  /** `spread`: each item is a list of arguments. Output goes under the host's `tag`. */
  | { type: 'run'; call: number; spread: boolean; tag: string; items: unknown[] }
  | { type: 'forget'; call: number }
  | { type: 'end' };

/** `run` gets exactly one of the last three, in the order of the orders. */
export type Answer =
  | { type: 'ready' }
  | { type: 'failedToStart'; error: unknown }
  | { type: 'returned'; tookMs: number; values: unknown[] }
  | { type: 'settled'; tookMs: number; outcomes: Outcome[] }
  | { type: 'refused'; error: unknown };
