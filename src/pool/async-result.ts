// The result of work that goes on: to wait for, or to ask whether it is there.

import { NotReadyError, TimeoutError } from '../errors';
import { checkOptionsOf } from '../given';
import { type Bringing, Ending } from '../process/ending';
import type { WaitOptions } from '../sync/wait-options';
import { showAs } from '../system/show-as';

type State<R> = { phase: 'running' } | { phase: 'returned'; value: R } | { phase: 'failed'; error: unknown };

/**
 * Gives the result of work that a pool does in the background. Python's `multiprocessing.pool.AsyncResult`.
 * An error that is not asked for is not reported. A timeout or signal given here gives up the wait, not the
 * work: for that, give it to the call itself.
 *
 * @example
 * await using pool = new Pool({ processes: 1 });
 * const door = new Event();
 * const result = pool.applyAsync(async () => { await door.wait(); return 42; });
 * result.successful(); // throws NotReadyError: …await wait() first, or ask ready().
 * await result.get({ timeout: 10 }); // throws TimeoutError: …the work goes on, and you may ask again.
 * door.set();
 * console.log(await result.get(), result.ready(), result.successful()); // → 42 true true
 */
export class AsyncResult<R> {
  readonly #what: string;
  readonly #ending: Ending;
  #state: State<R> = { phase: 'running' };

  /**
   * The pool makes it.
   *
   * @internal
   */
  constructor(what: string, subject: Bringing) {
    this.#what = what;
    this.#ending = new Ending(subject);
  }

  /**
   * Waits for the result, and resolves to it.
   *
   * @throws The error of the work; TimeoutError after `timeout` milliseconds; WaitAbortedError when `signal`
   * is aborted; DeadlockError if the workers wait for us in turn.
   */
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

  /**
   * Waits until the result or an error is there, or `timeout` milliseconds are over. Never rejects with the
   * work's error.
   *
   * @throws WaitAbortedError when `signal` is aborted; DeadlockError if the workers wait for us in turn.
   */
  async wait(options: WaitOptions = {}): Promise<void> {
    checkOptionsOf('wait', options);
    if (!this.ready()) await this.#ending.wait(this.#what, options);
  }

  /** Whether the result or an error is there. */
  ready(): boolean {
    return this.#state.phase !== 'running';
  }

  /**
   * Whether the work ended without an error.
   *
   * @throws NotReadyError while it goes on.
   */
  successful(): boolean {
    if (!this.ready()) throw new NotReadyError();
    return this.#state.phase === 'returned';
  }

  /**
   * The pool says by it how the work ended.
   *
   * @internal
   */
  settle(state: Exclude<State<R>, { phase: 'running' }>): void {
    this.#state = state;
    this.#ending.tell();
  }
}

/** Returns how it is shown; so is a face of it. */
export function resultText(result: AsyncResult<unknown>): string {
  return `<AsyncResult ${!result.ready() ? 'not ready' : result.successful() ? 'ready' : 'failed'}>`;
}

showAs(AsyncResult.prototype, resultText);
