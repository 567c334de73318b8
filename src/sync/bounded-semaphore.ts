// A semaphore that notices when more is released than was acquired.
import { ReleasedTooOftenError } from '../errors';
import { registerHandle } from '../memory/handle';
import { Existing } from '../memory/shared-object';
import { Semaphore } from './semaphore';

/**
 * Python's `multiprocessing.BoundedSemaphore`: a Semaphore that notices when more is released than was acquired.
 *
 * @example
 * const seats = new BoundedSemaphore(1);
 * const seat = await seats.acquire();
 * seat.release();
 * seats.release(); // throws ReleasedTooOftenError: …all of its 1 permits are free…
 */
export class BoundedSemaphore extends Semaphore {
  protected override readonly limit: number;

  constructor(value = 1, existing?: Existing) {
    super(value, existing, 'bounded-semaphore');
    if (existing === undefined) this.permits.limit = value;
    this.limit = this.permits.limit;
  }

  protected override tooOften(): Error {
    return new ReleasedTooOftenError(this.limit);
  }
}

registerHandle('bounded-semaphore', (handle) => new BoundedSemaphore(0, new Existing(handle)));
