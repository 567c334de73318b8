// AsyncResult, as a program under control sees it.

import { NotReadyError, TimeoutError } from '../../errors';
import { checkOptionsOf } from '../../given';
import { type AsyncResult as RealAsyncResult, resultText } from '../../pool/async-result';
import type { WaitOptions } from '../../sync/wait-options';
import { showAs } from '../../system/show-as';
import { Ending } from './ending';
import type { Public } from './public';

type Settled<R> = { value: R } | { error: unknown };

export class AsyncResult<R> implements Public<RealAsyncResult<R>, 'settle'> {
  readonly #what: string;
  readonly #ending = new Ending();
  #settled: Settled<R> | undefined;

  constructor(what: string) {
    this.#what = what;
  }

  async get(options: WaitOptions = {}): Promise<R> {
    await this.wait(options);
    const settled = this.#settled;
    if (settled === undefined) {
      throw new TimeoutError(this.#what, options.timeout ?? 0, 'the work goes on, and you may ask again');
    }
    if ('error' in settled) throw settled.error;
    return settled.value;
  }

  async wait(options: WaitOptions = {}): Promise<void> {
    checkOptionsOf('wait', options);
    if (!this.ready()) await this.#ending.wait(this.#what, options);
  }

  ready(): boolean {
    return this.#settled !== undefined;
  }

  successful(): boolean {
    if (this.#settled === undefined) throw new NotReadyError();
    return 'value' in this.#settled;
  }

  /** The pool ends it. */
  end(settled: Settled<R>): void {
    this.#settled = settled;
    this.#ending.tell();
  }
}

showAs(AsyncResult.prototype, resultText);
