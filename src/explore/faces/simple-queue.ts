// SimpleQueue, as a program under control sees it.

import type { QueueWaitOptions } from '../../channel/queue';
import type { SimpleQueue as RealSimpleQueue } from '../../channel/simple-queue';
import { checkOptionsOf } from '../../given';
import { type Composite, type Parts, toParts } from '../../objects/handle';
import type { NameOption } from '../../objects/shared-object';
import { also, showAs } from '../../system/show-as';
import { type Readiness, waitable } from '../../waiting/waitable';
import type { Source } from '../machines/wait-any';
import type { Public } from './public';
import { Queue } from './queue';
import { nextName } from './thing';
import { sourceOf, type Waited } from './wait-any';

export class SimpleQueue<T = unknown> implements Public<RealSimpleQueue<T>>, Composite, Waited, Disposable {
  readonly #queue: Queue<T>;
  #isClosed = false;

  constructor(options: NameOption | Queue<T> = {}) {
    if (!(options instanceof Queue)) checkOptionsOf('name', options);
    this.#queue =
      options instanceof Queue ? options : new Queue<T>(0, { name: nextName('SimpleQueue'), ...options });
  }

  put(item: T): Promise<void> {
    return this.#queue.put(item);
  }

  putSync(item: T): void {
    this.#queue.putSync(item);
  }

  get(options?: Pick<QueueWaitOptions, 'signal'>): Promise<T> {
    checkOptionsOf('wait', options);
    return this.#queue.get(options);
  }

  getSync(): T {
    return this.#queue.getSync();
  }

  empty(): boolean {
    return this.#queue.empty();
  }

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

  /** @internal */
  [waitable](): Readiness {
    return this.#queue[waitable]();
  }

  [sourceOf](): Source {
    return this.#queue[sourceOf]();
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
