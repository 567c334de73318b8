// A number of permits between hosts.
import { InvalidArgumentError, LeaseLostError, ReleasedTooOftenError } from '../../errors';
import { checkCount, checkFunction, checkOptionsOf } from '../../given';
import { registerHandle } from '../../objects/handle';
import type { NameOption } from '../../objects/shared-object';
import { MOST_PERMITS } from '../../sync/permits';
import type { Untimed, WaitOptions } from '../../sync/wait-options';
import { showAs } from '../../system/show-as';
import { timeoutOf } from '../../waiting/wake';
import type { Place } from '../address';
import type { Releasing, SemaphoreName } from '../services/semaphores';
import { RoomPermit, whileHeld } from './held';
import { InRoom, RoomObject } from './room-object';

/**
 * A number of permits for all hosts of a room, given in the order in which they were asked for. The permits
 * of a process that died, or was cut off for longer than a lease, come back.
 */
export class RoomSemaphore extends RoomObject {
  readonly #value: number;
  readonly #limit: number;

  /**
   * `value`: how many permits there are at first.
   *
   * @internal
   */
  constructor(place: Place, value = 1, options: NameOption | InRoom = {}, limit?: number) {
    if (!Number.isInteger(value) || value < 0 || value > MOST_PERMITS) {
      throw new InvalidArgumentError('value', `a whole number from 0 to ${MOST_PERMITS}`, value);
    }
    const kind = limit === undefined ? 'room-semaphore' : 'room-bounded-semaphore';
    super({ place, kind, service: 'semaphores', traits: { value } }, options);
    this.#value = value;
    this.#limit = limit ?? MOST_PERMITS;
  }

  /**
   * Resolves when a permit is ours; with `timeout` (milliseconds), resolves to false when the time is up.
   *
   * @throws WaitAbortedError when `signal` is aborted; RoomError if the broker cannot be used.
   */
  acquire(options?: Untimed<WaitOptions>): Promise<RoomPermit>;
  acquire(options: WaitOptions): Promise<RoomPermit | false>;
  async acquire(options?: WaitOptions): Promise<RoomPermit | false> {
    const asking = { what: 'Semaphore.acquire()', signal: options?.signal };
    return this.#hold(await this.ask<boolean>('acquire', this.#acquiring(options), asking));
  }

  /** As acquire(), but blocks this thread while it waits. */
  acquireSync(options?: Untimed<WaitOptions>): RoomPermit;
  acquireSync(options: WaitOptions): RoomPermit | false;
  acquireSync(options?: WaitOptions): RoomPermit | false {
    const asking = { what: 'Semaphore.acquireSync()', signal: options?.signal };
    return this.#hold(this.askSync<boolean>('acquire', this.#acquiring(options), asking));
  }

  /**
   * Gives `count` permits, whoever took them: as in Python there may be more than at first.
   *
   * @throws InvalidArgumentError if `count` is not a whole number from 1.
   */
  async release(count = 1): Promise<void> {
    checkCount('count', count, 1);
    this.#check(await this.ask<string>('release', this.#releasing(count, false)));
  }

  /** As release(), but blocks this thread until it is done. */
  releaseSync(count = 1): void {
    checkCount('count', count, 1);
    this.#check(this.askSync<string>('release', this.#releasing(count, false)));
  }

  /**
   * How many permits are free; it may have changed by the time you look at it. It asks the broker, and blocks
   * this thread meanwhile.
   */
  getValue(): number {
    return this.askSync('value', this.#which());
  }

  /** Whether acquire() would have to wait. */
  locked(): boolean {
    return this.getValue() === 0;
  }

  /** Runs `body` while holding a permit, and gives it back whatever happens. */
  async with<T>(body: () => T | PromiseLike<T>, options?: Untimed<WaitOptions>): Promise<T> {
    checkFunction('body', body);
    return whileHeld(await this.acquire(options), body);
  }

  #which(): SemaphoreName {
    return { name: this.part, value: this.#value };
  }

  #acquiring(options: WaitOptions | undefined): SemaphoreName & { timeoutMs: number | undefined } {
    checkOptionsOf('wait', options);
    return { ...this.#which(), timeoutMs: timeoutOf(options?.timeout) };
  }

  #releasing(count: number, isHeld: boolean): Releasing {
    return { ...this.#which(), count, limit: this.#limit, isHeld };
  }

  #hold(has: boolean): RoomPermit | false {
    if (!has) return false;
    const releasing = this.#releasing(1, true);
    return new RoomPermit({
      release: async () => this.#check(await this.ask<string>('release', releasing)),
      releaseSync: () => this.#check(this.askSync<string>('release', releasing)),
    });
  }

  #check(outcome: string): void {
    if (outcome === 'lost') throw new LeaseLostError('The permit');
    if (outcome !== 'too often') return;
    if (this.#limit < MOST_PERMITS) throw new ReleasedTooOftenError(this.#limit);
    throw new InvalidArgumentError('the number of permits', `at most ${MOST_PERMITS}`, MOST_PERMITS + 1);
  }
}

/** Python's BoundedSemaphore between hosts: it notices when more is released than was acquired. */
export class RoomBoundedSemaphore extends RoomSemaphore {
  /** @internal */
  constructor(place: Place, value = 1, options: NameOption | InRoom = {}) {
    super(place, value, options, value);
  }
}

showAs(RoomSemaphore.prototype, (semaphore: RoomSemaphore) => `<Semaphore '${semaphore.name}' in a room>`);

registerHandle('room-semaphore', (handle) => {
  const existing = new InRoom(handle);
  return new RoomSemaphore(existing.place, Number(existing.traits.value), existing);
});
registerHandle('room-bounded-semaphore', (handle) => {
  const existing = new InRoom(handle);
  return new RoomBoundedSemaphore(existing.place, Number(existing.traits.value), existing);
});
