// Pool: a number of child processes that run functions for this one, as Python's. What it promises is here;
// its staff does it.

import { capture } from '../capture/capture';
import { InvalidArgumentError, PoolClosedError, PoolRunningError, WaitAbortedError } from '../errors';
import { checkFunction, checkOptionsOf } from '../given';
import { cpuCount } from '../process/cpu-count';
import type { JoinOptions } from '../process/ending';
import type { Process } from '../process/process';
import { chooseMethod } from '../start/choose-method';
import { beginStock } from '../start/stock';
import { also, showAs } from '../system/show-as';
import { AsyncResult } from './async-result';
import { Call } from './call';
import { Crew } from './crew';
import { ListSink } from './list-sink';
import {
  type Callbacks,
  checkCountIfGiven,
  type IterateOptions,
  listenerFor,
  type MapOptions,
  type PoolOptions,
  type PoolStats,
  progressOf,
  type WorkOptions,
} from './options';
import { captureFunction } from './pool-function';
import { Program } from './programs';
import { ResultIterator } from './result-iterator';
import type { Sink } from './sink';
import { type Items, ListSource, type Source, sourceOf } from './source';
import { type Hire, hire, type Staff } from './staff';
import { Stopping } from './stopping';

type AnyFunction = (...args: never[]) => unknown;
type ApplyRest<A, O> = [] extends A ? [args?: A, options?: O] : [args: A, options?: O];

const AHEAD = 256;

interface Work {
  spread: boolean;
  source: Source;
  sink: Sink;
  options: MapOptions;
  from: AnyFunction;
}

/**
 * Keeps worker processes ready, and spreads calls of functions over them. Python's `multiprocessing.Pool`. A
 * function is copied at the call with what it closes over.
 *
 * The promise of a method ends with the result, or with the error, also for what was wrong at the call; the
 * `…Async` twin returns an AsyncResult at once, which can be asked `ready()`, and throws what was wrong at
 * once. An idle pool does not keep the program alive, and its workers end with the program.
 *
 * @example
 * await using pool = new Pool({ processes: 2 });
 * console.log(await pool.map((n) => n * n, [1, 2, 3])); // → [ 1, 4, 9 ]
 * console.log(await pool.starmap(Math.max, [[1, 2], [4, 3]])); // → [ 2, 4 ]
 */
export class Pool<A extends unknown[] = never[]> implements Disposable, AsyncDisposable {
  readonly #staff: Staff;

  /**
   * Throws an InvalidArgumentError for anything but a whole number of processes from 1, or an initializer
   * that is no function.
   */
  constructor(options: PoolOptions<A> = {} as PoolOptions<A>) {
    checkOptionsOf('pool', options);
    const { processes, initializer = () => {}, initargs = [], maxTasksPerChild, method } = options;
    const { [hire]: hireElsewhere } = options as { [hire]?: Hire };
    checkCountIfGiven('processes', processes);
    checkCountIfGiven('maxTasksPerChild', maxTasksPerChild);
    checkFunction('initializer', initializer);
    // The first child of a program needs a moment, and what follows takes one too.
    if (hireElsewhere === undefined && chooseMethod('PoolWorker-1', method).name === 'process') beginStock();
    const beginning = new Program(capture({ initializer, initargs }));
    this.#staff =
      hireElsewhere?.({ processes, maxTasksPerChild, beginning }) ??
      new Crew({ processes: processes ?? cpuCount(), method, maxTasksPerChild, beginning });
  }

  /**
   * Runs `target(...args)` in a worker and resolves to what it returns.
   *
   * @throws What `target` throws, with a RemoteError as its cause; ProcessDiedError if the worker dies;
   * PoolClosedError after close(); TimeoutError after `timeout` milliseconds and WaitAbortedError when
   * `signal` is aborted, which both stop the work.
   * @example
   * await using pool = new Pool({ processes: 1 });
   * console.log(await pool.apply(Math.hypot, [3, 4])); // → 5
   * await pool.apply(() => process.exit(3)); // throws ProcessDiedError: …exited with code 3 while it ran…
   * await pool.apply(() => { for (;;); }, [], { timeout: 50 }); // throws TimeoutError: Pool.apply() was not done within 50 ms…
   */
  async apply<B extends unknown[], R>(
    target: (...args: B) => R,
    ...rest: ApplyRest<B, WorkOptions>
  ): Promise<Awaited<R>> {
    return this.#apply('apply', target, rest, this.apply).get();
  }

