// The types of the proxies: those of the served objects, with every method awaited, and its twin that blocks.
import type { AsyncResult } from '../pool/async-result';
import type { MapOptions, WorkOptions } from '../pool/options';
import type { AnyType, ElementOf } from '../shared/number-types';
import type { WaitOptions } from '../sync/wait-options';
import { BaseProxy, registerProxyClass } from './proxy';
import type { ServedBarrier } from './served/barrier';
import type { ServedArray, ServedDict, ServedList, ServedSet, ServedValue } from './served/containers';
import type { ServedEvent } from './served/event';
import type { ServedJoinableQueue, ServedQueue } from './served/queues';

type Method = (...args: never[]) => unknown;
type Hidden = `_${string}`;
type MethodNames<T> = { [K in keyof T]: T[K] extends Method ? K : never }[keyof T] & string;

/** An object's methods as its proxy has them: `n()` becomes `n(): Promise` and `nSync()`. */
export type Remote<T> = {
  [K in Exclude<MethodNames<T>, Hidden>]: T[K] extends (...args: infer A) => infer R
    ? (...args: AsWaits<A>) => Promise<Awaited<R>>
    : never;
} & {
  [K in Exclude<MethodNames<T>, Hidden> as `${K}Sync`]: T[K] extends (...args: infer A) => infer R
    ? (...args: A) => Awaited<R>
    : never;
};

/** What has a timeout can be given up by a signal, too. */
type AsWaits<A> = A extends [({ timeout?: number } | undefined)?] ? [options?: A[0] & WaitOptions] : A;

/** A proxy of an object of your own class. */
export type ProxyOf<T> = BaseProxy & Remote<T>;

/**
 * A list: length, at, set, push, pop, shift, unshift, splice, slice, concat, indexOf, includes, join,
 * reverse, sort, filter and findIndex, as Array has them; what is a property there is a method here. Each is
 * awaited, with a twin that blocks: `pushSync()`.
 */
export type ListProxy<T = unknown> = BaseProxy & Remote<ServedList<T>> & AsyncIterable<T>;
/**
 * A dictionary: size, get, set, has, delete, clear, keys, values and entries, as Map has them, each with a
 * twin that blocks.
 */
export type DictProxy<K = unknown, V = unknown> = BaseProxy &
  Remote<ServedDict<K, V>> &
  AsyncIterable<[K, V]>;
/** A set: size, add, has, delete, clear and values, as Set has them, each with a twin that blocks. */
export type SetProxy<T = unknown> = BaseProxy & Remote<ServedSet<T>> & AsyncIterable<T>;
/** One number: get and set, each with a twin that blocks. */
export type ValueProxy<T extends AnyType = AnyType> = BaseProxy & Remote<ServedValue<T>>;
/** Numbers of one type: length, at, set and slice, each with a twin that blocks. */
export type ArrayProxy<T extends AnyType = AnyType> = BaseProxy &
  Remote<ServedArray<T>> &
  AsyncIterable<ElementOf<T>>;
/** An event: isSet, set, clear and wait, each with a twin that blocks. */
export type EventProxy = BaseProxy & Remote<ServedEvent>;
/** A barrier, with the methods of Barrier, each with a twin that blocks. */
export type BarrierProxy = BaseProxy & Remote<ServedBarrier>;
/** A queue, with the methods of Queue, each awaited. */
export type QueueProxy<T = unknown> = BaseProxy & Remote<ServedQueue<T>> & AsyncIterable<T>;
/** A joinable queue, with the methods of JoinableQueue, each awaited. */
export type JoinableQueueProxy<T = unknown> = BaseProxy & Remote<ServedJoinableQueue<T>> & AsyncIterable<T>;

/** An object whose values are got and set by name. */
export interface NamespaceProxy<T extends object = Record<string, unknown>> extends BaseProxy {
  /** Resolves to the value of this name. */
  get<K extends string & keyof T>(name: K): Promise<T[K]>;
  /** As get(), but blocks this thread. */
  getSync<K extends string & keyof T>(name: K): T[K];
  /** Gives the name a value. */
  set<K extends string & keyof T>(name: K, value: T[K]): Promise<void>;
  /** As set(), but blocks this thread. */
  setSync<K extends string & keyof T>(name: K, value: T[K]): void;
  /** Whether the name has a value. */
  has(name: string): Promise<boolean>;
  /** As has(), but blocks this thread. */
  hasSync(name: string): boolean;
  /** Takes the value away; resolves to whether there was one. */
  delete(name: string & keyof T): Promise<boolean>;
  /** As delete(), but blocks this thread. */
  deleteSync(name: string & keyof T): boolean;
}

