// Pool, as a program under control sees it: processes that take work, any worker any part of it.

import { InvalidArgumentError, PoolClosedError, PoolRunningError, WaitAbortedError } from '../../errors';
import { checkFunction, checkOptionsOf } from '../../given';
import type { AsyncResult as RealAsyncResult } from '../../pool/async-result';
import {
  type Callbacks,
  checkCountIfGiven,
  type IterateOptions,
  listenerFor,
  type MapOptions,
  type PoolOptions,
  type PoolStats,
  type WorkOptions,
} from '../../pool/options';
import type { Pool as RealPool } from '../../pool/pool';
import type { ResultIterator as RealResultIterator } from '../../pool/result-iterator';
import { cpuCount } from '../../process/cpu-count';
import type { JoinOptions } from '../../process/ending';
import type { Process as RealProcess } from '../../process/process';
import { also, showAs } from '../../system/show-as';
import { letItem } from '../items';
import { AsyncResult } from './async-result';
import {
  beginCall,
  type Items,
  isAsync,
  listOf,
  listSink,
  type Sink,
  type Target,
  type Work,
} from './pool-call';
import { type Call, Crew } from './pool-crew';
import type { Public } from './public';
import { ResultIterator } from './result-iterator';

type ApplyRest<A, O> = [] extends A ? [args?: A, options?: O] : [args: A, options?: O];

export class Pool<A extends unknown[] = never[]> implements Public<RealPool<A>>, Disposable, AsyncDisposable {
  readonly #crew: Crew;
  #calls = 0;

  constructor(options: PoolOptions<A> = {} as PoolOptions<A>) {
    checkOptionsOf('pool', options);
    const { processes = cpuCount(), initializer = () => {}, initargs = [], maxTasksPerChild } = options;
    checkCountIfGiven('processes', processes);
    checkCountIfGiven('maxTasksPerChild', maxTasksPerChild);
    checkFunction('initializer', initializer);
    const beginning = letItem({ initializer, initargs });
    this.#crew = new Crew({ processes, maxTasksPerChild, beginning });
  }

  async apply<B extends unknown[], R>(
    target: (...args: B) => R,
    ...rest: ApplyRest<B, WorkOptions>
  ): Promise<Awaited<R>> {
    return this.#apply('apply', target as Target, rest, this.apply).get() as Promise<Awaited<R>>;
  }

  applyAsync<B extends unknown[], R>(
    target: (...args: B) => R,
    ...rest: ApplyRest<B, WorkOptions & Callbacks<Awaited<R>>>
  ): RealAsyncResult<Awaited<R>> {
    return this.#apply('applyAsync', target as Target, rest as never, this.applyAsync) as never;
  }

  async map<T, R>(target: (item: T) => R, items: Items<T>, options: MapOptions = {}): Promise<Awaited<R>[]> {
    return this.#map('map', target as Target, items, options, this.map).get() as Promise<Awaited<R>[]>;
  }

  mapAsync<T, R>(
    target: (item: T) => R,
    items: Items<T>,
    options: MapOptions & Callbacks<Awaited<R>[]> = {},
  ): RealAsyncResult<Awaited<R>[]> {
    return this.#map('mapAsync', target as Target, items, options as never, this.mapAsync) as never;
  }

  async starmap<B extends unknown[], R>(
    target: (...args: B) => R,
    items: Items<B>,
    options: MapOptions = {},
  ): Promise<Awaited<R>[]> {
    return this.#map('starmap', target as Target, items, options, this.starmap).get() as Promise<
      Awaited<R>[]
    >;
  }

  starmapAsync<B extends unknown[], R>(
    target: (...args: B) => R,
    items: Items<B>,
    options: MapOptions & Callbacks<Awaited<R>[]> = {},
  ): RealAsyncResult<Awaited<R>[]> {
    return this.#map('starmapAsync', target as Target, items, options as never, this.starmapAsync) as never;
  }

  imap<T, R>(
    target: (item: T) => R,
    items: Items<T>,
    options: IterateOptions = {},
  ): RealResultIterator<Awaited<R>> {
    return this.#iterate('imap', target as Target, items, options, this.imap) as never;
  }

