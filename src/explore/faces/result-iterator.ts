// What imap() and imapUnordered() give, as a program under control sees it.

import { TimeoutError } from '../../errors';
import { checkOptionsOf } from '../../given';
import type { ResultIterator as RealResultIterator } from '../../pool/result-iterator';
import type { WaitOptions } from '../../sync/wait-options';
import { timeoutOf } from '../../waiting/wake';
import { runner } from '../operations';
import { Ending } from './ending';
import type { Outcome } from './pool-worker';
import type { Public } from './public';

type Internal =
  | 'stopsAtError'
  | 'ahead'
  | 'onTaken'
  | 'onReturn'
  | 'keepAll'
  | 'room'
  | 'gaveOut'
  | 'arrived'
  | 'finished'
  | 'failed';

export class ResultIterator<R>
  implements Public<RealResultIterator<R>, Internal | typeof Symbol.asyncIterator>, AsyncIterableIterator<R>
{
  readonly #what: string;
  readonly #isOrdered: boolean;
  readonly #stop: () => void;
  readonly #ready = new Map<number, Outcome>();
  readonly #news = new Ending();
  #arrived = 0;
  #taken = 0;
  #ending: { error: unknown } | 'finished' | undefined;

  /** `stop` is called when no more results are wanted. */
  constructor(what: string, isOrdered: boolean, stop: () => void) {
    this.#what = what;
    this.#isOrdered = isOrdered;
    this.#stop = stop;
  }

  async next(options: WaitOptions = {}): Promise<IteratorResult<R, undefined>> {
    checkOptionsOf('wait', options);
    const deadline = runner().clock + (timeoutOf(options.timeout) ?? Number.POSITIVE_INFINITY);
    for (;;) {
      const outcome = this.#ready.get(this.#taken);
      if (outcome !== undefined) {
        this.#ready.delete(this.#taken++);
        if ('error' in outcome) throw outcome.error;
        return { done: false, value: outcome.value as R };
      }
      if (this.#ending !== undefined) return this.#end(this.#ending);
      const left = deadline - runner().clock;
      if (left <= 0) {
        throw new TimeoutError(this.#what, options.timeout ?? 0, 'the work goes on, and you may ask again');
      }
      // What comes may be taken by another next() that waits, too.
      await this.#news.wait(this.#what, { ...options, timeout: left });
    }
  }

  async return(): Promise<IteratorResult<R, undefined>> {
    this.#ready.clear();
    this.#ending ??= 'finished';
    this.#stop();
    return { done: true, value: undefined };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  /** The pool brings them. */
  arrive(first: number, outcomes: readonly Outcome[]): void {
    if (this.#ending !== undefined) return;
    outcomes.forEach((outcome, i) => {
      this.#ready.set(this.#isOrdered ? first + i : this.#arrived++, outcome);
    });
    this.#news.tell();
  }

  end(ending: { error: unknown } | 'finished'): void {
    this.#ending ??= ending;
    this.#news.tell();
  }

  #end(ending: { error: unknown } | 'finished'): IteratorResult<R, undefined> {
    this.#ending = 'finished';
    if (ending !== 'finished') throw ending.error;
    return { done: true, value: undefined };
  }
}