/** The result of a call of a PoolProxy. */
export type AsyncResultProxy<R> = BaseProxy &
  Remote<Pick<AsyncResult<R>, 'get' | 'wait' | 'ready' | 'successful'>>;

/** The results of a PoolProxy's imap() as they come. */
export interface ResultIteratorProxy<R> extends BaseProxy, AsyncIterable<R> {
  /** The next result. */
  next(options?: { timeout?: number }): Promise<IteratorResult<R>>;
}

/** A pool in the server: its workers are children of the server, and end with it. */
export interface PoolProxy extends BaseProxy, AsyncDisposable {
  /** As Pool.apply(). */
  apply<A extends unknown[], R>(
    target: (...args: A) => R,
    args?: A,
    options?: WorkOptions,
  ): Promise<Awaited<R>>;
  /** As Pool.map(). */
  map<T, R>(target: (item: T) => R, items: readonly T[], options?: MapOptions): Promise<Awaited<R>[]>;
  /** As Pool.starmap(). */
  starmap<A extends unknown[], R>(
    target: (...args: A) => R,
    items: readonly A[],
    options?: MapOptions,
  ): Promise<Awaited<R>[]>;
  /** As Pool.applyAsync(), of which the result stays in the server. */
  applyAsync<A extends unknown[], R>(
    target: (...args: A) => R,
    args?: A,
  ): Promise<AsyncResultProxy<Awaited<R>>>;
  /** As Pool.mapAsync(), of which the result stays in the server. */
  mapAsync<T, R>(target: (item: T) => R, items: readonly T[]): Promise<AsyncResultProxy<Awaited<R>[]>>;
  /** As Pool.starmapAsync(), of which the result stays in the server. */
  starmapAsync<A extends unknown[], R>(
    target: (...args: A) => R,
    items: readonly A[],
  ): Promise<AsyncResultProxy<Awaited<R>[]>>;
  /** As Pool.imap(). */
  imap<T, R>(target: (item: T) => R, items: readonly T[]): Promise<ResultIteratorProxy<Awaited<R>>>;
  /** As Pool.imapUnordered(). */
  imapUnordered<T, R>(target: (item: T) => R, items: readonly T[]): Promise<ResultIteratorProxy<Awaited<R>>>;
  /** Closes the pool: it takes no more calls. */
  close(): Promise<void>;
  /** Ends the workers at once. */
  terminate(): Promise<void>;
  /** Waits until the workers have ended, after close() or terminate(). */
  join(): Promise<void>;
}

const CHUNK = 100;

/** It goes on as Python's does: a list that is added to meanwhile is seen to its new end. */
class SequenceProxy extends BaseProxy {
  async *[Symbol.asyncIterator](): AsyncGenerator<unknown, void, undefined> {
    for (let from = 0; ; ) {
      const items = (await this.callMethod('slice', [from, from + CHUNK])) as unknown[];
      if (items.length === 0) return;
      yield* items;
      from += items.length;
    }
  }
}

/** Gives what it held when the iteration began. */
class SetOrDictProxy extends BaseProxy {
  protected readonly method: string = 'values';

  async *[Symbol.asyncIterator](): AsyncGenerator<unknown, void, undefined> {
    yield* (await this.callMethod(this.method)) as unknown[];
  }
}

class EntriesProxy extends SetOrDictProxy {
  protected override readonly method = 'entries';
}

/** Gives item after item, without an end. */
class TakingProxy extends BaseProxy {
  async *[Symbol.asyncIterator](): AsyncGenerator<unknown, void, undefined> {
    for (;;) yield await this.callMethod('get');
  }
}

class SteppingProxy extends BaseProxy {
  async *[Symbol.asyncIterator](): AsyncGenerator<unknown, void, undefined> {
    for (;;) {
      const { done, value } = (await this.callMethod('next')) as IteratorResult<unknown>;
      if (done) return;
      yield value;
    }
  }
}

class EndingProxy extends BaseProxy {
  async [Symbol.asyncDispose](): Promise<void> {
    await this.callMethod('terminate');
  }
}

registerProxyClass('list', SequenceProxy);
registerProxyClass('Array', SequenceProxy);
registerProxyClass('set', SetOrDictProxy);
registerProxyClass('dict', EntriesProxy);
registerProxyClass('Queue', TakingProxy);
registerProxyClass('JoinableQueue', TakingProxy);
registerProxyClass('ResultIterator', SteppingProxy);
registerProxyClass('Pool', EndingProxy);
