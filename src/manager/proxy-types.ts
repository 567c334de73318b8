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

export type ListProxy<T = unknown> = BaseProxy & Remote<ServedList<T>> & AsyncIterable<T>;
export type DictProxy<K = unknown, V = unknown> = BaseProxy &
  Remote<ServedDict<K, V>> &
  AsyncIterable<[K, V]>;
export type SetProxy<T = unknown> = BaseProxy & Remote<ServedSet<T>> & AsyncIterable<T>;
export type ValueProxy<T extends AnyType = AnyType> = BaseProxy & Remote<ServedValue<T>>;
export type ArrayProxy<T extends AnyType = AnyType> = BaseProxy &
  Remote<ServedArray<T>> &
  AsyncIterable<ElementOf<T>>;
export type EventProxy = BaseProxy & Remote<ServedEvent>;
export type BarrierProxy = BaseProxy & Remote<ServedBarrier>;
export type QueueProxy<T = unknown> = BaseProxy & Remote<ServedQueue<T>> & AsyncIterable<T>;
export type JoinableQueueProxy<T = unknown> = BaseProxy & Remote<ServedJoinableQueue<T>> & AsyncIterable<T>;

export interface NamespaceProxy<T extends object = Record<string, unknown>> extends BaseProxy {
  get<K extends string & keyof T>(name: K): Promise<T[K]>;
  getSync<K extends string & keyof T>(name: K): T[K];
  set<K extends string & keyof T>(name: K, value: T[K]): Promise<void>;
  setSync<K extends string & keyof T>(name: K, value: T[K]): void;
  has(name: string): Promise<boolean>;
  hasSync(name: string): boolean;
  delete(name: string & keyof T): Promise<boolean>;
  deleteSync(name: string & keyof T): boolean;
}

export type AsyncResultProxy<R> = BaseProxy &
  Remote<Pick<AsyncResult<R>, 'get' | 'wait' | 'ready' | 'successful'>>;

export interface ResultIteratorProxy<R> extends BaseProxy, AsyncIterable<R> {
  next(options?: { timeout?: number }): Promise<IteratorResult<R>>;
}

/** A pool in the server: its workers are children of the server, and end with it. */
export interface PoolProxy extends BaseProxy, AsyncDisposable {
  apply<A extends unknown[], R>(
    target: (...args: A) => R,
    args?: A,
    options?: WorkOptions,
  ): Promise<Awaited<R>>;
  map<T, R>(target: (item: T) => R, items: readonly T[], options?: MapOptions): Promise<Awaited<R>[]>;
  starmap<A extends unknown[], R>(
    target: (...args: A) => R,
    items: readonly A[],
    options?: MapOptions,
  ): Promise<Awaited<R>[]>;
  applyAsync<A extends unknown[], R>(
    target: (...args: A) => R,
    args?: A,
  ): Promise<AsyncResultProxy<Awaited<R>>>;
  mapAsync<T, R>(target: (item: T) => R, items: readonly T[]): Promise<AsyncResultProxy<Awaited<R>[]>>;
  starmapAsync<A extends unknown[], R>(
    target: (...args: A) => R,
    items: readonly A[],
  ): Promise<AsyncResultProxy<Awaited<R>[]>>;
  imap<T, R>(target: (item: T) => R, items: readonly T[]): Promise<ResultIteratorProxy<Awaited<R>>>;
  imapUnordered<T, R>(target: (item: T) => R, items: readonly T[]): Promise<ResultIteratorProxy<Awaited<R>>>;
  close(): Promise<void>;
  terminate(): Promise<void>;
  join(): Promise<void>;
}

const CHUNK = 100;

/** As Python's: one that is added to meanwhile is seen to its new end. */
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

/** What it held when the iteration began. */
class SetOrDictProxy extends BaseProxy {
  protected readonly method: string = 'values';

  async *[Symbol.asyncIterator](): AsyncGenerator<unknown, void, undefined> {
    yield* (await this.callMethod(this.method)) as unknown[];
  }
}

class EntriesProxy extends SetOrDictProxy {
  protected override readonly method = 'entries';
}

/** Item after item, without an end. */
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
