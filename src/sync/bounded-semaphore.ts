// A semaphore that notices when more is released than was acquired.
import { ReleasedTooOftenError } from '../errors';
import { registerHandle } from '../objects/handle';
import { Existing, type NameOption } from '../objects/shared-object';
import { Semaphore } from './semaphore';

/**
 * A Semaphore that throws when more is released than was acquired. Python's
 * `multiprocessing.BoundedSemaphore`.
 *
 * @example
 * const seats = new BoundedSemaphore(1);
 * const seat = await seats.acquire();
 * seat.release();
 * seats.release(); // throws ReleasedTooOftenError: …its one permit is free…
 */
export class BoundedSemaphore extends Semaphore {
  protected override readonly limit: number;

  /** Makes a semaphore as Semaphore's constructor does. */
  constructor(value?: number, options?: NameOption);
  // Beyond its type: for restoring one of another process, and for what is built on it.
  constructor(value = 1, options: NameOption | Existing = {}) {
    super(...([value, options, 'bounded-semaphore'] as unknown as [number, NameOption]));
    if (!(options instanceof Existing)) this.permits.limit = value;
    this.limit = this.permits.limit;
  }

  protected override tooOften(): Error {
    return new ReleasedTooOftenError(this.limit);
  }
}

registerHandle('bounded-semaphore', (handle) => new BoundedSemaphore(0, new Existing(handle)));
