// Pool, as a program under control sees it: processes that take work, any worker any part of it.
import {
  InvalidArgumentError,
  PoolClosedError,
  PoolRunningError,
  TimeoutError,
  WaitAbortedError,
} from '../../errors';
import type { AsyncResult as RealAsyncResult } from '../../pool/async-result';
import {
  type Callbacks,
  checkCount,
  checkFunction,
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
import { forgetAbort, onAbort } from '../../system/abort';
import { timeoutOf } from '../../waiting/wake';
import { letItem } from '../items';
import { AsyncResult } from './async-result';
import { ControlledTimer } from './controlled-timer';
import { type Call, Crew } from './pool-crew';
import type { Order, Outcome } from './pool-worker';
import type { Public } from './public';
import { ResultIterator } from './result-iterator';

type Target = (...args: never[]) => unknown;
type Items<T> = Iterable<T> | AsyncIterable<T>;
type ApplyRest<A, O> = [] extends A ? [args?: A, options?: O] : [args: A, options?: O];

interface Sink {
  readonly stopsAtError: boolean;
  readonly collecting: Call['collecting'];
  arrived(first: number, outcomes: readonly Outcome[]): void;
  ended(failure: { error: unknown } | undefined): void;
}

export class Pool<A extends unknown[] = never[]> implements Public<RealPool<A>>, Disposable, AsyncDisposable {
  readonly #crew: Crew;
  #calls = 0;

  constructor(options: PoolOptions<A> = {} as PoolOptions<A>) {
    const { processes = cpuCount(), initializer = () => {}, initargs = [], maxTasksPerChild } = options;
    checkCount('processes', processes);
    checkCount('maxTasksPerChild', maxTasksPerChild);
    checkFunction('initializer', initializer);
    const beginning = letItem({ initializer, initargs });
    this.#crew = new Crew({ processes, maxTasksPerChild, beginning });
  }

  apply<B extends unknown[], R>(
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

  map<T, R>(target: (item: T) => R, items: Items<T>, options: MapOptions = {}): Promise<Awaited<R>[]> {
    return this.#map('map', target as Target, items, options, this.map).get() as Promise<Awaited<R>[]>;
  }

  mapAsync<T, R>(
    target: (item: T) => R,
    items: Items<T>,
    options: MapOptions & Callbacks<Awaited<R>[]> = {},
  ): RealAsyncResult<Awaited<R>[]> {
    return this.#map('mapAsync', target as Target, items, options as never, this.mapAsync) as never;
  }

  starmap<B extends unknown[], R>(
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
    const result = new AsyncResult<unknown>(`Pool.${method}()`);
    const sink = listSink(result, options, ([only]) => only, undefined);
    this.#begin(method, target, [args ?? []], options, sink, from, true);
    return result;
  }

  #map(
    method: string,
    target: Target,
    items: Items<unknown>,
    options: MapOptions & Callbacks<unknown>,
    from: Target,
  ): AsyncResult<unknown> {
    const result = new AsyncResult<unknown>(`Pool.${method}()`);
    this.#checkOpen(method);
    const total = isAsync(items) ? undefined : Array.isArray(items) ? items.length : undefined;
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
    this.#begin(method, target, all, options, sink, from, method.startsWith('star'));
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
    checkCount('ahead', options.ahead);
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
    call = this.#begin(method, target, all, options, sink, from, false);
    return iterator;
  }

  #begin(
    method: string,
    target: Target,
    items: Items<unknown>,
    { chunkSize = 1, timeout, signal }: MapOptions,
    sink: Sink,
    from: Target,
    spread: boolean,
  ): Call {
    const what = `Pool.${method}()`;
    this.#checkOpen(method);
    checkFunction('target', target);
    checkCount('chunkSize', chunkSize);
    const timeoutMs = timeoutOf(timeout);
    const site: { stack?: string } = {};
    Error.captureStackTrace(site, from);
    const text = letItem(target);
    const over = () => {
      timer?.close();
      if (signal !== undefined) forgetAbort(signal, aborted);
    };
    const name = target.name === '' ? 'a function' : `${target.name}()`;
    const call: Call = {
      number: ++this.#calls,
      work: `${name} for ${what}`,
      stopsAtError: sink.stopsAtError,
      collecting: sink.collecting,
      site,
      open: 0,
      next: 0,
      isWhole: false,
      arrived: sink.arrived,
      ended: (failure) => {
        over();
        sink.ended(failure);
      },
    };
    const stop = (error: unknown) => this.#crew.stop(call, error);
    const aborted = ({ reason }: AbortSignal) => stop(new WaitAbortedError(what, reason));
    const expire = () => stop(new TimeoutError(what, timeoutMs ?? 0, 'its work was stopped'));
    const timer = timeoutMs === undefined ? undefined : new ControlledTimer(expire, timeoutMs, false);
    if (signal !== undefined && !signal.aborted) onAbort(signal, aborted);
    const order = (part: readonly unknown[]): string =>
      letItem({
        items: part,
        spread,
        stopsAtError: sink.stopsAtError,
        asTheyCome: sink.collecting === 'as they come',
      } satisfies Order);
    this.#crew.add(call);
    if (signal?.aborted) aborted(signal);
    else if (isAsync(items)) void this.#feed(call, items, text, order);
    else {
      const all = items as unknown[];
      const parts = Array.from({ length: Math.ceil(all.length / chunkSize) }, (_, at) => {
        const part = all.slice(at * chunkSize, (at + 1) * chunkSize);
        return [at * chunkSize, text, order(part)] as const;
      });
      this.#crew.give(call, parts);
      this.#crew.whole(call);
    }
    return call;
  }

  /** The items of an asynchronous source as they come. */
  async #feed(call: Call, items: AsyncIterable<unknown>, text: string, order: (part: unknown[]) => string) {
    let first = 0;
    try {
      for await (const item of items) this.#crew.give(call, [[first++, text, order([item])]]);
      this.#crew.whole(call);
    } catch (error) {
      this.#crew.stop(call, error);
    }
  }

  #checkOpen(method: string): void {
    if (this.#crew.state !== 'open') throw new PoolClosedError(method, 'close');
  }
}

function listSink(
  result: AsyncResult<unknown>,
  options: MapOptions & Callbacks<unknown>,
  toResult: (values: unknown[]) => unknown,
  total: number | undefined,
): Sink {
  const listener = listenerFor(options);
  const values: unknown[] = [];
  let done = 0;
  return {
    stopsAtError: true,
    collecting: options.onProgress === undefined ? 'all' : 'as they come',
    arrived: (first, outcomes) => {
      outcomes.forEach((outcome, i) => {
        if ('value' in outcome) values[first + i] = outcome.value;
      });
      done += outcomes.length;
      const { onProgress } = options;
      const progress = { done, total };
      if (onProgress !== undefined) queueMicrotask(() => onProgress(progress));
    },
    ended: (failure) => {
      const value = toResult(values);
      if (failure === undefined) listener.returned(value);
      else listener.failed(failure.error);
      result.end(failure ?? { value });
    },
  };
}

function isAsync(items: Items<unknown>): items is AsyncIterable<unknown> {
  return typeof items === 'object' && items !== null && Symbol.asyncIterator in items;
}

function listOf(items: Items<unknown>): unknown[] {
  if (
    items === null ||
    items === undefined ||
    typeof (items as Iterable<unknown>)[Symbol.iterator] !== 'function'
  ) {
    throw new InvalidArgumentError('items', 'something to iterate over, such as an array', items);
  }
  return [...(items as Iterable<unknown>)];
}
