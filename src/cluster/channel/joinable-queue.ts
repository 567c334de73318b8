// A queue between hosts that knows how many of its items are still being worked on.
import type { QueueJoinOptions } from '../../channel/joinable-queue';
import { checkOptionsOf } from '../../given';
import { registerHandle } from '../../objects/handle';
import type { NameOption } from '../../objects/shared-object';
import { showAs } from '../../system/show-as';
import { timeoutOf } from '../../waiting/wake';
import type { Place } from '../address';
import { InRoom } from '../sync/room-object';
import { RoomQueue } from './queue';

/**
 * A Queue that knows how many of its items are still being worked on. An item that a process has taken comes
 * back to the queue if that process ends, or is cut off, before it said taskDone().
 */
export class RoomJoinableQueue<T = unknown> extends RoomQueue<T> {
  /** @internal */
  constructor(place: Place, maxsize = 0, options: NameOption | InRoom = {}) {
    super(place, maxsize, options, 'room-joinable-queue');
  }

  /**
   * The item that this process got first, of those it has not finished, is finished. Await it: what it throws
   * is told there.
   *
   * @throws TooManyDoneError if it has finished all that it got.
   */
  taskDone(): Promise<void> {
    return this.ask('taskDone', this.which());
  }

  /** As taskDone(), but blocks this thread until it is done. */
  taskDoneSync(): void {
    this.askSync('taskDone', this.which());
  }

  /**
   * Resolves to true when every item that was put has been reported by taskDone(); with `timeout` (ms), to
   * false when the time is up.
   */
  join(options: QueueJoinOptions = {}): Promise<boolean> {
    const asking = { what: 'JoinableQueue.join()', signal: options.signal };
    return this.ask('join', this.#joining(options), asking);
  }

  /** As join(), but blocks this thread while it waits. */
  joinSync(options: Omit<QueueJoinOptions, 'signal'> = {}): boolean {
    return this.askSync('join', this.#joining(options), { what: 'JoinableQueue.joinSync()' });
  }

  protected override get isJoinable(): boolean {
    return true;
  }

  #joining(options: QueueJoinOptions): object {
    checkOptionsOf('wait', options);
    return { ...this.which(), timeoutMs: timeoutOf(options.timeout) };
  }
}

showAs(
  RoomJoinableQueue.prototype,
  (queue: RoomJoinableQueue) => `<JoinableQueue '${queue.name}' in a room>`,
);

registerHandle('room-joinable-queue', (handle) => {
  const existing = new InRoom(handle);
  return new RoomJoinableQueue(existing.place, Number(existing.traits.maxsize), existing);
});
