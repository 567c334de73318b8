// Waiting under a lock until another process says that something has changed. A notification counts as open
// until its waiter has the lock again, so that it can be handed on when the waiter is killed or gives up.

import { InvalidArgumentError, NotOwnerError } from '../errors';
import { checkOptionsOf } from '../given';
import { LINE } from '../memory/layout';
import { programMemory } from '../memory/memory';
import { type Handle, registerHandle, restoreHandle, toHandle } from '../objects/handle';
import { objectKinds, pin, unpin, whenObjectEnds, whenObjectKeeps } from '../objects/references';
import { Existing, type NameOption, SharedObject } from '../objects/shared-object';
import { whileBlocking } from '../system/cut-off';
import { showAs } from '../system/show-as';
import { performance } from '../system/timers';
import { isTracing } from '../trace/area';
import { writes } from '../trace/points';
import { WAIT_OBJECT_BYTES, WaitObject } from '../waiting/wait-object';
import { signalsOf, timeoutOf, waitUntil, waitUntilSync } from '../waiting/wake';
import { Lock } from './lock';
import { NOTIFICATIONS_BYTES, Notifications } from './notifications';
import { RLock } from './rlock';
import { Turn } from './turn';
import { type Held, type Untimed, type WaitOptions, waitingFor } from './wait-options';

// Words of the object, then offsets within it.
const LOCK_OFFSET = 0;
const LOCK_IS_RLOCK = 1;
const WAITERS = LINE;
const NOTIFICATIONS = WAITERS + WAIT_OBJECT_BYTES;
const SHAPE = {
  sizeBytes: NOTIFICATIONS + NOTIFICATIONS_BYTES,
  objectKind: objectKinds.condition,
  className: 'Condition',
} as const;

/**
 * Lets a process that holds a lock wait until another says that something has changed: wait() gives the lock
 * back, waits for a notification, and takes the lock again. Python's `multiprocessing.Condition`. A waiter
 * that is killed, times out or is aborted after it was notified leaves the notification to another.
 *
 * @example
 * const changed = new Condition();
 * const stock = new RawValue('int32', 0);
 * const baker = new Process({ target: () => changed.with(() => { stock.value = 3; changed.notify(); }) });
 * await changed.with(async () => {
 *   baker.start();
 *   console.log(await changed.waitFor(() => stock.value)); // → 3
 * });
 * changed.notify(); // throws NotOwnerError: …Acquire it first…
 */
export class Condition extends SharedObject {
  readonly #lock: Lock | RLock;
  readonly #base: Lock;
  readonly #waiters: WaitObject;
  readonly #notifications: Notifications;

  /**
   * Makes a condition of `lock`, a Lock or RLock, which may serve other conditions too; without, of an RLock
   * of its own.
   */
  constructor(lock?: Lock | RLock, options?: NameOption);
  // Beyond its type: for restoring one of another process, and for what is built on it.
  constructor(lock: Lock | RLock = new RLock(), options: NameOption | Existing = {}) {
    if (!(lock instanceof Lock || lock instanceof RLock)) {
      throw new InvalidArgumentError('lock', 'a Lock or an RLock', lock);
    }
    super('condition', SHAPE, options);
    const { memory, offset } = this;
    this.#lock = lock;
    this.#base = lock instanceof RLock ? lock.base : lock;
    this.#waiters = new WaitObject(memory, offset + WAITERS, this.traced);
    this.#notifications = new Notifications(memory, offset + NOTIFICATIONS);
    if (!(options instanceof Existing)) {
      const lockOffset = Number(lock[toHandle]().offset);
      pin(lockOffset);
      memory.i32[offset / 4 + LOCK_OFFSET] = lockOffset;
      memory.i32[offset / 4 + LOCK_IS_RLOCK] = lock instanceof RLock ? 1 : 0;
    }
  }

  /** Acquires the lock below it: see Lock.acquire() and RLock.acquire(). */
  acquire(options?: Untimed<WaitOptions>): Promise<Held>;
  acquire(options: WaitOptions): Promise<Held | false>;
  acquire(options?: WaitOptions): Promise<Held | false> {
    return this.#lock.acquire(options as WaitOptions);
  }

  /** As acquire(), but blocks this thread while it waits. */
  acquireSync(options?: Untimed<WaitOptions>): Held;
  acquireSync(options: WaitOptions): Held | false;
  acquireSync(options?: WaitOptions): Held | false {
    return this.#lock.acquireSync(options as WaitOptions);
  }

  /** Releases the lock below it. Throws as that lock's release(). */
  release(): void {
    this.#lock.release();
  }

  /**
   * Of the lock below it: 'free', or 'held by Ada (Cell 5, line 3)'.
   *
   * @internal
   */
  get state(): string {
    return this.#base.state;
  }

  /** Whether the lock below it is held. */
  locked(): boolean {
    return this.#lock.locked();
  }

  /** Runs `body` while holding the lock, and releases it whatever happens. */
  with<T>(body: () => T | PromiseLike<T>, options?: Untimed<WaitOptions>): Promise<T> {
    return this.#lock.with(body, options);
  }

