// A queue with nothing but put, get and empty, as Python's SimpleQueue.

import { checkOptionsOf } from '../given';
import { construct } from '../objects/construct';
import { type Composite, type Parts, registerComposite, toParts } from '../objects/handle';
import { nextName } from '../objects/references';
import type { NameOption } from '../objects/shared-object';
import { also, showAs } from '../system/show-as';
import { type Readiness, type Waitable, waitable } from '../waiting/waitable';
import { Queue, type QueueWaitOptions } from './queue';

/**
 * Hands items between processes as a Queue does, without a limit, and with nothing but put, get and empty.
 * Python's `multiprocessing.SimpleQueue`.
 *
 * @example
 * const queue = new SimpleQueue<string>();
 * await queue.put('hello');
 * console.log(await queue.get(), queue.empty()); // → hello true
 */
export class SimpleQueue<T = unknown> implements Composite, Waitable, Disposable {
  readonly #queue: Queue<T>;
  #isClosed = false;

  /** Makes an empty queue. */
  constructor(options?: NameOption);
  // Beyond its type: for restoring one of another process, and for what is built on it.
  constructor(options: NameOption | Queue<T> = {}) {
    if (!(options instanceof Queue)) checkOptionsOf('name', options);
    this.#queue =
      options instanceof Queue ? options : new Queue<T>(0, { name: nextName('SimpleQueue'), ...options });
  }

  /**
   * Puts an item into the queue. It never waits, because the queue has no limit.
   *
   * @throws QueueClosedError after close(); NotSerializableError for an item that cannot travel.
   */
  put(item: T): Promise<void> {
    return this.#queue.put(item);
  }

  /** As put(), without a promise. */
  putSync(item: T): void {
    this.#queue.putSync(item);
  }

  /**
   * Takes the oldest item out of the queue, and waits while there is none.
   *
   * @throws QueueClosedError after close(); DeadlockError if no process is left that could put something;
   * WaitAbortedError when `signal` is aborted.
   */
  get(options?: Pick<QueueWaitOptions, 'signal'>): Promise<T> {
    checkOptionsOf('wait', options);
    return this.#queue.get(options);
  }

  /** As get(), but blocks this thread while it waits. */
  getSync(): T {
    return this.#queue.getSync();
  }

  /** Whether the queue holds no item now. */
  empty(): boolean {
    return this.#queue.empty();
  }

  /** Closes the queue for this process, which then can put and get no more. Other processes go on. */
  close(): void {
    this.#isClosed = true;
    this.#queue.close();
  }

  /** Whether this process closed it. */
  get closed(): boolean {
    return this.#isClosed;
  }

  /** `using queue = …`: close() at the end of the block. */
  [Symbol.dispose](): void {
    this.close();
  }

  /** @internal */
  [waitable](): Readiness {
    return this.#queue[waitable]();
  }

  /** @internal */
  [toParts](): Parts {
    return { kind: 'simple-queue', parts: [this.#queue] };
  }

  static {
    showAs(
      SimpleQueue.prototype,
      (queue: SimpleQueue) => `<SimpleQueue of ${queue.#queue.qsize()}${also(queue.#isClosed, 'closed')}>`,
    );
  }
}

registerComposite('simple-queue', ([queue]) => construct(SimpleQueue, queue));
