// A number of permits between processes: acquire() takes one and waits while there is none.

import { InvalidArgumentError } from '../errors';
import { checkFunction, checkOptionsOf } from '../given';
import { SLICE_MS } from '../memory/memory';
import { registerHandle } from '../objects/handle';
import { Existing, type NameOption, SharedObject } from '../objects/shared-object';
import type { Subject } from '../objects/subject';
import { showAs } from '../system/show-as';
import { performance } from '../system/timers';
import { isTracing } from '../trace/area';
import { acquired, releasing } from '../trace/points';
import { WAIT_OBJECT_BYTES, WaitObject } from '../waiting/wait-object';
import { timedOut, waitUntil, waitUntilSync } from '../waiting/wake';
import { MOST_PERMITS, PERMITS_BYTES, Permits } from './permits';
import { type Held, type Untimed, type WaitOptions, waitingFor } from './wait-options';

/**
 * Lets as many processes at a time into a part of a program as it has permits. Python's
 * `multiprocessing.Semaphore`. A process that dies gives back the permits it holds, as long as every
 * release() came from a process that held one. From the first release() by another on, the semaphore is a
 * signal between processes: then it is unknown whose permit it was, and what a dead process had taken stays
 * taken.
 *
 * @example
 * const seats = new Semaphore(2);
 * const first = await seats.acquire();
 * await seats.acquire();
 * console.log(seats.getValue(), await seats.acquire({ timeout: 10 })); // → 0 false
 * first.release();
 * console.log(seats.locked()); // → false
 */
export class Semaphore extends SharedObject {
  protected readonly permits: Permits;
  protected readonly limit: number = MOST_PERMITS;
  readonly #waiters: WaitObject;

  /** Makes a semaphore with so many permits. */
  constructor(value?: number, options?: NameOption);
  // Beyond its type: for restoring one of another process, and for what is built on it.
  constructor(value = 1, options: NameOption | Existing = {}, kind = 'semaphore') {
    if (!Number.isInteger(value) || value < 0 || value > MOST_PERMITS) {
      throw new InvalidArgumentError('value', `a whole number from 0 to ${MOST_PERMITS}`, value);
    }
    super(kind, { sizeBytes: WAIT_OBJECT_BYTES + PERMITS_BYTES, className: new.target.name }, options);
    this.#waiters = new WaitObject(this.memory, this.offset, this.traced);
    this.permits = new Permits(this.memory, this.offset + WAIT_OBJECT_BYTES);
    if (!(options instanceof Existing)) this.permits.initialize(value);
  }

  /**
   * Waits until a permit is free, and takes it; with `timeout` (milliseconds), resolves to false when the
   * time is up.
   *
   * @throws WaitAbortedError when `signal` is aborted; DeadlockError if no process is left that could give a
   * permit.
   */
  acquire(options?: Untimed<WaitOptions>): Promise<Held>;
  acquire(options: WaitOptions): Promise<Held | false>;
  acquire(options?: WaitOptions): Promise<Held | false> {
    // Tasks of this process that wait already come first.
    if (options === undefined && this.#waiters.local.size === 0 && this.permits.take()) {
      return Promise.resolve(this.#hold());
    }
    return this.#acquireSlowly(options);
  }

  /** As acquire(), but blocks this thread while it waits. */
  acquireSync(options?: Untimed<WaitOptions>): Held;
  acquireSync(options: WaitOptions): Held | false;
  acquireSync(options?: WaitOptions): Held | false {
    checkOptionsOf('wait', options);
    if (this.permits.take()) return this.#hold();
    const waiting = waitingFor('Semaphore.acquireSync()', options, this.#subject);
    const taken = waitUntilSync(this.#attempt(), this.#waiters, waiting);
    return taken === timedOut ? false : taken;
  }

  /**
   * Gives `count` permits back. They need not be this process's own: as in Python there may be more than at
   * first.
   *
   * @throws InvalidArgumentError if `count` is not a whole number from 1.
   */
  release(count = 1): void {
    if (!Number.isInteger(count) || count < 1)
      throw new InvalidArgumentError('count', 'a whole number from 1', count);
    for (let given = 0; given < count; given++) {
      if (isTracing() && this.permits.value < this.limit) releasing(this.traced);
      if (!this.permits.give(this.limit)) throw this.tooOften();
      this.#waiters.notify();
    }
  }

  /** How many permits are free; it may have changed by the time you look at it. */
  getValue(): number {
    this.#reclaim();
    return this.permits.value;
  }

  /** Whether acquire() would have to wait. */
  locked(): boolean {
    return this.getValue() === 0;
  }

  /** Runs `body` while holding a permit, and gives it back whatever happens. */
  async with<T>(body: () => T | PromiseLike<T>, options?: Untimed<WaitOptions>): Promise<T> {
    checkFunction('body', body);
    const held = await this.acquire(options);
    try {
      return await body();
    } finally {
      held.release();
    }
  }

  /** @internal */
  protected tooOften(): Error {
    return new InvalidArgumentError('the number of permits', `at most ${MOST_PERMITS}`, MOST_PERMITS + 1);
  }

  async #acquireSlowly(options: WaitOptions | undefined): Promise<Held | false> {
    const waiting = waitingFor('Semaphore.acquire()', options, this.#subject);
    const taken = await waitUntil(this.#attempt(), this.#waiters, waiting);
    return taken === timedOut ? false : taken;
  }

  get #subject(): Subject {
    return this.subject(this.constructor.name);
  }

  #attempt(): () => Held | undefined {
    let lookForDeadAt = 0;
    return () => {
      if (!this.permits.take()) {
        if (performance.now() < lookForDeadAt) return undefined;
        lookForDeadAt = performance.now() + SLICE_MS / 2;
        if (!this.#reclaim() || !this.permits.take()) return undefined;
      }
      // One notice may stand for several permits, so whoever gets one passes it on.
      if (this.permits.value > 0) this.#waiters.notify();
      return this.#hold();
    };
  }

  #reclaim(): boolean {
    if (this.permits.reclaim() === 0) return false;
    this.#waiters.notifyAll();
    return true;
  }

  #hold(): Held {
    if (isTracing()) acquired(this.traced);
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

registerHandle('semaphore', (handle) => new Semaphore(0, new Existing(handle)));
