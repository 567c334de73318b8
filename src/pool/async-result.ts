// The result of work that goes on: to wait for, or to ask whether it is there.
import { NotReadyError, TimeoutError } from '../errors';
import { Ending } from '../process/ending';
import type { WaitOptions } from '../sync/wait-options';

type State<R> = { phase: 'running' } | { phase: 'returned'; value: R } | { phase: 'failed'; error: unknown };

/**
 * Python's AsyncResult. An error that nobody asks for is not reported. A timeout or signal given here gives up the wait,
 * not the work: for that, give it to the call itself.
 */
export class AsyncResult<R> {
  readonly #what: string;
  readonly #ending = new Ending();
  #state: State<R> = { phase: 'running' };

  /** By the pool. */
  constructor(what: string) {
    this.#what = what;
  }

  /** Resolves to the result or rejects with the error of the work; a TimeoutError after `timeout` milliseconds. */
  async get(options: WaitOptions = {}): Promise<R> {
    await this.wait(options);
    const state = this.#state;
    switch (state.phase) {
      case 'returned':
        return state.value;
      case 'failed':
        throw state.error;
      case 'running':
        throw new TimeoutError(this.#what, options.timeout ?? 0, 'the work goes on, and you may ask again');
      default:
        return state satisfies never;
    }
  }

  /** Resolves when the result or an error is there, or after `timeout` milliseconds. Never rejects with the work's error. */
  async wait(options: WaitOptions = {}): Promise<void> {
    if (!this.ready()) await this.#ending.wait(this.#what, options);
  }

  /** Whether the result or an error is there. */
  ready(): boolean {
    return this.#state.phase !== 'running';
  }

  /** Whether the work ended without an error. Throws a NotReadyError while it goes on. */
  successful(): boolean {
    if (!this.ready()) throw new NotReadyError();
    return this.#state.phase === 'returned';
  }

  /** By the pool. */
  settle(state: Exclude<State<R>, { phase: 'running' }>): void {
    this.#state = state;
    this.#ending.tell();
  }
}