  /**
   * Waits for a notification, and resolves to true; with `timeout` (ms), to false when the time is up. Then
   * the lock is held again. Throws NotOwnerError if it was not ours; WaitAbortedError when `signal` is
   * aborted, with the lock held, or when the surrounding cell is interrupted, without it; LockOwnerDiedError,
   * without it, when another process died with it.
   */
  async wait(options?: WaitOptions): Promise<boolean> {
    const waiting = waitingFor('Condition.wait()', options, this.subject('Condition'));
    const turn = this.#begin('Condition.wait()');
    try {
      await waitUntil(() => turn.attempt(), this.#waiters, waiting);
    } catch (error) {
      turn.giveUp();
      if (!isInterrupted()) await this.#retake(turn);
      throw error;
    }
    turn.stopWaiting();
    await this.#retake(turn);
    return turn.finish();
  }

  /** As wait(), but blocks this thread while it waits. */
  waitSync(options?: WaitOptions): boolean {
    const waiting = waitingFor('Condition.waitSync()', options, this.subject('Condition'));
    const turn = this.#begin('Condition.waitSync()');
    const wait = () => {
      try {
        waitUntilSync(() => turn.attempt(), this.#waiters, waiting);
      } catch (error) {
        turn.giveUp();
        if (!isInterrupted()) this.#retakeSync(turn);
        throw error;
      }
      turn.stopWaiting();
      this.#retakeSync(turn);
      return turn.finish();
    };
    return whileBlocking(wait, () => turn.giveUp());
  }

  /**
   * Waits until `predicate` returns something true. It is called at first and after each notification. The
   * promise resolves to that; with `timeout` (ms), to what it returned last when the time is up.
   */
  async waitFor<T>(predicate: () => T | PromiseLike<T>, options: WaitOptions = {}): Promise<T> {
    const left = countdown(options);
    for (;;) {
      const result = await predicate();
      const remaining = left();
      if (result || remaining === 'none') return result;
      await this.wait(remaining);
    }
  }

  /** As waitFor(), but blocks this thread while it waits. */
  waitForSync<T>(predicate: () => T, options: WaitOptions = {}): T {
    const left = countdown(options);
    for (;;) {
      const result = predicate();
      const remaining = left();
      if (result || remaining === 'none') return result;
      this.waitSync(remaining);
    }
  }

  /**
   * Lets up to `count` waiters go on, once the lock is released.
   *
   * @throws NotOwnerError if we do not hold the lock; InvalidArgumentError if `count` is not a whole number
   * from 0.
   */
  notify(count = 1): void {
    if (!Number.isInteger(count) || count < 0)
      throw new InvalidArgumentError('count', 'a whole number from 0', count);
    this.#checkOwner('Condition.notify()');
    this.#give(count);
  }

  /** Lets all waiters go on, once the lock is released. Python's `notify_all()`. */
  notifyAll(): void {
    this.#checkOwner('Condition.notifyAll()');
    this.#give(Number.MAX_SAFE_INTEGER);
  }

  #give(count: number): void {
    if (isTracing())
      writes(this.traced, count === Number.MAX_SAFE_INTEGER ? 'notify all' : `notify ${count}`);
    if (this.#notifications.give(count) > 0) this.#waiters.notifyAll();
  }

  #begin(method: string): Turn {
    this.#checkOwner(method);
    return new Turn(this.#notifications, this.#waiters, this.#lock.suspend.bind(this.#lock));
  }

  async #retake(turn: Turn): Promise<void> {
    try {
      await this.#base.acquire({}); // {}: not past the others in line, nor in an interrupted cell
    } catch (error) {
      turn.giveUp();
      throw error;
    }
    turn.resume();
  }

  #retakeSync(turn: Turn): void {
    try {
      this.#base.acquireSync();
    } catch (error) {
      turn.giveUp();
      throw error;
    }
    turn.resume();
  }

  #checkOwner(method: string): void {
    if (this.#lock instanceof RLock) this.#lock.checkOwner(method);
    else if (!this.#lock.isHeldHere()) {
      throw new NotOwnerError(method, this.#lock.locked() ? 'another process' : undefined);
    }
  }
}

function isInterrupted(): boolean {
  return signalsOf({ signal: undefined }).some((signal) => signal.aborted);
}

/** Returns the options for the next wait of several under one timeout. */
function countdown(options: WaitOptions): () => WaitOptions | 'none' {
  checkOptionsOf('wait', options);
  const timeoutMs = timeoutOf(options.timeout);
  if (timeoutMs === undefined) return () => options;
  const deadline = performance.now() + timeoutMs;
  return () => {
    const left = deadline - performance.now();
    return left > 0 ? { ...options, timeout: left } : 'none';
  };
}

/** Returns the handle of the lock of the condition that lies there. */
export function lockHandleOf(offset: number): Handle {
  const { i32 } = programMemory();
  const kind = i32[offset / 4 + LOCK_IS_RLOCK] === 1 ? 'rlock' : 'lock';
  return { kind, offset: i32[offset / 4 + LOCK_OFFSET] ?? 0 };
}

showAs(Condition.prototype, (condition: Condition) => `<Condition, its lock is ${condition.state}>`);

registerHandle('condition', (handle) => {
  const existing = new Existing(handle);
  return new Condition(restoreHandle(lockHandleOf(existing.offset)) as Lock | RLock, existing);
});

const lockOffsetOf = (offset: number) => programMemory().i32[offset / 4 + LOCK_OFFSET] ?? 0;
whenObjectEnds(objectKinds.condition, (offset) => unpin(lockOffsetOf(offset)));
whenObjectKeeps(objectKinds.condition, (offset) => [lockOffsetOf(offset)]);
