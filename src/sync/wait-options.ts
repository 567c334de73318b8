// What every wait of this folder accepts, and what its acquisitions have in common.
import { checkOptionsOf } from '../given';
import type { Subject } from '../objects/subject';
import { timeoutOf, type Waiting } from '../waiting/wake';

/** How long a wait may last, and what gives it up. */
export interface WaitOptions {
  /** Milliseconds. 0 or less: only try. */
  timeout?: number;
  /** Gives the wait up. */
  signal?: AbortSignal;
}

/** The options of a wait that ends only with success. */
export type Untimed<Options extends WaitOptions> = Options & {
  /** A wait with a timeout may end without success. */
  timeout?: never;
};

/** One acquisition. `using held = await lock.acquire()` releases it at the end of the block. */
export interface Held extends Disposable {
  /** Gives back what was acquired. Saying it again does nothing, and a later acquisition is not touched. */
  release(): void;
}

/** `kind`: what its options are called, as given.ts lists them. */
export function waitingFor(
  what: string,
  options: WaitOptions | undefined,
  subject: Subject,
  kind: 'wait' | 'acquire' = 'wait',
): Waiting {
  checkOptionsOf(kind, options);
  return { what, timeoutMs: timeoutOf(options?.timeout), signal: options?.signal, subject };
}
