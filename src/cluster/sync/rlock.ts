// A lock in a room that its owner may take again. Which task of this thread has it, and how often it took it,
// concerns this thread alone.
import { LeaseLostError, NotOwnerError } from '../../errors';
import { checkFunction, checkOptionsOf } from '../../given';
import { type Handle, registerHandle, remember, type Shareable, toHandle } from '../../objects/handle';
import type { NameOption } from '../../objects/shared-object';
import type { AcquireOptions } from '../../sync/lock';
import { continueAs, currentTask, newTask, type Task, THREAD } from '../../sync/task';
import type { Untimed } from '../../sync/wait-options';
import { showAs } from '../../system/show-as';
import type { Place } from '../address';
import { RoomHeld, whileHeld } from './held';
import { RoomLock } from './lock';
import { InRoom } from './room-object';

/**
 * Python's RLock between hosts: as the Lock of a room, but the task that has it may take it again, and gives
 * it back as often.
 */
export class RoomRLock implements Shareable {
  readonly #lock: RoomLock;
  #owner: Task = THREAD;
  #held: RoomHeld | undefined;
  #depth = 0;

  /** @internal */
  constructor(place: Place, options: NameOption | InRoom = {}) {
    this.#lock = new RoomLock(place, options, 'room-rlock');
    remember(this, this[toHandle]());
  }

  /** By which every program in the room means the same one. */
  get name(): string {
    return this.#lock.name;
  }

  /**
   * Resolves when the lock is this task's, at once if it is already. Otherwise as the acquire() of a Lock.
   */
  acquire(options?: Untimed<AcquireOptions>): Promise<RoomHeld>;
  acquire(options: AcquireOptions): Promise<RoomHeld | false>;
  acquire(options?: AcquireOptions): Promise<RoomHeld | false> {
    checkOptionsOf('acquire', options);
    if (this.#isMine()) return Promise.resolve(this.#again());
    const running = currentTask();
    if (running !== THREAD) return this.#acquireFor(running, options);
    const task = newTask();
    return continueAs(task, this.#acquireFor(task, options));
  }

  /** As acquire(), but blocks this thread while it waits. */
  acquireSync(options?: Untimed<AcquireOptions>): RoomHeld;
  acquireSync(options: AcquireOptions): RoomHeld | false;
  acquireSync(options: AcquireOptions = {}): RoomHeld | false {
    checkOptionsOf('acquire', options);
    if (this.#isMine()) return this.#again();
    const held = this.#lock.acquireSync(options);
    return held === false ? false : this.#first(currentTask(), held);
  }

  /**
   * Takes back one acquire(); the last one frees the lock.
   *
   * @throws NotOwnerError if this task does not hold it; LeaseLostError if it was lost meanwhile.
   */
  async release(): Promise<void> {
    await this.#releaseOne()?.release();
  }

  /** As release(), but blocks this thread until it is done. */
  releaseSync(): void {
    this.#releaseOne()?.releaseSync();
  }

  /** Whether anybody holds it. It asks the broker, and blocks this thread meanwhile. */
  locked(): boolean {
    return this.#held !== undefined || this.#lock.locked();
  }

  /** Runs `body` while holding the lock, and releases it whatever happens. */
  async with<T>(body: (token: number) => T | PromiseLike<T>, options?: Untimed<AcquireOptions>): Promise<T> {
    checkFunction('body', body);
    const held = await this.acquire(options);
    return whileHeld(held, () => body(held.token));
  }

  /** @internal */
  [toHandle](): Handle {
    return this.#lock[toHandle]();
  }

  /** For the acquisitions: also in another task than the owner's, for who was handed one may end it. */
  #end(held: RoomHeld): RoomHeld | undefined {
    // A later owner's is not its to end.
    if (this.#held !== held) throw new LeaseLostError('The lock');
    this.#depth--;
    if (this.#depth > 0) return undefined;
    this.#held = undefined;
    return held;
  }

  #releaseOne(): RoomHeld | undefined {
    if (!this.#isMine()) {
      const owner = this.#held === undefined ? undefined : 'another task of this process';
      throw new NotOwnerError('RLock.release()', owner);
    }
    return this.#end(this.#held as RoomHeld);
  }

  async #acquireFor(task: Task, options: AcquireOptions | undefined): Promise<RoomHeld | false> {
    const held = await (options === undefined ? this.#lock.acquire() : this.#lock.acquire(options));
    return held === false ? false : this.#first(task, held);
  }

  #isMine(): boolean {
    return this.#held !== undefined && this.#owner === currentTask();
  }

  #first(task: Task, held: RoomHeld): RoomHeld {
    this.#owner = task;
    this.#held = held;
    this.#depth = 0;
    return this.#again();
  }

  #again(): RoomHeld {
    const held = this.#held as RoomHeld;
    this.#depth++;
    return new RoomHeld(
      {
        release: async () => this.#end(held)?.release(),
        releaseSync: () => this.#end(held)?.releaseSync(),
      },
      held.token,
    );
  }
}

showAs(RoomRLock.prototype, (lock: RoomRLock) => `<RLock '${lock.name}' in a room>`);

registerHandle('room-rlock', (handle) => {
  const existing = new InRoom(handle);
  return new RoomRLock(existing.place, existing);
});
