// Lock, as a program under control sees it.
import { checkFunction } from '../../given';
import type { NameOption } from '../../objects/shared-object';
import type { AcquireOptions, Held, Lock as RealLock } from '../../sync/lock';
import type { Untimed } from '../../sync/wait-options';
import { showAs } from '../../system/show-as';
import { FREE } from '../machines/rule';
import { GAVE_UP, perform } from '../operations';
import type { Public } from './public';
import { type At, Thing } from './thing';
import { wait, waitingFor } from './waiting';

const NOBODY = 0;

export class Lock extends Thing implements Public<RealLock, 'releaseIf' | 'isHeldHere' | 'suspend'> {
  readonly #kind: 'Lock' | 'RLock';
  // The acquisition that holds, by its number.
  #held = NOBODY;
  #acquisitions = NOBODY;

  constructor(made: NameOption | At = {}, kind: 'Lock' | 'RLock' = 'Lock') {
    super({ type: 'lock', machine: 'lock', initial: FREE, className: kind }, made);
    this.#kind = kind;
  }

  acquire(options?: Untimed<AcquireOptions>): Promise<Held>;
  acquire(options: AcquireOptions): Promise<Held | false>;
  async acquire(options?: AcquireOptions): Promise<Held | false> {
    const waiting = waitingFor(`${this.#kind}.acquire()`, options, 'acquire');
    return this.#hold(await wait('acquire', this.thing, [options?.onOwnerDied], waiting));
  }

  acquireSync(options?: Untimed<AcquireOptions>): Held;
  acquireSync(options: AcquireOptions): Held | false;
  acquireSync(options?: AcquireOptions): Held | false {
    const { timeoutMs } = waitingFor('', options, 'acquire');
    return this.#hold(perform('acquire', this.thing, [options?.onOwnerDied], { timeoutMs }));
  }

  release(): void {
    this.#held = NOBODY;
    this.do('release');
  }

  locked(): boolean {
    return this.do('locked') as boolean;
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
  get state(): string {
    return this.do('holder') as string;
  }

  /** 'nobody', 'me' or 'another process', as errors call it. */
  owner(): string {
    return this.do('owner') as string;
  }

  /** For Condition: gives the lock back; what it returns makes this acquisition the valid one again. */
  suspend(): () => void {
    const held = this.#held;
    this.release();
    return () => {
      this.#held = held;
    };
  }

  #hold(result: unknown): Held | false {
    if (result === GAVE_UP) return false;
    const number = ++this.#acquisitions;
    this.#held = number;
    const release = () => {
      if (this.#held === number) this.release();
    };
    // It has what the real one has: every await asks its result for a `then`.
    const given = { release, [Symbol.dispose]: release };
    showAs(given, () => '<Held>');
    return Object.defineProperty(given, 'then', { value: undefined });
  }
}

showAs(Lock.prototype, (lock: Lock) => `<Lock ${lock.state}>`);
