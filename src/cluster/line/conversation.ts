// Everything that the threads of a program and the thread of a line say to each other.
import type { MessagePort } from 'node:worker_threads';

export interface LineStart {
  url: string;
  port: MessagePort;
  /** For answers to who blocks: their number stands in `answered`, which it sleeps on. */
  syncPort: MessagePort;
  answered: Int32Array;
}

export type ToLine =
  /** An answer is expected. `isSync`: by the other port. */
  | { type: 'ask'; id: number; isSync: boolean; service: string; operation: string; args: unknown }
  /** None is. */
  | { type: 'say'; service: string; operation: string; args: unknown }
  /** The one who asked gave up: it is still answered, at once. */
  | { type: 'stop'; id: number }
  /** The one who blocked for it was cut off: nobody sees the answer. */
  | { type: 'abandon'; id: number }
  | { type: 'close' };

export type FromLine =
  | { type: 'returned'; id: number; value: unknown }
  | { type: 'threw'; id: number; failure: Failure }
  /** What a service says by itself, to who listens by that key. */
  | { type: 'told'; service: string; key: string; event: unknown }
  | { type: 'closed' };

/** An error, without its class. */
export interface Failure {
  readonly name: string;
  readonly code: string;
  readonly message: string;
  readonly stack?: string | undefined;
  /** What else it says, such as `pid`. */
  readonly facts: { readonly [name: string]: unknown };
}
