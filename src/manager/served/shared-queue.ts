// A queue of the program as an object of a manager: for programs that reach this one by a socket alone.
import { Queue } from '../../channel/queue';
import { currentCaller } from '../caller';

interface Blocking {
  timeout?: number;
  block?: boolean;
}

class ServedSharedQueue<T = unknown> {
  readonly #queue: Queue<T>;

  constructor(queue: Queue<T>) {
    this.#queue = queue;
  }

  put(item: T, options?: Blocking): Promise<void> {
    return this.#queue.put(item, { ...options, signal: currentCaller().signal });
  }

  putNowait(item: T): void {
    this.#queue.putNowait(item);
  }

  get(options?: Blocking): Promise<T> {
    // It takes nothing for a caller that is gone.
    return this.#queue.get({ ...options, signal: currentCaller().signal });
  }

  getNowait(): T {
    return this.#queue.getNowait();
  }

  qsize(): number {
    return this.#queue.qsize();
  }

  empty(): boolean {
    return this.#queue.empty();
  }

  full(): boolean {
    return this.#queue.full();
  }
}

const views = new WeakMap<Queue, ServedSharedQueue>();

/** Returns the same view for the same queue; undefined for what is no queue. */
export function viewOfQueue(value: object): object | undefined {
  if (!(value instanceof Queue)) return undefined;
  const view = views.get(value) ?? new ServedSharedQueue(value);
  views.set(value, view);
  return view;
}
