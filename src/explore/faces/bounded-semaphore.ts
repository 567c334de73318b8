// BoundedSemaphore, as a program under control sees it.
import type { NameOption } from '../../objects/shared-object';
import type { BoundedSemaphore as RealBoundedSemaphore } from '../../sync/bounded-semaphore';
import type { Public } from './public';
import { Semaphore } from './semaphore';
import type { At } from './thing';

export class BoundedSemaphore extends Semaphore implements Public<RealBoundedSemaphore> {
  constructor(value = 1, made: NameOption | At = {}) {
    super(value, made, 'bounded-semaphore', value);
  }
}