  imapUnordered<T, R>(
    target: (item: T) => R,
    items: Items<T>,
    options: IterateOptions = {},
  ): RealResultIterator<Awaited<R>> {
    return this.#iterate('imapUnordered', target as Target, items, options, this.imapUnordered) as never;
  }

  get processes(): readonly RealProcess[] {
    return this.#crew.processes as unknown as RealProcess[];
  }

  get stats(): PoolStats {
    const { busy, calls, counts } = this.#crew;
    return { processes: this.processes.length, busy, calls, ...counts };
  }

  close(): void {
    this.#crew.close();
  }

  terminate(): void {
    this.#crew.terminate();
  }

  async join(options: JoinOptions = {}): Promise<void> {
    checkOptionsOf('wait', options);
    if (this.#crew.state === 'open') throw new PoolRunningError();
    for (const process of this.#crew.processes) await process.join(options);
  }

  [Symbol.dispose](): void {
    this.terminate();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.terminate();
    await this.join();
  }

  #apply(
    method: string,
    target: Target,
    [args, options = {}]: [args?: unknown[], options?: WorkOptions & Callbacks<unknown>],
    from: Target,
  ): AsyncResult<unknown> {
    if (args !== undefined && !Array.isArray(args)) {
      throw new InvalidArgumentError('args', 'an array, such as [value]', args);
    }
    checkOptionsOf('work', options);
    const result = new AsyncResult<unknown>(`Pool.${method}()`);
    const sink = listSink(result, options, ([only]) => only, undefined);
    this.#begin(method, { target, items: [args ?? []], options, sink, from, spread: true });
    return result;
  }

  #map(
    method: string,
    target: Target,
    items: Items<unknown>,
    options: MapOptions & Callbacks<unknown>,
    from: Target,
  ): AsyncResult<unknown> {
    checkOptionsOf('map', options);
    const result = new AsyncResult<unknown>(`Pool.${method}()`);
    this.#checkOpen(method);
    const total = Array.isArray(items) ? items.length : undefined;
    let all: Items<unknown>;
    try {
      all = isAsync(items) ? items : listOf(items);
    } catch (error) {
      if (error instanceof InvalidArgumentError) throw error;
      listenerFor(options).failed(error);
      result.end({ error });
      return result;
    }
    const sink = listSink(result, options, (values) => values, total);
    this.#begin(method, { target, items: all, options, sink, from, spread: method.startsWith('star') });
    return result;
  }

  #iterate(
    method: string,
    target: Target,
    items: Items<unknown>,
    options: IterateOptions,
    from: Target,
  ): ResultIterator<unknown> {
    const what = `Pool.${method}()`;
    checkOptionsOf('map', options);
    checkCountIfGiven('ahead', options.ahead);
    let call: Call | undefined;
    const stop = () => call && this.#crew.stop(call, new WaitAbortedError(what, 'nobody takes its results'));
    const iterator = new ResultIterator<unknown>(what, method === 'imap', () => void stop());
    const sink: Sink = {
      stopsAtError: false,
      collecting: method === 'imap' ? 'in order' : 'as they come',
      arrived: (first, outcomes) => iterator.arrive(first, outcomes),
      ended: (failure) => iterator.end(failure ?? 'finished'),
    };
    const all = isAsync(items) ? items : listOf(items);
    call = this.#begin(method, { target, items: all, options, sink, from, spread: false });
    return iterator;
  }

  static {
    showAs(Pool.prototype, (pool: Pool) => {
      const { state } = pool.#crew;
      const { processes, busy } = pool.stats;
      const told = also(busy > 0, `${busy} busy`) + also(state !== 'open', state);
      return `<${pool.constructor.name} of ${processes}${told}>`;
    });
  }

  #begin(method: string, work: Work): Call {
    this.#checkOpen(method);
    return beginCall(this.#crew, ++this.#calls, `Pool.${method}()`, work);
  }

  #checkOpen(method: string): void {
    if (this.#crew.state !== 'open') throw new PoolClosedError(method, 'close');
  }
}