  /** As apply(), but returns an AsyncResult at once. Python's `apply_async()`. */
  applyAsync<B extends unknown[], R>(
    target: (...args: B) => R,
    ...rest: ApplyRest<B, WorkOptions & Callbacks<Awaited<R>>>
  ): AsyncResult<Awaited<R>> {
    return this.#apply('applyAsync', target, rest, this.applyAsync);
  }

  /**
   * Resolves to the results of all items, in their order. After the first error no more items are begun, and
   * it rejects when those in hand are done.
   *
   * @throws As apply().
   * @example
   * await using pool = new Pool({ processes: 2 });
   * await pool.map((n) => n * n, [1, 2, 3], { onProgress: ({ done, total }) => { if (done === total) console.log('done'); } });
   * // → done
   */
  async map<T, R>(target: (item: T) => R, items: Items<T>, options: MapOptions = {}): Promise<Awaited<R>[]> {
    return this.#map<R>('map', target, items, options, this.map).get();
  }

  /** As map(), but returns an AsyncResult at once. Python's `map_async()`. */
  mapAsync<T, R>(
    target: (item: T) => R,
    items: Items<T>,
    options: MapOptions & Callbacks<Awaited<R>[]> = {},
  ): AsyncResult<Awaited<R>[]> {
    return this.#map<R>('mapAsync', target, items, options, this.mapAsync);
  }

  /** As map(), with each item a list of arguments: `starmap(add, [[1, 2], [3, 4]])`. */
  async starmap<B extends unknown[], R>(
    target: (...args: B) => R,
    items: Items<B>,
    options: MapOptions = {},
  ): Promise<Awaited<R>[]> {
    return this.#map<R>('starmap', target, items, options, this.starmap).get();
  }

  /** As starmap(), but returns an AsyncResult at once. Python's `starmap_async()`. */
  starmapAsync<B extends unknown[], R>(
    target: (...args: B) => R,
    items: Items<B>,
    options: MapOptions & Callbacks<Awaited<R>[]> = {},
  ): AsyncResult<Awaited<R>[]> {
    return this.#map<R>('starmapAsync', target, items, options, this.starmapAsync);
  }

  /**
   * Gives the results for `for await`, in the order of the items, each as soon as it is there. Items are
   * taken from the source as results are taken.
   *
   * @example
   * await using pool = new Pool({ processes: 2 });
   * for await (const square of pool.imap((n) => n * n, [1, 2, 3])) console.log(square);
   * // → 1
   * // → 4
   * // → 9
   */
  imap<T, R>(
    target: (item: T) => R,
    items: Items<T>,
    options: IterateOptions = {},
  ): ResultIterator<Awaited<R>> {
    return this.#iterate<R>('imap', target, items, options, this.imap);
  }

  /** Gives the results for `for await`, in the order in which they come. Python's `imap_unordered()`. */
  imapUnordered<T, R>(
    target: (item: T) => R,
    items: Items<T>,
    options: IterateOptions = {},
  ): ResultIterator<Awaited<R>> {
    return this.#iterate<R>('imapUnordered', target, items, options, this.imapUnordered);
  }

  /** The workers that take work now, as processes. */
  get processes(): readonly Process[] {
    return this.#staff.processes;
  }

  /** What the pool does now, and has done. */
  get stats(): PoolStats {
    return this.#staff.stats;
  }

  /**
   * Closes the pool: it takes no more calls, and the workers end when all work is done.
   *
   * @example
   * const pool = new Pool({ processes: 1 });
   * await pool.join(); // throws PoolRunningError: …call close() first…
   * pool.close();
   * await pool.apply(() => 1); // throws PoolClosedError: …Make a new Pool.
   * await pool.join();
   */
  close(): void {
    this.#staff.close();
  }

  /** Ends the workers at once. Work that is not done is rejected with a PoolClosedError. */
  terminate(): void {
    this.#staff.terminate();
  }

