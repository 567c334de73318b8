// A lock between processes: one word in shared memory that names its owner, and a place to wait.

import { placeTakenBy } from '../deadlock/reports';
import { LockOwnerDiedError, type LockOwnersEnd, NotHeldError } from '../errors';
import { checkFunction, checkOptionsOf } from '../given';
import { header } from '../memory/layout';
import { isTagAlive, ownerTag, whoIs } from '../memory/slots';
import { registerHandle } from '../objects/handle';
import { nameOfObject } from '../objects/references';
import { Existing, type NameOption, SharedObject } from '../objects/shared-object';
import type { Subject } from '../objects/subject';
import { CallSite, forgetTaken, noteTaken, placeTakenHere } from '../system/call-site';
import { showAs } from '../system/show-as';
import { spin } from '../system/spin';
import { performance } from '../system/timers';
import { acquiredWithRelease, mayTellLock, releasing } from '../trace/points';
import { tracedTaking } from '../trace/taken-by';
import { WAIT_OBJECT_BYTES, WaitObject } from '../waiting/wait-object';
import { timedOut, waitUntil, waitUntilSync } from '../waiting/wake';
import { type Held, type Untimed, type WaitOptions, waitingFor } from './wait-options';

export type { Held };

/** How to acquire a lock. */
export interface AcquireOptions extends WaitOptions {
  /**
   * What to do when the owner died with the lock: 'throw' a LockOwnerDiedError, after which the lock is free,
   * or 'continue' as the new owner, untold. Either way this concerns only the next in line; those after it
   * get the lock as usual.
   */
  onOwnerDied?: 'throw' | 'continue';
}

const { tracing } = header;
const OWNER_BYTES = 64;
const FREE = 0;

// A process that finds the lock free takes it, which is fast, but a loop that releases and takes would starve
// a process that has to be woken first. So a process that has waited this long puts its name down as hungry,
// and the others let it go first.
const HUNGRY_AFTER_MS = 5;
// They wait so long for it to come: its process may be stopped, or busy with something else.
const PATIENCE_MS = 100;
const NOBODY = 0;
// The number stays a small integer, which V8 keeps in the object itself.
const MOST_ACQUISITIONS = 2 ** 30 - 1;

// The lines that took a lock are known of the first acquisitions, and of some more after each long wait:
// enough for the sentence of a DeadlockError in most programs, at no cost in a loop.
const PLACES_NOTED = 8;
const LONG_WAIT_MS = 20;

/**
 * Lets one process at a time into a part of a program: the others wait at acquire() until release().
 * Python's `multiprocessing.Lock`. When the process that holds it dies, the lock is free again, and the next
 * to acquire it is told.
 *
 * @example
 * const lock = new Lock();
 * const total = new RawValue('int32', 0);
 * const children = [1, 2, 3].map(() => new Process({ target: () => lock.with(() => void (total.value += 1)) }));
 * for (const child of children) child.start();
 * for (const child of children) await child.join();
 * console.log(total.value, lock.locked()); // → 3 false
 */
export class Lock extends SharedObject {
  readonly #i32: Int32Array;
  readonly #owner: number;
  readonly #hungry: number;
  /** Names the owner while it runs a `with()`, which no other process may end. */
  readonly #bound: number;
  readonly #tag: number;
  readonly #waiters: WaitObject;
  readonly #kind: 'Lock' | 'RLock';
  // The acquisition that holds, by its number: V8 has more to do when an old object comes to hold a new one.
  // Below 0 if a trace knows of it.
  #held = NOBODY;
  #acquisitions = 0;
  #placesToNote = PLACES_NOTED;

  /** Makes a lock that is free. */
  constructor(options?: NameOption);
  // Beyond its type: for restoring one of another process, and for what is built on it.
  constructor(options: NameOption | Existing = {}, kind: 'Lock' | 'RLock' = 'Lock') {
    super('lock', { sizeBytes: OWNER_BYTES + WAIT_OBJECT_BYTES, className: kind }, options);
    this.#kind = kind;
    this.#i32 = this.memory.i32;
    this.#owner = this.offset / 4;
    this.#hungry = this.#owner + 1;
    this.#bound = this.#owner + 4;
    this.#tag = ownerTag();
    this.#waiters = new WaitObject(this.memory, this.offset + OWNER_BYTES, this.traced);
  }

  /**
   * Waits until the lock is free, and takes it; with `timeout` (milliseconds), resolves to false when the
   * time is up.
   *
   * @throws LockOwnerDiedError if the owner died with the lock. The lock is free then, and what it protects
   * may be half changed.
   * @throws DeadlockError if no process is left that could release it; WaitAbortedError when `signal` is
   * aborted.
   * @example
   * const lock = new Lock();
   * const child = new Process({ name: 'Ada', target: () => void lock.acquireSync() });
   * child.start();
   * await child.join();
   * await lock.acquire(); // throws LockOwnerDiedError: Ada has ended and never released the lock Lock-…
   * console.log(lock.locked()); // → false
   */
  acquire(options?: Untimed<AcquireOptions>): Promise<Held>;
  acquire(options: AcquireOptions): Promise<Held | false>;
  async acquire(options?: AcquireOptions): Promise<Held | false> {
    // Tasks of this process that wait already come first: a loop that releases and acquires must not starve
    // them.
    if (options === undefined && this.#waiters.local.size === 0 && (this.#take() || this.#takeSoon())) {
      return this.#hold();
    }
    return this.#acquireSlowly(options);
  }

