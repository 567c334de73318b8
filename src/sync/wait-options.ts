// What every wait of this folder accepts, and what its acquisitions have in common.
import { checkOptionsOf } from '../given';
import type { Subject } from '../objects/subject';
import { timeoutOf, type Waiting } from '../waiting/wake';

/** How long a wait may last, and what gives it up. */
export interface WaitOptions {
  /** Milliseconds; with 0 or less the call only tries. */
  timeout?: number;
  /** Gives the wait up when it is aborted. */
  signal?: AbortSignal;
}

/** The options of a wait that ends only with success. */
export type Untimed<Options extends WaitOptions> = Options & {
  /** A wait with a timeout may end without success. */
  timeout?: never;
};

/**
 * What acquire() resolves to: `using held = await lock.acquire()` releases the lock at the end of the block.
 */
export interface Held extends Disposable {
  /** Releases what was acquired. Calling it again does nothing, and a later acquisition is not touched. */
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
