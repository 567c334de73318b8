// All results of a call in one list, for an AsyncResult.
import type { AsyncResult } from './async-result';
import type { Sink } from './call';
import type { Outcome } from './conversation';

/** Told before the result can be got. */
export interface Listener<R> {
  progressed(done: number): void;
  returned(value: R): void;
  failed(error: unknown): void;
}

export class ListSink<R, L> implements Sink {
  readonly stopsAtError = true;
  readonly #values: R[] = [];
  readonly #result: AsyncResult<L>;
  readonly #toResult: (values: R[]) => L;
  readonly #listener: Listener<L>;
  #done = 0;

  constructor(result: AsyncResult<L>, toResult: (values: R[]) => L, listener: Listener<L>) {
    this.#result = result;
    this.#toResult = toResult;
    this.#listener = listener;
  }

  room(): number {
    return Number.POSITIVE_INFINITY;
  }

  gaveOut(): void {}

  arrived(first: number, outcomes: readonly Outcome[]): void {
    outcomes.forEach((outcome, i) => {
      if ('value' in outcome) this.#values[first + i] = outcome.value as R;
    });
    this.#done += outcomes.length;
    this.#listener.progressed(this.#done);
  }

  finished(): void {
    const value = this.#toResult(this.#values);
    this.#listener.returned(value);
    this.#result.settle({ phase: 'returned', value });
  }

  failed(error: unknown): void {
    this.#listener.failed(error);
    this.#result.settle({ phase: 'failed', error });
  }
}
