// Everything the kernel and its compiler process say to each other: questions in, one answer to each out, in
// order.

import type { Cells } from './cells';

export type Method = Exclude<keyof Cells, 'finish' | 'close'>;

/**
 * A call of one of the methods of `Cells`; a step of the rehearsal, whose answer says whether there is
 * another; or to give back what is garbage.
 */
export type Ask =
  | { [M in Method]: { method: M; args: Parameters<Cells[M]> } }[Method]
  | { method: 'rehearse' | 'tidy'; args: [] };

export type Answer =
  /** It is said once, before any other: the compiler is loaded. */
  { type: 'ready' } | { type: 'returned'; value: unknown } | { type: 'threw'; error: Error };

export const descriptors = { asks: 0, answers: 3 } as const;
