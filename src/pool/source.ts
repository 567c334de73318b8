// Where the items of a call come from: a list, an iterable, or an async iterable that is asked only for what
// is needed.

import { InvalidArgumentError } from '../errors';
import { setImmediate } from '../system/timers';
import { pack, type Values, valuesBetween } from './conversation';

export interface Source {
  /** How many items will still come. Undefined when it does not know. */
  readonly left: number | undefined;
  /** An item that stands for all, if there is one to look at. */
  readonly sample: unknown;
  readonly isDone: boolean;
  /** Gives up to `count` items, and none when it has none now. Throws what the iterable throws. */
  take(count: number): Values;
  /** Lets the iterable clean up. */
  close(): void;
}

export type Items<T> = Iterable<T> | AsyncIterable<T>;

/**
 * `isLazy`: an iterable is asked as it is needed, and not all at once, which may throw. `onNews` as in
 * AsyncSource.
 */
export function sourceOf(items: Items<unknown>, isLazy: boolean, onNews: () => void): Source {
  if (typeof items === 'object' && items !== null && Symbol.asyncIterator in items) {
    return new AsyncSource(items, onNews);
  }
  if (items === null || items === undefined || typeof items[Symbol.iterator] !== 'function') {
    throw new InvalidArgumentError('items', 'something to iterate over, such as an array', items);
  }
  if (Array.isArray(items)) return new ListSource(items);
  return isLazy ? new IterableSource(items) : new ListSource([...items]);
}

export class ListSource implements Source {
  readonly #items: Values;
  #at = 0;

  /** The list may change afterwards. */
  constructor(items: readonly unknown[]) {
    const values = pack(items);
    this.#items = values === items ? [...items] : values;
  }

  get left(): number {
    return this.#items.length - this.#at;
  }

  get sample(): unknown {
    return this.#items[0];
  }

  get isDone(): boolean {
    return this.left === 0;
  }

  take(count: number): Values {
    const items = valuesBetween(this.#items, this.#at, this.#at + count);
    this.#at += items.length;
    return items;
  }

  close(): void {}
}

class IterableSource implements Source {
  readonly left = undefined;
  readonly sample = undefined;
  readonly #iterator: Iterator<unknown>;
  #isDone = false;
  #error: { thrown: unknown } | undefined;

  constructor(items: Iterable<unknown>) {
    this.#iterator = items[Symbol.iterator]();
  }

  get isDone(): boolean {
    return this.#isDone;
  }

  take(count: number): unknown[] {
    const items: unknown[] = [];
    while (items.length < count && !this.#isDone && this.#error === undefined) {
      try {
        const next = this.#iterator.next();
        if (next.done) this.#isDone = true;
        else items.push(next.value);
      } catch (thrown) {
        this.#error = { thrown };
      }
    }
    // What came before the error is work like any other.
    if (items.length > 0 || this.#error === undefined) return items;
    this.#isDone = true;
    throw this.#error.thrown;
  }

  close(): void {
    if (this.#isDone || this.#error !== undefined) return;
    this.#isDone = true;
    try {
      this.#iterator.return?.();
    } catch {
      // Whoever closes has an outcome already.
    }
  }
}

class AsyncSource implements Source {
  readonly left = undefined;
  readonly sample = undefined;
  readonly #iterator: AsyncIterator<unknown>;
  readonly #onNews: () => void;
  readonly #ready: unknown[] = [];
  #isAsking = false;
  #isTelling = false;
  #wanted = 0;
  #hasEnded = false;
  #error: { thrown: unknown } | undefined;

  /** `onNews` is called when take() may give more than it did. */
  constructor(items: AsyncIterable<unknown>, onNews: () => void) {
    this.#iterator = items[Symbol.asyncIterator]();
    this.#onNews = onNews;
  }

  get isDone(): boolean {
    return this.#hasEnded && this.#ready.length === 0 && this.#error === undefined;
  }

  take(count: number): unknown[] {
    const items = this.#ready.splice(0, count);
    this.#wanted = items.length > 0 ? 0 : count;
    if (items.length > 0) return items;
    if (this.#error !== undefined) {
      const { thrown } = this.#error;
      this.#error = undefined;
      throw thrown;
    }
    void this.#ask();
    return items;
  }

  close(): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#ready.length = 0;
    try {
      this.#iterator.return?.()?.then(undefined, () => {});
    } catch {
      // Whoever closes has an outcome already.
    }
  }

  /** A source that has its items at once is heard to the end of the turn, so that they travel together. */
  async #ask(): Promise<void> {
    if (this.#isAsking || this.#hasEnded) return;
    this.#isAsking = true;
    try {
      while (!this.#hasEnded && this.#ready.length < this.#wanted) {
        const next = await this.#iterator.next();
        if (next.done) this.#hasEnded = true;
        else if (!this.#hasEnded) this.#ready.push(next.value);
        this.#tellSoon();
      }
    } catch (thrown) {
      if (!this.#hasEnded) this.#error = { thrown };
      this.#hasEnded = true;
      this.#tellSoon();
    } finally {
      this.#isAsking = false;
    }
  }

  #tellSoon(): void {
    if (this.#isTelling) return;
    this.#isTelling = true;
    setImmediate(() => {
      this.#isTelling = false;
      this.#onNews();
    });
  }
}
