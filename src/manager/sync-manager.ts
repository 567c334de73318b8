// SyncManager: the types that programs share. What each of them does is in served/.
import type { PoolOptions } from '../pool/options';
import type { AnyType, ElementOf } from '../shared/number-types';
import type { Initial } from '../shared/raw';
import type { BarrierOptions } from '../sync/barrier';
import './lock-proxies';
import './proxy-types';
import { BaseManager, type ManagerOptions } from './base-manager';
import type { ConditionProxy, LockProxy, RLockProxy, SemaphoreProxy } from './lock-proxies';
import type {
  ArrayProxy,
  BarrierProxy,
  DictProxy,
  EventProxy,
  JoinableQueueProxy,
  ListProxy,
  NamespaceProxy,
  PoolProxy,
  QueueProxy,
  SetProxy,
  ValueProxy,
} from './proxy-types';

/** The names are Python's; the methods of list, dict and set are those of Array, Map and Set. */
export class SyncManager extends BaseManager {
  list<T = unknown>(items: Iterable<T> = []): Promise<ListProxy<T>> {
    return this.#make('list', [...items]);
  }

  /** From pairs, as `new Map(entries)`, or from a plain object. */
  dict<K = string, V = unknown>(entries: Iterable<readonly [K, V]>): Promise<DictProxy<K, V>>;
  dict<V = unknown>(values?: Readonly<Record<string, V>>): Promise<DictProxy<string, V>>;
  dict<K, V>(given: Iterable<readonly [K, V]> | Readonly<Record<string, V>> = []): Promise<DictProxy<K, V>> {
    return this.#make('dict', [...(isIterable(given) ? given : Object.entries(given))]);
  }

  set<T = unknown>(items: Iterable<T> = []): Promise<SetProxy<T>> {
    return this.#make('set', [...items]);
  }

  Namespace<T extends object = Record<string, unknown>>(values?: T): Promise<NamespaceProxy<T>> {
    return this.#make('Namespace', values);
  }

  Value<T extends AnyType>(type: T, initial?: ElementOf<T>): Promise<ValueProxy<T>> {
    return this.#make('Value', type, initial);
  }

  Array<T extends AnyType>(type: T, initial: Initial<T>): Promise<ArrayProxy<T>> {
    return this.#make('Array', type, typeof initial === 'number' ? initial : [...initial]);
  }

  Lock(): Promise<LockProxy> {
    return this.#make('Lock');
  }

  RLock(): Promise<RLockProxy> {
    return this.#make('RLock');
  }

  Semaphore(value = 1): Promise<SemaphoreProxy> {
    return this.#make('Semaphore', value);
  }

  BoundedSemaphore(value = 1): Promise<SemaphoreProxy> {
    return this.#make('BoundedSemaphore', value);
  }

  /** `lock`: a Lock or RLock of this manager. */
  Condition(lock?: LockProxy): Promise<ConditionProxy> {
    return this.#make('Condition', lock);
  }

  Event(): Promise<EventProxy> {
    return this.#make('Event');
  }

  /** Its action runs in the server. */
  Barrier(parties: number, options?: BarrierOptions): Promise<BarrierProxy> {
    return this.#make('Barrier', parties, options);
  }

  Queue<T = unknown>(maxsize = 0): Promise<QueueProxy<T>> {
    return this.#make('Queue', maxsize);
  }

  JoinableQueue<T = unknown>(maxsize = 0): Promise<JoinableQueueProxy<T>> {
    return this.#make('JoinableQueue', maxsize);
  }

  /** A pool whose workers are children of the server. It is terminated when nobody has a proxy of it any more. */
  Pool(options: PoolOptions<never[]> = {}): Promise<PoolProxy> {
    return this.#make('Pool', options);
  }

  async #make<P>(typeid: string, ...args: unknown[]): Promise<P> {
    return (await this.create(typeid, args)) as P;
  }
}

/**
 * A SyncManager whose server runs. Python: multiprocessing.Manager().
 * @example
 * await using manager = await Manager();
 * const list = await manager.list([1, 2]);
 * const child = new Process({ target: (list) => list.push(3), args: [list] });
 * child.start();
 * await child.join();
 * await list.slice(); // [1, 2, 3]
 */
export async function Manager(options: ManagerOptions = {}): Promise<SyncManager> {
  const manager = new SyncManager(options);
  await manager.start();
  return manager;
}

function isIterable<T>(value: Iterable<T> | object): value is Iterable<T> {
  return Symbol.iterator in value;
}
