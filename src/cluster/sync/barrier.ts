// A place where a fixed number of parties, on whatever hosts, wait for each other.
import { InvalidArgumentError } from '../../errors';
import { checkCount, checkOptionsOf } from '../../given';
import { registerHandle } from '../../objects/handle';
import type { NameOption } from '../../objects/shared-object';
import type { BarrierOptions } from '../../sync/barrier';
import type { WaitOptions } from '../../sync/wait-options';
import { showAs } from '../../system/show-as';
import { timeoutOf } from '../../waiting/wake';
import type { Place } from '../address';
import { InRoom, RoomObject } from './room-object';

/** `action` is for the barrier of one computer. */
export type RoomBarrierOptions = Omit<BarrierOptions, 'action'> & {
  /** Cannot be in a room: its function would have to be there in every program. */
  action?: never;
} & NameOption;

/**
 * A number of parties wait for each other, on all hosts of a room. It breaks for all when one gives up, or
 * dies while it waits.
 */
export class RoomBarrier extends RoomObject {
  readonly #parties: number;
  readonly #timeoutMs: number | undefined;

  /**
   * `parties`: how many wait for each other.
   *
   * @internal
   */
  constructor(place: Place, parties: number, options: RoomBarrierOptions = {}, existing?: InRoom) {
    checkOptionsOf('barrier', options);
    checkCount('parties', parties, 1);
    if (options.action !== undefined) {
      throw new InvalidArgumentError(
        'action',
        'left out in a room, for its function would have to be there in every program: let the party that gets 0 do it',
        options.action,
      );
    }
    const timeoutMs = timeoutOf(options.timeout);
    const traits = { parties, ...(timeoutMs !== undefined && { timeout: timeoutMs }) };
    super({ place, kind: 'room-barrier', service: 'barriers', traits }, existing ?? { name: options.name });
    this.#parties = parties;
    this.#timeoutMs = timeoutMs;
  }

  /** How many must come before all go on. */
  get parties(): number {
    return this.#parties;
  }

  /** How many wait now. It asks the broker, and blocks this thread meanwhile. */
  get nWaiting(): number {
    return this.#look().nWaiting;
  }

  /** Whether the barrier is broken: until reset(), each wait() throws. It asks the broker, too. */
  get broken(): boolean {
    return this.#look().isBroken;
  }

  /**
   * Resolves when all parties have come, to a number from 0 to parties - 1 that is different for each.
   *
   * @throws BrokenBarrierError if it breaks, as it does when `timeout` (milliseconds) is over;
   * WaitAbortedError when `signal` is aborted, which breaks the barrier, too.
   */
  wait(options?: WaitOptions): Promise<number> {
    return this.ask('wait', this.#waiting(options), { what: 'Barrier.wait()', signal: options?.signal });
  }

  /** As wait(), but blocks this thread. */
  waitSync(options?: WaitOptions): number {
    return this.askSync('wait', this.#waiting(options), {
      what: 'Barrier.waitSync()',
      signal: options?.signal,
    });
  }

  /** Who waits gets a BrokenBarrierError; the barrier is whole and empty. */
  reset(): Promise<void> {
    return this.ask('reset', { name: this.part });
  }

  /** Breaks the barrier until reset(): for a party that cannot go on. */
  abort(): Promise<void> {
    return this.ask('abort', { name: this.part });
  }

  #look(): { nWaiting: number; isBroken: boolean } {
    return this.askSync('look', { name: this.part });
  }

  #waiting(options: WaitOptions | undefined): object {
    checkOptionsOf('wait', options);
    const timeoutMs = options?.timeout === undefined ? this.#timeoutMs : timeoutOf(options.timeout);
    return { name: this.part, parties: this.#parties, timeoutMs };
  }
}

showAs(
  RoomBarrier.prototype,
  (barrier: RoomBarrier) => `<Barrier '${barrier.name}' of ${barrier.parties} in a room>`,
);

registerHandle('room-barrier', (handle) => {
  const existing = new InRoom(handle);
  const { parties, timeout } = existing.traits;
  const options = timeout === undefined ? {} : { timeout: Number(timeout) };
  return new RoomBarrier(existing.place, Number(parties), options, existing);
});
