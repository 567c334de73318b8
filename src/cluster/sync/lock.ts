// A lock between hosts. What it does lies in the thread of the line; here are its faces that await and that
// block.
import { checkFunction, checkOptionsOf } from '../../given';
import { registerHandle } from '../../objects/handle';
import type { NameOption } from '../../objects/shared-object';
import type { AcquireOptions } from '../../sync/lock';
import type { Untimed } from '../../sync/wait-options';
import { showAs } from '../../system/show-as';
import { timeoutOf } from '../../waiting/wake';
import type { Place } from '../address';
import type { AcquireArgs } from '../services/locks/waiter';
import { RoomHeld, whileHeld } from './held';
import { InRoom, RoomObject } from './room-object';

/**
 * One process at a time may hold it, on whatever host of the room. It is held by a lease, which a thread of
 * its own renews while the program computes, and which ends when its process dies or is cut off: then the
 * next gets it, first come, first served.
 */
export class RoomLock extends RoomObject {
  /** @internal */
  constructor(place: Place, options: NameOption | InRoom = {}, kind = 'room-lock') {
    super({ place, kind, service: 'locks' }, options);
  }

  /**
   * Resolves when the lock is ours; with `timeout` (milliseconds), to false when the time is up. Its `token`
   * is greater than that of all who had the lock before: what it protects can refuse a smaller one than its
   * last.
   *
   * @throws LockOwnerDiedError with `onOwnerDied: 'throw'`, if the lease of the last owner ended. By default,
   * unlike the Lock of one computer, it is then ours as if it had been released: the work of a lost host runs
   * again elsewhere.
   * @throws WaitAbortedError when `signal` is aborted; RoomError if the broker cannot be used.
   */
  acquire(options?: Untimed<AcquireOptions>): Promise<RoomHeld>;
  acquire(options: AcquireOptions): Promise<RoomHeld | false>;
  async acquire(options?: AcquireOptions): Promise<RoomHeld | false> {
    const asking = { what: 'Lock.acquire()', signal: options?.signal };
    return this.#hold(await this.ask<number | undefined>('acquire', this.#args(options), asking));
  }

  /** As acquire(), but blocks this thread while it waits. */
  acquireSync(options?: Untimed<AcquireOptions>): RoomHeld;
  acquireSync(options: AcquireOptions): RoomHeld | false;
  acquireSync(options?: AcquireOptions): RoomHeld | false {
    const asking = { what: 'Lock.acquireSync()', signal: options?.signal };
    return this.#hold(this.askSync<number | undefined>('acquire', this.#args(options), asking));
  }

  /**
   * Frees the lock that this process holds. Await it: what it throws is told there.
   *
   * @throws LeaseLostError if the lease ended while it was held; NotHeldError if this process does not hold
   * it.
   */
  release(): Promise<void> {
    return this.ask('release', { lock: this.part });
  }

  /** As release(), but blocks this thread until it is done. */
  releaseSync(): void {
    this.askSync('release', { lock: this.part });
  }

  /**
   * Whether anybody holds it; it may have changed by the time you look at it. It asks the broker, and blocks
   * this thread meanwhile.
   */
  locked(): boolean {
    return this.askSync('isHeld', { lock: this.part });
  }

  /** Runs `body` while holding the lock, and releases it whatever happens. */
  async with<T>(body: (token: number) => T | PromiseLike<T>, options?: Untimed<AcquireOptions>): Promise<T> {
    checkFunction('body', body);
    const held = await this.acquire(options);
    return whileHeld(held, () => body(held.token));
  }

  #args(options: AcquireOptions | undefined): AcquireArgs {
    checkOptionsOf('acquire', options);
    const timeoutMs = timeoutOf(options?.timeout);
    return { lock: this.part, timeoutMs, tellsDeath: options?.onOwnerDied === 'throw' };
  }

  #hold(token: number | undefined): RoomHeld | false {
    if (token === undefined) return false;
    const which = { lock: this.part, token };
    const release = () => this.ask('release', which);
    return new RoomHeld({ release, releaseSync: () => this.askSync('release', which) }, token);
  }
}

showAs(RoomLock.prototype, (lock: RoomLock) => `<Lock '${lock.name}' in a room>`);

registerHandle('room-lock', (handle) => {
  const existing = new InRoom(handle);
  return new RoomLock(existing.place, existing);
});
