// All results of a call in one list, for an AsyncResult.
import type { AsyncResult } from './async-result';
import type { Results, Sink } from './sink';

/** A listener is told before the result can be got. */
export interface Listener<R> {
  returned(value: R): void;
  failed(error: unknown): void;
}

export class ListSink<R, L> implements Sink {
  readonly stopsAtError = true;
  readonly ahead = Number.POSITIVE_INFINITY;
  readonly #values: R[];
  readonly #result: AsyncResult<L>;
  readonly #toResult: (values: R[]) => L;
  readonly #listener: Listener<L>;

  /** `length`: how many there will be, if that is known. */
  constructor(
    result: AsyncResult<L>,
    toResult: (values: R[]) => L,
    listener: Listener<L>,
    length: number | undefined,
  ) {
    // The list has its full length at once: chunks do not come in their order.
    this.#values = new Array<R>(length ?? 0);
    this.#result = result;
    this.#toResult = toResult;
    this.#listener = listener;
  }

  room(): number {
    return this.ahead;
  }

  gaveOut(): void {}

  keepAll(): void {}

  arrived(first: number, results: Results): void {
    const list = this.#values as unknown[];
    if ('values' in results) {
      const { values } = results;
      for (let i = 0; i < values.length; i++) list[first + i] = values[i];
    } else {
      results.outcomes.forEach((outcome, i) => {
        if ('value' in outcome) list[first + i] = outcome.value;
      });
    }
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
