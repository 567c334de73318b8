// Lock and RLock in the server of a manager. The owner is who called; when it dies, the lock is free and the
// next one hears of it.
import { inspect } from 'node:util';
import { LockOwnerDiedError, NotHeldError, NotOwnerError } from '../../errors';
import type { AcquireOptions } from '../../sync/lock';
import { type Caller, currentCaller, isSameCaller } from '../caller';
import { Waiters } from './waiters';

/** What a condition needs of its lock. */
interface SuspendableLock {
  checkOwner(method: string): void;
  /** Gives the lock back, however often it was taken. What it returns takes it again. */
  suspend(): () => Promise<void>;
}

export class ServedLock implements SuspendableLock {
  readonly #line = new Waiters();
  #owner: Caller | undefined;
  #dead: Caller | undefined;
  readonly #name: string;

  constructor(name = 'Lock') {
    this.#name = name;
  }

  async acquire({ timeout, onOwnerDied }: Omit<AcquireOptions, 'signal'> = {}): Promise<boolean> {
    const caller = currentCaller();
    const what = `${this.#name}.acquire()`;
    const { signal } = caller;
    const attempt = () => this.#take(caller, onOwnerDied === 'continue');
    return (await this.#line.wait(attempt, { what, timeout, signal })) === true;
  }

  release(): void {
    if (this.#owner === undefined) throw new NotHeldError(this.#name);
    this.#free();
  }

  locked(): boolean {
    return this.#owner !== undefined;
  }

  [inspect.custom](): string {
    return this.#owner === undefined ? 'free' : `held by ${this.#owner.client.name}`;
  }

  get owner(): Caller | undefined {
    return this.#owner;
  }

  checkOwner(method: string): void {
    if (this.#owner?.client === currentCaller().client) return;
    throw new NotOwnerError(method, this.#owner?.client.name);
  }

  suspend(): () => Promise<void> {
    const owner = this.#owner ?? currentCaller();
    this.#free();
    return async () => {
      // Even of a call that was given up: it ends with the lock held, as it began.
      const wait = { what: 'Condition.wait()', signal: owner.client.gone };
      await this.#line.wait(() => this.#take(owner, false), wait);
    };
  }

  #take(caller: Caller, evenAfterDeath: boolean): true | undefined {
    if (this.#owner !== undefined) return undefined;
    const dead = this.#dead;
    this.#dead = undefined;
    if (dead !== undefined && !evenAfterDeath) {
      throw new LockOwnerDiedError(dead.client.name, dead.client.pid);
    }
    this.#owner = caller;
    caller.client.gone.addEventListener('abort', this.#ownerDied);
    return true;
  }

  readonly #ownerDied = () => {
    this.#dead = this.#owner;
    this.#free();
  };

  #free(): void {
    this.#owner?.client.gone.removeEventListener('abort', this.#ownerDied);
    this.#owner = undefined;
    this.#line.look();
  }
}

export class ServedRLock implements SuspendableLock {
  readonly #lock = new ServedLock('RLock');
  #depth = 0;

  async acquire(options: Omit<AcquireOptions, 'signal'> = {}): Promise<boolean> {
    if (this.#isMine()) {
      this.#depth++;
      return true;
    }
    const taken = await this.#lock.acquire(options);
    if (taken) this.#depth = 1;
    return taken;
  }

  release(): void {
    this.checkOwner('RLock.release()');
    if (--this.#depth === 0) this.#lock.release();
  }

  locked(): boolean {
    return this.#lock.locked();
  }

  [inspect.custom](): string {
    return this.#lock[inspect.custom]();
  }

  checkOwner(method: string): void {
    if (!this.#isMine()) throw new NotOwnerError(method, this.#lock.owner?.client.name);
  }

  suspend(): () => Promise<void> {
    const depth = this.#depth;
    const retake = this.#lock.suspend();
    return async () => {
      await retake();
      this.#depth = depth;
    };
  }

  #isMine(): boolean {
    const { owner } = this.#lock;
    return owner !== undefined && isSameCaller(owner, currentCaller());
  }
}