  /**
   * Waits until the workers have ended, after close() or terminate(). Results of imap() that were not taken
   * are kept then, so that the work need not wait for that.
   *
   * @throws PoolRunningError before; WaitAbortedError when `signal` is aborted.
   */
  async join(options: JoinOptions = {}): Promise<void> {
    checkOptionsOf('wait', options);
    if (this.#staff.state === 'open') throw new PoolRunningError();
    this.#staff.finish();
    await this.#staff.left(options);
  }

  /** `using pool = new Pool()`: terminate() at the end of the block, as Python's `with`. */
  [Symbol.dispose](): void {
    this.terminate();
  }

  /** `await using`: terminate(), then join(). */
  async [Symbol.asyncDispose](): Promise<void> {
    this.terminate();
    await this.join();
  }

  #apply<B extends unknown[], R>(
    method: string,
    target: (...args: B) => R,
    [args, options = {}]: [args?: B, options?: WorkOptions & Callbacks<Awaited<R>>],
    from: AnyFunction,
  ): AsyncResult<Awaited<R>> {
    if (args !== undefined && !Array.isArray(args)) {
      throw new InvalidArgumentError('args', 'an array, such as [value]', args);
    }
    checkOptionsOf('work', options);
    const result = new AsyncResult<Awaited<R>>(`Pool.${method}()`, this.#staff.subject);
    const sink = new ListSink<Awaited<R>, Awaited<R>>(
      result,
      ([only]) => only as Awaited<R>,
      listenerFor(options),
      1,
    );
    this.#begin(method, target, { spread: true, source: new ListSource([args ?? []]), sink, options, from });
    return result;
  }

  #map<R>(
    method: string,
    target: AnyFunction,
    items: Items<unknown>,
    options: MapOptions & Callbacks<Awaited<R>[]>,
    from: AnyFunction,
  ): AsyncResult<Awaited<R>[]> {
    checkOptionsOf('map', options);
    const result = new AsyncResult<Awaited<R>[]>(`Pool.${method}()`, this.#staff.subject);
    const listener = listenerFor(options);
    this.#checkOpen(method);
    let source: Source;
    try {
      source = sourceOf(items, false, () => this.#staff.assign());
    } catch (error) {
      // The iterable threw, which is the call's outcome.
      if (error instanceof InvalidArgumentError) throw error;
      listener.failed(error);
      result.settle({ phase: 'failed', error });
      return result;
    }
    const sink = new ListSink<Awaited<R>, Awaited<R>[]>(result, (values) => values, listener, source.left);
    this.#begin(method, target, { spread: method.startsWith('star'), source, sink, options, from });
    return result;
  }

  #iterate<R>(
    method: string,
    target: AnyFunction,
    items: Items<unknown>,
    options: IterateOptions,
    from: AnyFunction,
  ): ResultIterator<Awaited<R>> {
    const what = `Pool.${method}()`;
    checkOptionsOf('map', options);
    checkCountIfGiven('ahead', options.ahead);
    const ahead = options.ahead ?? Math.max(AHEAD, 4 * this.#staff.size * (options.chunkSize ?? 1));
    const { subject } = this.#staff;
    const iterator = new ResultIterator<Awaited<R>>(what, method === 'imap', ahead, subject);
    const source = sourceOf(items, true, () => this.#staff.assign());
    const call = this.#begin(method, target, { spread: false, source, sink: iterator, options, from });
    iterator.onTaken = () => this.#staff.assign();
    iterator.onReturn = () => call.fail(new WaitAbortedError(what, 'nobody takes its results'));
    return iterator;
  }

  #begin(method: string, target: AnyFunction, { spread, source, sink, options, from }: Work): Call {
    const { chunkSize } = options;
    const what = `Pool.${method}()`;
    this.#checkOpen(method);
    checkFunction('target', target);
    checkCountIfGiven('chunkSize', chunkSize);
    const stopping = new Stopping(what, options);
    const site: { stack?: string } = {};
    Error.captureStackTrace(site, from);
    const captured = captureFunction(target, this.#staff.programs);
    const call = new Call({
      target: captured,
      what,
      spread,
      source,
      sink,
      chunkSize,
      // Last of all that may throw, since it shows a bar.
      listening: progressOf(options, source.left),
      site,
    });
    stopping.watch((error) => this.#staff.stop(call, error));
    this.#staff.add(call, () => stopping.end());
    return call;
  }

  #checkOpen(method: string): void {
    if (this.#staff.state !== 'open') throw new PoolClosedError(method, 'close');
  }

  static {
    showAs(Pool.prototype, (pool: Pool) => {
      const { size, stats, state } = pool.#staff;
      const told = also(stats.busy > 0, `${stats.busy} busy`) + also(state !== 'open', state);
      return `<${pool.constructor.name} of ${size}${told}>`;
    });
  }
}
