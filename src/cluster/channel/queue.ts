// A first-in first-out queue between hosts.

import type { QueueWaitOptions } from '../../channel/queue';
import {
  InvalidArgumentError,
  QueueClosedError,
  QueueEmptyError,
  QueueFullError,
  WaitAbortedError,
} from '../../errors';
import { checkOptionsOf } from '../../given';
import { registerHandle } from '../../objects/handle';
import type { NameOption } from '../../objects/shared-object';
import { showAs } from '../../system/show-as';
import { timeoutOf } from '../../waiting/wake';
import type { Place } from '../address';
import { decodeItem, encodeItem } from '../codec';
import type { Asking } from '../line/line';
import type { QueueName, Timed } from '../services/queues/queue-name';
import { InRoom, RoomObject } from '../sync/room-object';

/**
 * First in, first out, between any processes of a room. Items are copied. An item is in the queue when put()
 * is done, and stays there for a week, also when the broker starts anew. Each goes to one taker; if the
 * broker goes away in the very moment that it is taken, it may come once more.
 */
export class RoomQueue<T = unknown> extends RoomObject implements AsyncIterable<T> {
  readonly #maxsize: number;
  readonly #closing = new AbortController();

  /**
   * `maxsize` 0: unbounded, put() never waits.
   *
   * @internal
   */
  constructor(place: Place, maxsize = 0, options: NameOption | InRoom = {}, kind = 'room-queue') {
    if (!Number.isInteger(maxsize)) throw new InvalidArgumentError('maxsize', 'a whole number', maxsize);
    const size = Math.max(0, maxsize);
    super({ place, kind, service: 'queues', traits: { maxsize: size } }, options);
    this.#maxsize = size;
  }

  /**
   * Resolves when the item is in the queue; waits while the queue is full.
   *
   * @throws QueueFullError if it stays full for `timeout` milliseconds; QueueClosedError after close();
   * WaitAbortedError when `signal` is aborted; NotSerializableError for an item that cannot travel; RoomError
   * if the broker cannot be used.
   */
  async put(item: T, options?: QueueWaitOptions): Promise<void> {
    const { bytes, timeoutMs } = this.#putting('put', item, options);
    const args = { ...this.which(), bytes, timeoutMs };
    const isIn = await this.#until('put', () =>
      this.ask<boolean>('put', args, this.#asking('Queue.put()', options)),
    );
    if (!isIn) throw new QueueFullError(this.#maxsize, timeoutMs || undefined);
  }

  /** As put(), but blocks this thread while it waits. */
  putSync(item: T, options?: QueueWaitOptions): void {
    const { bytes, timeoutMs } = this.#putting('putSync', item, options);
    const args = { ...this.which(), bytes, timeoutMs };
    const isIn = this.askSync<boolean>('put', args, this.#asking('Queue.putSync()', options));
    if (!isIn) throw new QueueFullError(this.#maxsize, timeoutMs || undefined);
  }

  /** As putSync(), without waiting for room. */
  putNowait(item: T): void {
    this.putSync(item, { block: false });
  }

  /**
   * Resolves to the oldest item, which nobody else gets; waits while there is none.
   *
   * @throws QueueEmptyError if nothing comes for `timeout` milliseconds; QueueClosedError after close();
   * WaitAbortedError when `signal` is aborted; RoomError if the broker cannot be used.
   */
  async get(options?: QueueWaitOptions): Promise<T> {
    const args = this.#taking('get', options);
    const asking = this.#asking('Queue.get()', options);
    return this.#open(
      await this.#until('get', () => this.ask<Uint8Array | undefined>('take', args, asking)),
      args,
    );
  }

  /** As get(), but blocks this thread while it waits. */
  getSync(options?: QueueWaitOptions): T {
    const args = this.#taking('getSync', options);
    return this.#open(this.askSync('take', args, this.#asking('Queue.getSync()', options)), args);
  }

  /** As getSync(), without waiting. */
  getNowait(): T {
    return this.getSync({ block: false });
  }

  /**
   * How many items there are; it may have changed by the time you look at it. It asks the broker, and blocks
   * this thread meanwhile.
   */
  qsize(): number {
    return this.askSync('size', { ...this.which(), isJoinable: this.isJoinable });
  }

  /** Whether there is no item now. */
  empty(): boolean {
    return this.qsize() === 0;
  }

  /** Whether there are `maxsize` items now. */
  full(): boolean {
    return this.#maxsize > 0 && this.qsize() >= this.#maxsize;
  }

  /**
   * This process will put and get no more: its waits end with a QueueClosedError, its iterations end. Others
   * go on.
   */
  close(): void {
    this.#closing.abort();
  }

  /** The items as they come, until this process closes the queue. */
  async *[Symbol.asyncIterator](): AsyncGenerator<T, void, undefined> {
    while (!this.#closing.signal.aborted) {
      let item: T;
      try {
        item = await this.get();
      } catch (error) {
        if (error instanceof QueueClosedError) return;
        throw error;
      }
      yield item;
    }
  }

  /** Whether an item stays in work until taskDone(). */
  protected get isJoinable(): boolean {
    return false;
  }

  protected which(): QueueName {
    return { name: this.part, maxsize: this.#maxsize };
  }

  #putting(method: string, item: T, options: QueueWaitOptions | undefined) {
    this.#checkOpen(method);
    return { timeoutMs: timeoutMsOf(options), bytes: encodeItem(item) };
  }

  #taking(method: string, options: QueueWaitOptions | undefined): Timed & { mustFinish: boolean } {
    this.#checkOpen(method);
    return { ...this.which(), mustFinish: this.isJoinable, timeoutMs: timeoutMsOf(options) };
  }

  #open(bytes: Uint8Array | undefined, { timeoutMs }: Timed): T {
    if (bytes === undefined) throw new QueueEmptyError(timeoutMs || undefined);
    return decodeItem(bytes) as T;
  }

  #asking(what: string, options: QueueWaitOptions | undefined): Asking {
    const { signal: closed } = this.#closing;
    const signal = options?.signal === undefined ? closed : AbortSignal.any([options.signal, closed]);
    return { what, signal };
  }

  async #until<R>(method: string, work: () => Promise<R>): Promise<R> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof WaitAbortedError && this.#closing.signal.aborted)
        throw new QueueClosedError(method);
      throw error;
    }
  }

  #checkOpen(method: string): void {
    if (this.#closing.signal.aborted) throw new QueueClosedError(method);
  }
}

function timeoutMsOf(options: QueueWaitOptions | undefined): number | undefined {
  checkOptionsOf('queueWait', options);
  return options?.block === false ? 0 : timeoutOf(options?.timeout);
}

showAs(RoomQueue.prototype, (queue: RoomQueue) => `<Queue '${queue.name}' in a room>`);

registerHandle('room-queue', (handle) => {
  const existing = new InRoom(handle);
  return new RoomQueue(existing.place, Number(existing.traits.maxsize), existing);
});
