// A flag that processes of all hosts wait for.
import { checkOptionsOf } from '../../given';
import { registerHandle } from '../../objects/handle';
import type { NameOption } from '../../objects/shared-object';
import type { WaitOptions } from '../../sync/wait-options';
import { showAs } from '../../system/show-as';
import { timeoutOf } from '../../waiting/wake';
import type { Place } from '../address';
import { InRoom, RoomObject } from './room-object';

/** A flag that processes wait for, on all hosts of a room. Who waits when it is set goes on. */
export class RoomEvent extends RoomObject {
  /**
   * It is not set at first.
   *
   * @internal
   */
  constructor(place: Place, options: NameOption | InRoom = {}) {
    super({ place, kind: 'room-event', service: 'events' }, options);
  }

  /** Whether it is set now. It asks the broker, and blocks this thread meanwhile. */
  isSet(): boolean {
    return this.askSync('isSet', { name: this.part });
  }

  /** Sets it, and lets everybody go on who waits for it. Resolves when it is set. */
  set(): Promise<void> {
    return this.ask('put', { name: this.part, isSet: true });
  }

  /** As set(), but blocks this thread until it is done. */
  setSync(): void {
    this.askSync('put', { name: this.part, isSet: true });
  }

  /** Takes it back: from now on wait() waits again. */
  clear(): Promise<void> {
    return this.ask('put', { name: this.part, isSet: false });
  }

  /** As clear(), but blocks this thread until it is done. */
  clearSync(): void {
    this.askSync('put', { name: this.part, isSet: false });
  }

  /** Resolves to true when the event is set; with `timeout` (ms), to false when the time is up. */
  async wait(options?: WaitOptions): Promise<boolean> {
    const asking = { what: 'Event.wait()', signal: options?.signal };
    return (await this.ask('wait', this.#waiting(options), asking)) === true;
  }

  /** As wait(), but blocks this thread. */
  waitSync(options?: WaitOptions): boolean {
    const asking = { what: 'Event.waitSync()', signal: options?.signal };
    return this.askSync('wait', this.#waiting(options), asking) === true;
  }

  #waiting(options: WaitOptions | undefined): object {
    checkOptionsOf('wait', options);
    return { name: this.part, timeoutMs: timeoutOf(options?.timeout) };
  }
}

showAs(RoomEvent.prototype, (event: RoomEvent) => `<Event '${event.name}' in a room>`);

registerHandle('room-event', (handle) => {
  const existing = new InRoom(handle);
  return new RoomEvent(existing.place, existing);
});
