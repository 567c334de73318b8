// RLock, as a program under control sees it: a Lock to the others, while which task has it and how often is
// the process's own affair.

import { NotOwnerError } from '../../errors';
import { checkFunction, checkOptionsOf } from '../../given';
import { type Handle, type Shareable, toHandle } from '../../objects/handle';
import type { NameOption } from '../../objects/shared-object';
import type { AcquireOptions, Held } from '../../sync/lock';
import type { RLock as RealRLock } from '../../sync/rlock';
import { continueAs, currentTask, newTask, type Task, THREAD } from '../../sync/task';
import type { Untimed } from '../../sync/wait-options';
import { showAs } from '../../system/show-as';
import { Lock } from './lock';
import type { Public } from './public';
import { type At, indexOf, keyOf, remember } from './thing';

export class RLock implements Shareable, Public<RealRLock, 'checkOwner' | 'suspend' | 'base'> {
  readonly #lock: Lock;
  #owner: Task = THREAD;
  #depth = 0;
  #ownership = {};

  constructor(made: NameOption | At = {}) {
    this.#lock = new Lock(made, 'RLock');
    remember(keyOf('rlock', indexOf(this.#lock)), this);
  }

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

  acquireSync(options?: Untimed<AcquireOptions>): Held;
  acquireSync(options: AcquireOptions): Held | false;
  acquireSync(options: AcquireOptions = {}): Held | false {
    checkOptionsOf('acquire', options);
    if (this.#isMine()) return this.#again();
    return this.#lock.acquireSync(options) === false ? false : this.#first(currentTask());
  }

  release(): void {
    this.checkOwner('RLock.release()');
    this.#releaseOne();
  }

  locked(): boolean {
    return this.#depth > 0 || this.#lock.locked();
  }

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
    return { ...this.#lock[toHandle](), type: 'rlock' };
  }

  /** For Condition too, whose methods need the lock to be held. */
  checkOwner(method: string): void {
    if (this.#isMine()) return;
    const owner = this.#depth > 0 ? 'another task of this process' : this.#lock.owner();
    throw new NotOwnerError(method, owner === 'nobody' ? undefined : owner);
  }

  /** For Condition: gives the lock back however often it was taken; what it returns makes it as it was. */
  suspend(): () => void {
    const owner = this.#owner;
    const depth = this.#depth;
    const ownership = this.#ownership;
    this.#depth = 0;
    this.#lock.release();
    return () => {
      this.#owner = owner;
      this.#depth = depth;
      this.#ownership = ownership;
    };
  }

  /** For Condition: the lock that the waits of this one go to. */
  get base(): Lock {
    return this.#lock;
  }

  async #acquireFor(task: Task, options: AcquireOptions | undefined): Promise<Held | false> {
    const taken = await (options === undefined ? this.#lock.acquire() : this.#lock.acquire(options));
    return taken === false ? false : this.#first(task);
  }

  #isMine(): boolean {
    return this.#depth > 0 && this.#owner === currentTask();
  }

  #first(task: Task): Held {
    this.#owner = task;
    this.#depth = 0;
    this.#ownership = {};
    return this.#again();
  }

  #again(): Held {
    this.#depth++;
    const ownership = this.#ownership;
    let isReleased = false;
    const release = () => {
      if (isReleased) return;
      isReleased = true;
      if (this.#ownership === ownership && this.#depth > 0) this.#releaseOne();
    };
    return { release, [Symbol.dispose]: release };
  }

  #releaseOne(): void {
    this.#depth--;
    if (this.#depth === 0) this.#lock.release();
  }
}

showAs(RLock.prototype, (lock: RLock) => `<RLock ${lock.base.state}>`);
