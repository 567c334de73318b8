// A lock that its owner may take again. Between threads and processes it is a Lock; which task of the thread
// that has it is the owner, and how often it took it, concerns this thread alone and lies in its own memory.

import { NotOwnerError } from '../errors';
import { checkFunction, checkOptionsOf } from '../given';
import { construct } from '../objects/construct';
import { type Handle, registerHandle, remember, type Shareable, toHandle } from '../objects/handle';
import { Existing, type NameOption } from '../objects/shared-object';
import { showAs } from '../system/show-as';
import { type AcquireOptions, Lock } from './lock';
import { continueAs, currentTask, newTask, type Task, THREAD } from './task';
import type { Held, Untimed } from './wait-options';

/**
 * A Lock that its owner may acquire again while holding it, and releases as often. Python's
 * `multiprocessing.RLock`. The owner is a task: the code that awaited `acquire()` and all that it calls.
 * Other tasks of the same thread wait, as other processes do. What `acquireSync()` takes outside of such a
 * task belongs to the thread, as in Python.
 *
 * @example
 * const lock = new RLock();
 * const inner = () => lock.with(() => 'twice, and no wait');
 * console.log(await lock.with(inner)); // → twice, and no wait
 * lock.release(); // throws NotOwnerError: …nobody holds it…
 */
export class RLock implements Shareable {
  readonly #lock: Lock;
  #owner: Task = THREAD;
  #depth = 0;
  #ownership = {};

  /** Makes a lock that is free. */
  constructor(options?: NameOption);
  // Beyond its type: for restoring one of another process, and for what is built on it.
  constructor(options: NameOption | Existing = {}) {
    this.#lock = construct(Lock, options, 'RLock');
    if (!(options instanceof Existing)) remember(this, this[toHandle]());
  }

  /**
   * Waits until the lock is free or this task's already, and takes it; with `timeout` (ms), resolves to false
   * when the time is up. Throws LockOwnerDiedError when its owner died with it, and WaitAbortedError when
   * `signal` is aborted.
   */
  acquire(options?: Untimed<AcquireOptions>): Promise<Held>;
  acquire(options: AcquireOptions): Promise<Held | false>;
  acquire(options?: AcquireOptions): Promise<Held | false> {
    checkOptionsOf('acquire', options);
    if (this.#isMine()) return Promise.resolve(this.#again());
    const running = currentTask();
    if (running !== THREAD) return this.#acquireFor(running, options);
    const task = newTask();
    return continueAs(task, this.#acquireFor(task, options));
  }

  /** As acquire(), but blocks this thread while it waits. */
  acquireSync(options?: Untimed<AcquireOptions>): Held;
  acquireSync(options: AcquireOptions): Held | false;
  acquireSync(options: AcquireOptions = {}): Held | false {
    checkOptionsOf('acquire', options);
    if (this.#isMine()) return this.#again();
    return this.#lock.acquireSync(options) === false ? false : this.#first(currentTask());
  }

  /**
   * Undoes one acquire(); the last release() frees the lock.
   *
   * @throws NotOwnerError if this task does not hold it.
   */
  release(): void {
    this.checkOwner('RLock.release()');
    this.#releaseOne();
  }

  /** Whether the lock is held. */
  locked(): boolean {
    return this.#lock.locked();
  }

  /** Runs `body` while holding the lock, and releases it whatever happens. */
  async with<T>(body: () => T | PromiseLike<T>, options?: Untimed<AcquireOptions>): Promise<T> {
    checkFunction('body', body);
    const held = await this.acquire(options);
    try {
      return await body();
    } finally {
      held.release();
    }
  }

  /** @internal */
  [toHandle](): Handle {
    return { ...this.#lock[toHandle](), kind: 'rlock' };
  }

  /**
   * For Condition too, whose methods need the lock to be held.
   *
   * @internal
   */
  checkOwner(method: string): void {
    if (this.#isMine()) return;
    if (!this.locked()) throw new NotOwnerError(method, undefined);
    throw new NotOwnerError(
      method,
      this.#lock.isHeldHere() ? 'another task of this process' : 'another process',
    );
  }

  /**
   * For Condition: gives the lock back however often it was taken; what it returns makes it as it was.
   *
   * @internal
   */
  suspend(): () => void {
    const owner = this.#owner;
    const depth = this.#depth;
    const ownership = this.#ownership;
    this.#depth = 0;
    held.delete(this);
    this.#lock.release();
    return () => {
      this.#owner = owner;
      this.#depth = depth;
      this.#ownership = ownership;
      held.add(this);
    };
  }

  /**
   * For Condition: the lock that the waits of this one go to.
   *
   * @internal
   */
  get base(): Lock {
    return this.#lock;
  }

  async #acquireFor(task: Task, options: AcquireOptions | undefined): Promise<Held | false> {
    const taken = await (options === undefined ? this.#lock.acquire() : this.#lock.acquire(options));
    return taken === false ? false : this.#first(task);
  }

  #isMine(): boolean {
    return this.#depth > 0 && this.#owner === currentTask() && this.#lock.isHeldHere();
  }

  #first(task: Task): Held {
    this.#owner = task;
    this.#depth = 0;
    this.#ownership = {};
    held.add(this);
    return this.#again();
  }

  #again(): Held {
    this.#depth++;
    const ownership = this.#ownership;
    let isReleased = false;
    // It works not only in the owner's task: a task that was handed the acquisition may end it, but not a
    // later owner's.
    const release = () => {
      if (isReleased) return;
      isReleased = true;
      if (this.#ownership === ownership && this.#depth > 0) this.#releaseOne();
    };
    return { release, [Symbol.dispose]: release };
  }

  #releaseOne(): void {
    this.#depth--;
    if (this.#depth > 0) return;
    held.delete(this);
    this.#lock.release();
  }
}

// A held lock must stay this very object: another one, restored from a handle, would not know its owner.
const held = new Set<RLock>();

showAs(RLock.prototype, (lock: RLock) => `<RLock ${lock.base.state}>`);

registerHandle('rlock', (handle) => new RLock(new Existing(handle)));
