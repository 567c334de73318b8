// What runs in the thread of a line: each service does one kind of thing with the broker, and keeps the
// leases of it.
import type { Place } from '../address';
import type { Broker } from '../connection/broker';
import type { Names } from '../connection/names';

/** What a service is given when it is first asked. */
export interface Desk {
  readonly place: Place;
  readonly names: Names;
  /** By which others in the room know this process. */
  readonly processId: string;
  /** Connected. Rejects with the sentence why not; the next time it is tried anew. */
  broker(): Promise<Broker>;
  /** To whoever listens by `key` in this process; nobody else hears it. */
  tell(key: string, event: unknown, transfer?: ArrayBuffer[]): void;
  /** Each time that the connection was lost and is there again. */
  whenReconnected(then: () => void): void;
}

export interface Question {
  /**
   * Aborted when the one who asked gave up: what was not done by then must not be done, and the answer is due
   * at once.
   */
  readonly stop: AbortSignal;
  /**
   * Who blocked and was cut off, as an endless cell that is interrupted, never sees the answer: then `undo`
   * is called with it.
   */
  ifUnheard(undo: (answer: unknown) => unknown): void;
}

/** How long one who asked waits. */
export interface Patience {
  readonly stop: AbortSignal;
  /** Undefined: for ever. */
  readonly timeoutMs: number | undefined;
}

export type Operations = {
  readonly [operation: string]: (args: never, question: Question) => unknown;
};

export type OpenService = (desk: Desk) => Operations;

/** The answer to who gave up. */
export const GAVE_UP = 'gave up';
