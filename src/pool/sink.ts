// Who waits for the outcomes of a call, as the call sees it.

import type { Outcome, Values } from './conversation';

/** Of some items in a row: what each returned, or what became of each if that is not all. */
export type Results = { values: Values } | { outcomes: readonly Outcome[] };

/** Who waits for the outcomes. */
export interface Sink {
  /** After an error nothing more is given out. */
  readonly stopsAtError: boolean;
  /** How many items may be on their way to it; everybody should get two parts of them. */
  readonly ahead: number;
  /** How many more items it can take now. */
  room(): number;
  gaveOut(count: number): void;
  /** From now on it can take any number. */
  keepAll(): void;
  arrived(first: number, results: Results): void;
  finished(): void;
  /** Nothing more will arrive. */
  failed(error: unknown): void;
}
