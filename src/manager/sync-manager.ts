// SyncManager: the types that programs share. What each of them does is in served/.
import type { PoolOptions } from '../pool/options';
import { type AnyType, type ElementOf, isIterable } from '../shared/number-types';
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

/**
 * Keeps lists, dictionaries, numbers, locks, queues and pools in a server, for all processes that have a
 * proxy of them. Python's `multiprocessing.managers.SyncManager`. The names are Python's; the methods of
 * list, dict and set are those of JavaScript's Array, Map and Set. Each method throws a ManagerStateError
 * before start(), and a ManagerEndedError when the server is gone.
 *
 * @example
 * await using manager = new SyncManager();
 * await manager.start();
 * const born = await manager.dict({ Ada: 1815 });
 * await born.set('Grace', 1906);
 * console.log(await born.entries()); // → [ [ 'Ada', 1815 ], [ 'Grace', 1906 ] ]
 */
export class SyncManager extends BaseManager {
  /** @internal */
  protected override get hasStandardTypes(): boolean {
    return true;
  }

  /** A list in the server, with the methods of Array. */
  list<T = unknown>(items: Iterable<T> = []): Promise<ListProxy<T>> {
    return this.#make('list', [...items]);
  }

  /**
   * A dictionary in the server, with the methods of Map: from pairs, as `new Map(entries)`, or from a plain
   * object.
   */
  dict<K = string, V = unknown>(entries: Iterable<readonly [K, V]>): Promise<DictProxy<K, V>>;
  dict<V = unknown>(values?: Readonly<Record<string, V>>): Promise<DictProxy<string, V>>;
  dict<K, V>(given: Iterable<readonly [K, V]> | Readonly<Record<string, V>> = []): Promise<DictProxy<K, V>> {
    return this.#make('dict', [...(isIterable(given) ? given : Object.entries(given))]);
  }

  /** A set in the server, with the methods of Set. */
  set<T = unknown>(items: Iterable<T> = []): Promise<SetProxy<T>> {
    return this.#make('set', [...items]);
  }

  /** An object in the server whose values are got and set by name. */
  Namespace<T extends object = Record<string, unknown>>(values?: T): Promise<NamespaceProxy<T>> {
    return this.#make('Namespace', values);
  }

  /** One number in the server. */
  Value<T extends AnyType>(type: T, initial?: ElementOf<T>): Promise<ValueProxy<T>> {
    return this.#make('Value', type, initial);
  }

  /** Numbers of one type in the server. */
  Array<T extends AnyType>(type: T, initial: Initial<T>): Promise<ArrayProxy<T>> {
    return this.#make('Array', type, isIterable(initial) ? [...initial] : initial);
  }

  /** A lock in the server. */
  Lock(): Promise<LockProxy> {
    return this.#make('Lock');
  }

  /** A lock in the server that its owner may acquire again. */
  RLock(): Promise<RLockProxy> {
    return this.#make('RLock');
  }

  /** A semaphore in the server. */
  Semaphore(value = 1): Promise<SemaphoreProxy> {
    return this.#make('Semaphore', value);
  }

  /** A semaphore in the server that notices when too much is released. */
  BoundedSemaphore(value = 1): Promise<SemaphoreProxy> {
    return this.#make('BoundedSemaphore', value);
  }

  /** A condition in the server. `lock`: a Lock or RLock of this manager; without, an RLock of its own. */
  Condition(lock?: LockProxy): Promise<ConditionProxy> {
    return this.#make('Condition', lock);
  }

  /** An event in the server. */
  Event(): Promise<EventProxy> {
    return this.#make('Event');
  }

  /** A barrier in the server, where its action runs, too. */
  Barrier(parties: number, options?: BarrierOptions): Promise<BarrierProxy> {
    return this.#make('Barrier', parties, options);
  }

  /** A queue in the server. */
  Queue<T = unknown>(maxsize = 0): Promise<QueueProxy<T>> {
    return this.#make('Queue', maxsize);
  }

  /** A queue in the server that knows how many of its items are still being worked on. */
  JoinableQueue<T = unknown>(maxsize = 0): Promise<JoinableQueueProxy<T>> {
    return this.#make('JoinableQueue', maxsize);
  }

  /**
   * A pool whose workers are children of the server. It is terminated when no process has a proxy of it any
   * more.
   */
  Pool(options: PoolOptions<never[]> = {}): Promise<PoolProxy> {
    return this.#make('Pool', options);
  }

  async #make<P>(typeid: string, ...args: unknown[]): Promise<P> {
    return (await this.create(typeid, args)) as P;
  }
}

/**
 * Starts a server for objects that processes share, and resolves to its SyncManager. Python's
 * `multiprocessing.Manager()`.
 *
 * @throws StartFailedError if its server ends at once.
 * @example
 * await using manager = await Manager();
 * const list = await manager.list([1, 2]);
 * const child = new Process({ target: async () => void (await list.push(3)) });
 * child.start();
 * await child.join();
 * console.log(await list.slice()); // → [ 1, 2, 3 ]
 */
export async function Manager(options: ManagerOptions = {}): Promise<SyncManager> {
  const manager = new SyncManager(options);
  await manager.start();
  return manager;
}
