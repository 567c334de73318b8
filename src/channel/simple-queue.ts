// A queue with nothing but put, get and empty, as Python's SimpleQueue.
import { type Composite, type Parts, registerComposite, toParts } from '../memory/handle';
import { type Readiness, type Waitable, waitable } from '../memory/waitable';
import { Queue, type QueueWaitOptions } from './queue';

export class SimpleQueue<T = unknown> implements Composite, Waitable, Disposable {
  readonly #queue: Queue<T>;
  #isClosed = false;

  /** `queue` is for restoring one that came from another process. */
  constructor(queue = new Queue<T>()) {
    this.#queue = queue;
  }

  /** Never waits: the queue has no limit. @throws QueueClosedError after close(). */
  put(item: T): Promise<void> {
    return this.#queue.put(item);
  }

  putSync(item: T): void {
    this.#queue.putSync(item);
  }

  /** Resolves to the oldest item. @throws QueueClosedError after close(). */
  get(options?: Pick<QueueWaitOptions, 'signal'>): Promise<T> {
    return this.#queue.get(options);
  }

  getSync(): T {
    return this.#queue.getSync();
  }

  empty(): boolean {
    return this.#queue.empty();
  }

  /** This process will put and get no more. */
  close(): void {
    this.#isClosed = true;
    this.#queue.close();
  }

  get closed(): boolean {
    return this.#isClosed;
  }

  [Symbol.dispose](): void {
    this.close();
  }

  [waitable](): Readiness {
    return this.#queue[waitable]();
  }

  [toParts](): Parts {
    return { kind: 'simple-queue', parts: [this.#queue] };
  }
}

registerComposite('simple-queue', ([queue]) => new SimpleQueue(queue as Queue));
