// The proxies of what is acquired. An acquisition is the same as everywhere: something to release, or to be
// used in a block.

import { checkOptionsOf } from '../given';
import type { AcquireOptions, Held } from '../sync/lock';
import { continueAs, currentTask, newTask, type Task, THREAD } from '../sync/task';
import type { Untimed, WaitOptions } from '../sync/wait-options';
import { performance } from '../system/timers';
import { BaseProxy, registerProxyClass } from './proxy';

/** Stands for a Lock, and is the base of all that is acquired. */
class AcquirableProxy extends BaseProxy {
  /** Resolves when it is ours; with `timeout` (ms), resolves to false when the time is up. */
  acquire(options?: Untimed<AcquireOptions>): Promise<Held>;
  acquire(options: AcquireOptions): Promise<Held | false>;
  acquire(options: AcquireOptions = {}): Promise<Held | false> {
    checkOptionsOf('acquire', options);
    return this.acquireAs(currentTask(), options);
  }

  /** As acquire(), but blocks this thread. */
  acquireSync(options?: Untimed<AcquireOptions>): Held;
  acquireSync(options: AcquireOptions): Held | false;
  acquireSync(given: AcquireOptions = {}): Held | false {
    checkOptionsOf('acquire', given);
    const { signal: _, ...options } = given;
    return this.callMethodSync('acquire', [options]) === true && this.#hold(currentTask());
  }

  /** Gives back what was acquired. */
  async release(): Promise<void> {
    await this.callMethod('release');
  }

  /** As release(), but blocks this thread. */
  releaseSync(): void {
    this.callMethodSync('release');
  }

  /** Whether acquire() would have to wait. */
  async locked(): Promise<boolean> {
    return (await this.callMethod('locked')) === true;
  }

  /** As locked(), but blocks this thread. */
  lockedSync(): boolean {
    return this.callMethodSync('locked') === true;
  }

  /** Runs `body` while holding it, and releases it whatever happens. */
  async with<T>(body: () => T | PromiseLike<T>, options?: Untimed<AcquireOptions>): Promise<T> {
    await this.acquire(options);
    try {
      return await body();
    } finally {
      await this.release();
    }
  }

  protected async acquireAs(task: Task, { signal, ...options }: AcquireOptions): Promise<Held | false> {
    return (await this.callMethod('acquire', [options], { signal, task })) === true && this.#hold(task);
  }

  #hold(task: Task): Held {
    let isReleased = false;
    const release = () => {
      if (isReleased) return;
      isReleased = true;
      // It is not waited for: whatever this process asks next is done after it.
      this.callMethod('release', [], { task }).catch(() => {});
    };
    return { release, [Symbol.dispose]: release };
  }
}

/** Stands for a lock in the server of a manager. */
export type LockProxy = AcquirableProxy;

/** Stands for a semaphore in the server of a manager. */
export class SemaphoreProxy extends AcquirableProxy {
  /** Gives `count` permits. */
  override async release(count = 1): Promise<void> {
    await this.callMethod('release', [count]);
  }

  /** As release(), but blocks this thread. */
  override releaseSync(count = 1): void {
    this.callMethodSync('release', [count]);
  }

  /** How many permits are free; it may have changed by the time you look at it. */
  override async getValue(): Promise<number> {
    return Number(await this.callMethod('getValue'));
  }

  /** As getValue(), but blocks this thread. */
  override getValueSync(): number {
    return Number(this.callMethodSync('getValue'));
  }
}

/** Stands for an RLock in the server of a manager. Its owner is a task, as for every RLock. */
export class RLockProxy extends AcquirableProxy {
  /** Does what acquire() of any lock does; the task that holds it gets it again at once. */
  override acquire(options?: Untimed<AcquireOptions>): Promise<Held>;
  override acquire(options: AcquireOptions): Promise<Held | false>;
  override acquire(options: AcquireOptions = {}): Promise<Held | false> {
    checkOptionsOf('acquire', options);
    if (currentTask() !== THREAD) return this.acquireAs(currentTask(), options);
    const task = newTask();
    return continueAs(task, this.acquireAs(task, options));
  }
}

/** Stands for a condition in the server of a manager. */
export class ConditionProxy extends RLockProxy {
  /**
   * Resolves to true after a notification, and with `timeout` (ms) to false when the time is up; the lock is
   * ours again then.
   * @throws NotOwnerError if it was not ours.
   */
  async wait(given: WaitOptions = {}): Promise<boolean> {
    checkOptionsOf('wait', given);
    const { signal, ...options } = given;
    return (await this.callMethod('wait', [options], { signal })) === true;
  }

  /** As wait(), but blocks this thread. */
  waitSync(given: WaitOptions = {}): boolean {
    checkOptionsOf('wait', given);
    const { signal: _, ...options } = given;
    return this.callMethodSync('wait', [options]) === true;
  }

  /**
   * Asks `predicate`, here, at first and after each notification, until it says something true or the time is
   * up.
   */
  async waitFor<T>(predicate: () => T | PromiseLike<T>, options: WaitOptions = {}): Promise<T> {
    checkOptionsOf('wait', options);
    const { timeout, signal } = options;
    const deadline = performance.now() + (timeout ?? Number.POSITIVE_INFINITY);
    for (;;) {
      const result = await predicate();
      const leftMs = deadline - performance.now();
      if (result || leftMs <= 0) return result;
      await this.wait({
        ...(timeout !== undefined && { timeout: leftMs }),
        ...(signal !== undefined && { signal }),
      });
    }
  }

  /** As waitFor(), but blocks this thread. */
  waitForSync<T>(predicate: () => T, options: WaitOptions = {}): T {
    checkOptionsOf('wait', options);
    const { timeout } = options;
    const deadline = performance.now() + (timeout ?? Number.POSITIVE_INFINITY);
    for (;;) {
      const result = predicate();
      const leftMs = deadline - performance.now();
      if (result || leftMs <= 0) return result;
      this.waitSync(timeout === undefined ? {} : { timeout: leftMs });
    }
  }

  /**
   * Wakes `count` of those who wait, or all if they are fewer.
   *
   * @throws NotOwnerError if the lock is not ours; InvalidArgumentError if `count` is not a whole number from
   * 0.
   */
  async notify(count = 1): Promise<void> {
    await this.callMethod('notify', [count]);
  }

  /** As notify(), but blocks this thread. */
  notifySync(count = 1): void {
    this.callMethodSync('notify', [count]);
  }

  /** As notify(), for all who wait. */
  async notifyAll(): Promise<void> {
    await this.callMethod('notifyAll');
  }

  /** As notifyAll(), but blocks this thread. */
  notifyAllSync(): void {
    this.callMethodSync('notifyAll');
  }
}

registerProxyClass('Lock', AcquirableProxy);
registerProxyClass('RLock', RLockProxy);
registerProxyClass('Semaphore', SemaphoreProxy);
registerProxyClass('BoundedSemaphore', SemaphoreProxy);
registerProxyClass('Condition', ConditionProxy);
