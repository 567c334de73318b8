// What waits for the outcomes of a call, as the call sees it.

import type { Outcome, Values } from './conversation';

/** The results of some items in a row: what each returned, or what became of each if that is not all. */
export type Results = { values: Values } | { outcomes: readonly Outcome[] };

/** Waits for the outcomes. */
export interface Sink {
  /** Whether nothing more is given out after an error. */
  readonly stopsAtError: boolean;
  /** How many items may be on their way to it; everybody should get two parts of them. */
  readonly ahead: number;
  /** How many more items it can take now. */
  room(): number;
  gaveOut(count: number): void;
  /** Says that from now on it is to take any number. */
  keepAll(): void;
  arrived(first: number, results: Results): void;
  finished(): void;
  /** Says that nothing more will arrive, because of this error. */
  failed(error: unknown): void;
}
