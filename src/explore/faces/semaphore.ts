// Semaphore, as a program under control sees it.

import { InvalidArgumentError } from '../../errors';
import { checkFunction } from '../../given';
import type { NameOption } from '../../objects/shared-object';
import type { Semaphore as RealSemaphore } from '../../sync/semaphore';
import type { Held, Untimed, WaitOptions } from '../../sync/wait-options';
import { showAs } from '../../system/show-as';
import { MOST_PERMITS, permits } from '../machines/semaphore';
import { GAVE_UP, perform } from '../operations';
import type { Public } from './public';
import { type At, Thing } from './thing';
import { wait, waitingFor } from './waiting';

export class Semaphore extends Thing implements Public<RealSemaphore> {
  constructor(value = 1, made: NameOption | At = {}, type = 'semaphore', limit = MOST_PERMITS) {
    if (!Number.isInteger(value) || value < 0 || value > MOST_PERMITS) {
      throw new InvalidArgumentError('value', `a whole number from 0 to ${MOST_PERMITS}`, value);
    }
    super({ type, machine: 'semaphore', initial: permits(value, limit), className: new.target.name }, made);
  }

  acquire(options?: Untimed<WaitOptions>): Promise<Held>;
  acquire(options: WaitOptions): Promise<Held | false>;
  async acquire(options?: WaitOptions): Promise<Held | false> {
    const result = await wait('acquire', this.thing, [], waitingFor('Semaphore.acquire()', options));
    return this.#hold(result);
  }

  acquireSync(options?: Untimed<WaitOptions>): Held;
  acquireSync(options: WaitOptions): Held | false;
  acquireSync(options?: WaitOptions): Held | false {
    const { timeoutMs } = waitingFor('', options);
    return this.#hold(perform('acquire', this.thing, [], { timeoutMs }));
  }

  release(count = 1): void {
    if (!Number.isInteger(count) || count < 1)
      throw new InvalidArgumentError('count', 'a whole number from 1', count);
    this.do('release', count);
  }

  getValue(): number {
    return this.do('getValue') as number;
  }

  locked(): boolean {
    return this.getValue() === 0;
  }

  async with<T>(body: () => T | PromiseLike<T>, options?: Untimed<WaitOptions>): Promise<T> {
    checkFunction('body', body);
    const held = await this.acquire(options);
    try {
      return await body();
    } finally {
      held.release();
    }
  }

  #hold(result: unknown): Held | false {
    if (result === GAVE_UP) return false;
    let isReleased = false;
    const release = () => {
      if (isReleased) return;
      isReleased = true;
      this.release();
    };
    return { release, [Symbol.dispose]: release };
  }
}

showAs(Semaphore.prototype, (semaphore: Semaphore) => {
  return `<${semaphore.constructor.name} value=${semaphore.getValue()}>`;
});