  /**
   * As acquire(), but blocks this thread while it waits.
   *
   * @example
   * const lock = new Lock();
   * const held = lock.acquireSync();
   * console.log(lock.acquireSync({ timeout: 10 })); // → false
   * held.release();
   */
  acquireSync(options?: Untimed<AcquireOptions>): Held;
  acquireSync(options: AcquireOptions): Held | false;
  acquireSync(options?: AcquireOptions): Held | false {
    checkOptionsOf('acquire', options);
    return this.#take() ? this.#hold() : this.#acquireSlowlySync(options);
  }

  /**
   * Frees the lock. Any process may do so, as in Python.
   *
   * @throws NotHeldError if no process holds it.
   * @example
   * const lock = new Lock();
   * await lock.acquire();
   * lock.release();
   * lock.release(); // throws NotHeldError: …is an `await` missing before Lock.acquire()?
   */
  release(): void {
    if (this.#held <= NOBODY) this.#tellRelease();
    this.#held = NOBODY;
    if (Atomics.exchange(this.#i32, this.#owner, FREE) === FREE) throw new NotHeldError('Lock');
    if (!this.#waiters.isAnnounced()) return;
    // Only the hungry process will take it then, and it may be any of those that sleep.
    if (this.#i32[this.#hungry] === NOBODY) this.#waiters.notify();
    else this.#waiters.notifyAll();
  }

  /** Whether the lock is held; it may have changed by the time you look at it. */
  locked(): boolean {
    return Atomics.load(this.#i32, this.#owner) !== FREE;
  }

  /** Runs `body` while holding the lock, and releases it whatever happens. */
  async with<T>(body: () => T | PromiseLike<T>, options?: Untimed<AcquireOptions>): Promise<T> {
    checkFunction('body', body);
    const held = await this.acquire(options);
    this.#i32[this.#bound] = this.#tag;
    try {
      return await body();
    } finally {
      this.#i32[this.#bound] = NOBODY;
      held.release();
    }
  }

  /**
   * 'free', or 'held by Ada (Cell 5, line 3)'.
   *
   * @internal
   */
  get state(): string {
    const owner = Atomics.load(this.#i32, this.#owner);
    if (owner === FREE) return 'free';
    const where = owner === this.#tag ? placeTakenHere(this.offset) : this.#placeTakenBy(owner);
    const place = where === undefined ? '' : ` (${where})`;
    return `held by ${whoIs(owner).name}${place}${isTagAlive(owner) ? '' : ', which has ended'}`;
  }

  /**
   * For Held: only the acquisition that still holds may release.
   *
   * @internal
   */
  releaseIf(acquisition: number): void {
    if (this.#held === acquisition) this.release();
  }

  /**
   * Whether this thread has the lock, whichever of its tasks took it.
   *
   * @internal
   */
  isHeldHere(): boolean {
    return Atomics.load(this.#i32, this.#owner) === this.#tag;
  }

  /**
   * For Condition: gives the lock back; what it returns makes this acquisition the valid one again.
   *
   * @internal
   */
  suspend(): () => void {
    const held = this.#held;
    this.release();
    return () => {
      this.#held = held;
    };
  }

  // It stands apart from acquire(), whose frame V8 copies at every call.
  async #acquireSlowly(options: AcquireOptions | undefined): Promise<Held | false> {
    const waiting = waitingFor(`${this.#kind}.acquire()`, options, this.#subject, 'acquire');
    const site = this.#siteToNote();
    try {
      const taken = await waitUntil(this.#attempt(options, site), this.#waiters, waiting);
      return taken === timedOut ? false : taken;
    } finally {
      this.#leaveLine();
    }
  }

  // It stands apart, so that V8 can put acquireSync() into its caller.
  #acquireSlowlySync(options: AcquireOptions | undefined): Held | false {
    const waiting = waitingFor(`${this.#kind}.acquireSync()`, options, this.#subject, 'acquire');
    const site = this.#siteToNote();
    try {
      const taken = waitUntilSync(this.#attempt(options, site), this.#waiters, waiting);
      return taken === timedOut ? false : taken;
    } finally {
      this.#leaveLine();
    }
  }

  /** To be called before a wait: what takes the lock then is called by the event loop, or lies too deep. */
  #siteToNote(): CallSite | undefined {
    return this.#placesToNote > 0 ? new CallSite() : undefined;
  }

  #take(): boolean {
    const hungry = this.#i32[this.#hungry];
    if (hungry !== NOBODY && hungry !== this.#tag) return false;
    return Atomics.compareExchange(this.#i32, this.#owner, FREE, this.#tag) === FREE;
  }

  #takeSoon(): boolean {
    return spin(this.#takeIfFree) === true;
  }

  // The word is looked at first: the exchange alone would take the cache line from the process that has the
  // lock.
  readonly #takeIfFree = (): true | undefined =>
    (this.#i32[this.#owner] === FREE && this.#take()) || undefined;

  #othersFirst(waitedMs: number): boolean {
    const hungry = Atomics.load(this.#i32, this.#hungry);
    if (hungry === NOBODY || hungry === this.#tag) return false;
    if (waitedMs < PATIENCE_MS && isTagAlive(hungry)) return true;
    Atomics.compareExchange(this.#i32, this.#hungry, hungry, NOBODY);
    return false;
  }

  // Called after a wait, whether it got the lock or gave up. Another wait of this process puts the name down
  // again if need be.
  #leaveLine(): void {
    const isMine = Atomics.compareExchange(this.#i32, this.#hungry, this.#tag, NOBODY) === this.#tag;
    if (isMine && !this.locked()) this.#waiters.notifyAll();
  }

  #hold(site?: CallSite): Held {
    this.#acquisitions = (this.#acquisitions + 1) & MOST_ACQUISITIONS || 1;
    this.#held = this.#acquisitions;
    if (this.#i32[tracing] !== 0) this.#tellAcquisition();
    if (this.#placesToNote >= 0) this.#notePlace(site);
    return new Acquisition(this, this.#held);
  }

  // The measure is in here, so that V8 has less to put into a loop that is not traced.
  #tellAcquisition(): void {
    if (mayTellLock() && acquiredWithRelease(this.traced)) this.#held = -this.#held;
  }

  /** It is told also of what was acquired elsewhere. */
  #tellRelease(): void {
    if (this.#i32[tracing] !== 0 && this.#i32[this.#owner] !== FREE) releasing(this.traced);
  }

  #notePlace(site: CallSite | undefined): void {
    if (this.#placesToNote-- > 0) noteTaken(this, this.offset, site);
    else forgetTaken(this.offset);
  }

  get #subject(): Subject {
    const owned = {
      at: this.#owner,
      byOwner: this.#kind === 'RLock' || { at: this.#bound },
    };
    return { type: 'object', kind: this.#kind, offset: this.offset, owned };
  }

  #placeTakenBy(owner: number): string | undefined {
    return placeTakenBy(owner, this.offset) ?? tracedTaking(owner, this.traced);
  }

  #endOf(owner: number, { exitcode = null }: { exitcode?: number | null }): LockOwnersEnd {
    const where = this.#placeTakenBy(owner);
    return { exitcode, lock: nameOfObject(this.offset, this.#kind), where };
  }

  #attempt(options: AcquireOptions | undefined, site?: CallSite): () => Held | undefined {
    const mayContinue = options?.onOwnerDied === 'continue';
    const began = performance.now();
    return () => {
      const waitedMs = performance.now() - began;
      if (this.#othersFirst(waitedMs)) return undefined;
      const owner = Atomics.compareExchange(this.#i32, this.#owner, FREE, this.#tag);
      if (owner === FREE) {
        if (waitedMs > LONG_WAIT_MS) this.#placesToNote = PLACES_NOTED;
        return this.#hold(site);
      }
      if (isTagAlive(owner)) {
        if (waitedMs > HUNGRY_AFTER_MS) Atomics.compareExchange(this.#i32, this.#hungry, NOBODY, this.#tag);
        return undefined;
      }
      const dead = whoIs(owner);
      const next = mayContinue ? this.#tag : FREE;
      // Of all who see the dead owner, the one whose exchange succeeds is the next.
      if (Atomics.compareExchange(this.#i32, this.#owner, owner, next) !== owner) return undefined;
      if (mayContinue) return this.#hold(site);
      this.#waiters.notify();
      throw new LockOwnerDiedError(dead.name, dead.pid, this.#endOf(owner, dead));
    };
  }
}

showAs(Lock.prototype, (lock: Lock) => `<Lock ${lock.state}>`);

class Acquisition implements Held {
  readonly #lock: Lock;
  readonly #number: number;
  constructor(lock: Lock, number: number) {
    this.#lock = lock;
    this.#number = number;
  }
  release(): void {
    this.#lock.releaseIf(this.#number);
  }
  [Symbol.dispose](): void {
    this.#lock.releaseIf(this.#number);
  }
}

showAs(Acquisition.prototype, () => '<Held>');

// Every `await acquire()` asks its result for a `then`. Finding this one is quicker than finding none.
Object.defineProperty(Acquisition.prototype, 'then', { value: undefined });

registerHandle('lock', (handle) => new Lock(new Existing(handle)));
