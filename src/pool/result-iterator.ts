// The results of imap as they come: an async iterator that lets the pool work only a little ahead of what was
// taken.

import { TimeoutError } from '../errors';
import { checkOptionsOf } from '../given';
import { type Bringing, Ending } from '../process/ending';
import type { WaitOptions } from '../sync/wait-options';
import { also, showAs } from '../system/show-as';
import { performance } from '../system/timers';
import { timeoutOf } from '../waiting/wake';
import type { Outcome } from './conversation';
import type { Results, Sink } from './sink';

/** Gives the results of Pool.imap() and Pool.imapUnordered() as they come, for `for await`. */
export class ResultIterator<R> implements AsyncIterableIterator<R>, Sink {
  /** @internal */
  readonly stopsAtError = false;
  /** @internal */
  ahead: number;
  readonly #what: string;
  readonly #isOrdered: boolean;
  readonly #ready = new Map<number, Outcome>();
  readonly #news: Ending;
  #arrived = 0;
  #hasRoom = true;
  #taken = 0;
  #givenOut = 0;
  #ending: { error: unknown } | 'finished' | undefined;
  /**
   * The pool hears by it that room was made.
   *
   * @internal
   */
  onTaken: () => void = () => {};
  /**
   * The pool hears by it that no more results are wanted.
   *
   * @internal
   */
  onReturn: () => void = () => {};

  /**
   * The pool makes it.
   *
   * @internal
   */
  constructor(what: string, isOrdered: boolean, ahead: number, subject: Bringing) {
    this.#news = new Ending(subject);
    this.#what = what;
    this.#isOrdered = isOrdered;
    this.ahead = ahead;
  }

  /** @internal */
  keepAll(): void {
    this.ahead = Number.POSITIVE_INFINITY;
  }

  /**
   * Waits for the next result. After an error it may be called again, for the next item.
   *
   * @throws The error of the item; TimeoutError when nothing has come for `timeout` milliseconds;
   * WaitAbortedError when `signal` is aborted.
   */
  async next(options: WaitOptions = {}): Promise<IteratorResult<R, undefined>> {
    checkOptionsOf('wait', options);
    const timeoutMs = timeoutOf(options.timeout);
    const deadline = performance.now() + (timeoutMs ?? Number.POSITIVE_INFINITY);
    for (;;) {
      const outcome = this.#take();
      if (outcome !== undefined) {
        if (this.room() > 0) this.onTaken();
        if ('error' in outcome) throw outcome.error;
        return { done: false, value: outcome.value as R };
      }
      if (this.#ending !== undefined) return this.#end(this.#ending);
      const leftMs = deadline - performance.now();
      if (leftMs <= 0) {
        throw new TimeoutError(this.#what, timeoutMs ?? 0, 'the work goes on, and you may ask again');
      }
      const { signal } = options;
      await this.#news.wait(this.#what, {
        ...(timeoutMs !== undefined && { timeout: leftMs }),
        ...(signal !== undefined && { signal }),
      });
    }
  }

  /** Called by `break`: no more items are begun; workers finish those that they have. */
  async return(): Promise<IteratorResult<R, undefined>> {
    this.#ready.clear();
    this.#ending ??= 'finished';
    this.onReturn();
    return { done: true, value: undefined };
  }

  /** Itself. */
  [Symbol.asyncIterator](): this {
    return this;
  }

  /**
   * Once there is none it stays so until half is free: one item for each that is taken would be as many
   * messages.
   *
   * @internal
   */
  room(): number {
    const room = this.ahead - (this.#givenOut - this.#taken);
    if (room <= 0) this.#hasRoom = false;
    else if (room >= this.ahead / 2) this.#hasRoom = true;
    return this.#hasRoom ? room : 0;
  }

  /**
   * The call tells by it how many items are on their way.
   *
   * @internal
   */
  gaveOut(count: number): void {
    this.#givenOut += count;
  }

  /** @internal */
  arrived(first: number, results: Results): void {
    if (this.#ending !== undefined) return;
    const outcomes =
      'values' in results ? Array.from(results.values, (value) => ({ value })) : results.outcomes;
    outcomes.forEach((outcome, i) => {
      this.#ready.set(this.#isOrdered ? first + i : this.#arrived++, outcome);
    });
    this.#news.tell();
  }

  /** @internal */
  finished(): void {
    this.#ending ??= 'finished';
    this.#news.tell();
  }

  /** @internal */
  failed(error: unknown): void {
    this.#ending ??= { error };
    this.#news.tell();
  }

  #take(): Outcome | undefined {
    const outcome = this.#ready.get(this.#taken);
    if (outcome !== undefined) this.#ready.delete(this.#taken++);
    return outcome;
  }

  #end(ending: { error: unknown } | 'finished'): IteratorResult<R, undefined> {
    this.#ending = 'finished';
    if (ending !== 'finished') throw ending.error;
    return { done: true, value: undefined };
  }

  static {
    showAs(
      ResultIterator.prototype,
      (results: ResultIterator<unknown>) =>
        `<ResultIterator, ${results.#taken} taken${also(results.#ending !== undefined, 'ended')}>`,
    );
  }
}
