// Where the items of a call come from: a list, an iterable, or an async iterable that is asked only for what is needed.

export interface Source {
  /** Undefined when it does not know. */
  readonly left: number | undefined;
  readonly isDone: boolean;
  /** Up to `count` items; none: it has none now. Throws what the iterable throws. */
  take(count: number): unknown[];
  /** Lets the iterable clean up. */
  close(): void;
}

export class ListSource implements Source {
  readonly #items: readonly unknown[];
  #at = 0;

  constructor(items: readonly unknown[]) {
    this.#items = items;
  }

  get left(): number {
    return this.#items.length - this.#at;
  }

  get isDone(): boolean {
    return this.left === 0;
  }

  take(count: number): unknown[] {
    const items = this.#items.slice(this.#at, this.#at + count);
    this.#at += items.length;
    return items;
  }

  close(): void {}
}

export class IterableSource implements Source {
  readonly left = undefined;
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

export class AsyncSource implements Source {
  readonly left = undefined;
  readonly #iterator: AsyncIterator<unknown>;
  readonly #onNews: () => void;
  readonly #ready: unknown[] = [];
  #isAsking = false;
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

  async #ask(): Promise<void> {
    if (this.#isAsking || this.#hasEnded) return;
    this.#isAsking = true;
    try {
      const next = await this.#iterator.next();
      if (next.done) this.#hasEnded = true;
      else if (!this.#hasEnded) this.#ready.push(next.value);
    } catch (thrown) {
      if (!this.#hasEnded) this.#error = { thrown };
      this.#hasEnded = true;
    } finally {
      this.#isAsking = false;
    }
    this.#onNews();
  }
}
