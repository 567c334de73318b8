// BaseManager: makes objects in a server and gives proxies of them. What it can make is told by register().

import { inspect } from 'node:util';
import type { Queue } from '../channel/queue';
import { InvalidArgumentError, ManagerEndedError, ManagerStateError, NotSerializableError } from '../errors';
import { checkOptionsOf } from '../given';
import type { StartMethodName } from '../identity/identity';
import { myAuthkey } from '../identity/identity';
import { type Composite, type Parts, registerComposite, toParts } from '../objects/handle';
import type { JoinOptions } from '../process/ending';
import type { Process } from '../process/process';
import { type Address, familyOf, removeSocketFile } from '../socket/address';
import { type AuthKey, checkAuthKey } from '../socket/challenge';
import type { ClientOptions } from '../socket/client';
import { setTimeout } from '../system/timers';
import { timeoutOf } from '../waiting/wake';
import type { Link } from './link';
import { ManagerServer } from './manager-server';
import { type Door, type Knock, linkThrough } from './memory-door';
import type { BaseProxy } from './proxy';
import { register, typesOf } from './registered-types';
import { linkToAddress, type Place } from './socket-door';
import { startServer } from './start-server';

/** How a manager's server is started and ended. */
export interface ManagerOptions {
  /**
   * Where other programs reach the server: `[host, port]` (port 0: any that is free) or the path of a socket.
   * Without one, and without `authkey`, start() serves this program alone.
   */
  address?: Address;
  /**
   * The key that a program must have to connect. Default: currentProcess().authkey, which only this program
   * has.
   */
  authkey?: AuthKey;
  /** How the server is started: 'process', or 'thread' for a worker thread. Default: getStartMethod(). */
  method?: StartMethodName;
  /** Milliseconds that shutdown() gives the server to end by itself. Default: 1000. */
  shutdownTimeout?: number;
}

/** What the server does first. */
export interface StartOptions<A extends unknown[]> {
  /** Runs in the server before it serves. */
  initializer?: (...args: A) => unknown;
  /** What `initializer` is called with. */
  initargs?: A;
}

const SHUTDOWN_MS = 1000;
let made = 0;

/**
 * Keeps objects in a server of its own, a child of this process, and gives proxies of them. Python's
 * `multiprocessing.managers.BaseManager`. SyncManager has the types that most programs need.
 *
 * @example
 * class Counter { n = 0; add(by: number) { this.n += by; return this.n; } }
 * class CounterManager extends BaseManager { declare Counter: () => Promise<ProxyOf<Counter>>; }
 * CounterManager.register('Counter', Counter);
 * await using manager = new CounterManager();
 * await manager.start();
 * const counter = await manager.Counter();
 * await counter.add(2);
 * console.log(await counter.add(3)); // → 5
 */
export class BaseManager implements Composite, Disposable, AsyncDisposable {
  readonly #options: ManagerOptions;
  #name: string;
  #process: Process | undefined;
  #door: Door | undefined;
  /** The link to the server of another program. */
  #remote: Link | undefined;
  #served: ManagerServer | undefined;
  #address: Address | undefined;
  #isShutDown = false;
  #isTaken = false;

  constructor(options: ManagerOptions = {}) {
    checkOptionsOf('manager', options);
    const { address, authkey } = options;
    if (address !== undefined) familyOf(address);
    if (authkey !== undefined) checkAuthKey(authkey);
    if (authkey?.length === 0)
      throw new InvalidArgumentError('authkey', 'a secret that is not empty', authkey);
    this.#options = options;
    this.#address = address;
    this.#name = `${this.constructor.name}-${++made}`;
  }

  /**
   * Teaches the class to make objects of one more type: `manager.Counter(5)` then resolves to a proxy of what
   * `create(5)`, or `new create(5)` for a class, made in the server. Tell TypeScript of it by `declare`.
   * Instead of a function, `create` may be the name of a type of SyncManager; with `shared`, there is one
   * object for all callers: `register('getLock', 'Lock', { shared: true })`.
   *
   * @throws InvalidArgumentError for a name that no method can have.
   */
  static readonly register = register;

  /** Where other programs reach the server, with the port that the system chose; undefined if they cannot. */
  get address(): Address | undefined {
    return this.#address;
  }

  /**
   * Starts the server as a child of this process, and resolves when it serves.
   *
   * @throws ManagerStateError the second time; SocketError if the address is taken; StartFailedError if the
   * server ends at once; what the initializer threw.
   * @example
   * const manager = new SyncManager();
   * await manager.list(); // throws ManagerStateError: …await start() or connect() first…
   * await manager.start();
   * const list = await manager.list([1, 2]);
   * await list.callMethod('toString'); // throws NotExposedError: …
   * await manager.shutdown();
   * await list.length(); // throws ManagerEndedError: …
   */
  async start<A extends unknown[] = []>(options: StartOptions<A> = {}): Promise<void> {
    checkOptionsOf('start', options);
    const { initializer, initargs } = options;
    if (initializer !== undefined && typeof initializer !== 'function') {
      throw new InvalidArgumentError('initializer', 'a function', initializer);
    }
    this.#begin('start()');
    const { server, opening } = startServer(
      {
        name: this.#name,
        types: typesOf(this.constructor),
        makesStandardTypes: this.hasStandardTypes,
        place: this.#place(),
        initializer: (initializer ?? (() => {})) as (...args: unknown[]) => unknown,
        initargs: initargs ?? [],
      },
      this.#options.method,
      this.start,
    );
    this.#process = server;
    const { door, address } = await opening;
    this.#door = door;
    this.#address = address;
  }

  /**
   * Connects to the server of another program, or of this one, at `address`. From then on the manager makes
   * and gives that server's objects: what it can make must be registered by the same names there. What goes
   * there and back is data and proxies; functions and instances of classes are refused.
   * @throws AuthenticationError if the server has another key; SocketError if there is none; TimeoutError.
   * @example
   * const served = new SyncManager({ address: ['127.0.0.1', 0], authkey: 'a secret' });
   * const server = await served.getServer();
   * void server.serveForever();
   * // In another program:
   * const manager = new SyncManager({ address: server.address, authkey: 'a secret' });
   * await manager.connect();
   * console.log(await (await manager.list([1, 2])).length()); // → 2
   * server.stop();
   */
  async connect(options: Pick<ClientOptions, 'timeout' | 'signal'> = {}): Promise<void> {
    checkOptionsOf('wait', options);
    const { address, authkey = myAuthkey() } = this.#options;
    if (address === undefined) {
      throw new InvalidArgumentError('address', 'the address of a server, for connect()', address);
    }
    this.#begin('connect()');
    this.#remote = await this.#orAsBefore(
      linkToAddress({ address, authkey }, typesOf(this.constructor), options),
    );
    this.#name = this.#remote.server.name;
  }

  /**
   * Resolves to a server that runs in this process, and listens already; it serves from its serveForever()
   * on.
   * @throws ManagerStateError after start() or connect(); SocketError if the address is taken.
   */
  async getServer(): Promise<ManagerServer> {
    this.#begin('getServer()');
    const { address, authkey = myAuthkey() } = this.#options;
    const place = { address, authkey };
    const types = typesOf(this.constructor);
    const options = { name: this.#name, types, makesStandardTypes: this.hasStandardTypes, place };
    this.#served = await this.#orAsBefore(ManagerServer.open(options));
    this.#address = this.#served.address;
    return this.#served;
  }

  /** Resolves to how many objects of the server have a proxy in some process. */
  async numberOfObjects(): Promise<number> {
    return Number(
      await this.#link('numberOfObjects()').ask(
        { type: 'count' },
        undefined,
        this.#asking('numberOfObjects'),
      ),
    );
  }

  /**
   * Ends the server, and with it its objects; resolves when it has ended. Calls that still wait throw a
   * ManagerEndedError.
   *
   * @throws ManagerStateError in a process that did not start the server.
   */
  async shutdown(): Promise<void> {
    const server = this.#process;
    if (server === undefined)
      throw new ManagerStateError('shutdown()', 'this process did not start the server');
    const { shutdownTimeout = SHUTDOWN_MS } = this.#options;
    this.#tellShutdown();
    await server.join({ timeout: shutdownTimeout });
    if (server.isAlive()) server.terminate();
    await server.join({ timeout: shutdownTimeout });
    if (server.isAlive()) server.kill();
    await server.join();
    // A server that was killed could not do it.
    if (server.exitcode !== 0 && this.#address !== undefined) removeSocketFile(this.#address);
  }

  /**
   * Waits until the server has ended, or until `timeout` (milliseconds) is over.
   *
   * @throws ManagerStateError in a process that did not start the server; WaitAbortedError when `signal` is
   * aborted.
   */
  async join(options?: JoinOptions): Promise<void> {
    checkOptionsOf('wait', options);
    if (this.#process === undefined)
      throw new ManagerStateError('join()', 'this process did not start the server');
    await this.#process.join(options);
  }

  /**
   * `using manager = await Manager()`: the server is told to end, and not waited for. After connect() it
   * lives on.
   */
  [Symbol.dispose](): void {
    this.#disconnect();
    if (this.#process?.isAlive()) {
      this.#tellShutdown();
      const timeoutMs = timeoutOf(this.#options.shutdownTimeout ?? SHUTDOWN_MS);
      if (timeoutMs !== undefined) setTimeout(() => this.#process?.kill(), timeoutMs).unref();
    }
  }

  /** `await using`: shutdown(); after connect() only the connection ends. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#disconnect();
    if (this.#process !== undefined) await this.shutdown();
  }

  /** @internal */
  [inspect.custom](): string {
    return `<${this.constructor.name} ${this.#state()}>`;
  }

  /**
   * In another process of the program it is a manager without a server of its own: it makes and gives the
   * same objects.
   *
   * @internal
   */
  [toParts](): Parts {
    if (this.#remote !== undefined || this.#served !== undefined) {
      throw new NotSerializableError(
        'a manager that was not started here',
        'manager',
        'its connection belongs to this process',
        'Make a manager of the same address there, and connect().',
      );
    }
    this.#link('sending it to another process');
    return { kind: 'manager', parts: [this.constructor, this.#name, this.#door?.knocks, this.#door?.tag] };
  }

  /**
   * A manager whose server another process has started.
   *
   * @internal
   */
  static at(Class: new () => BaseManager, name: string, door: Door): BaseManager {
    const manager = new Class();
    manager.#name = name;
    manager.#door = door;
    return manager;
  }

  /** What the methods that register() adds do. @throws NotExposedError if the server has no such type. */
  protected create(typeid: string, args: readonly unknown[]): Promise<BaseProxy> {
    const link = this.#link(`${typeid}()`);
    return link.ask({ type: 'create', typeid }, args, this.#asking(typeid)) as Promise<BaseProxy>;
  }

  /** Whether clients may make objects of the types of SyncManager. */
  protected get hasStandardTypes(): boolean {
    return false;
  }

  #asking(method: string) {
    return { what: `${this.constructor.name}.${method}()`, from: this.create };
  }

  #link(method: string): Link {
    if (this.#remote !== undefined) return this.#remote;
    if (this.#served !== undefined)
      throw new ManagerStateError(method, 'the server is in this process: connect() with another manager');
    if (this.#door === undefined)
      throw new ManagerStateError(method, 'the manager was not started: await start() or connect() first');
    if (this.#isShutDown) {
      const { pid = 0 } = this.#process ?? {};
      throw new ManagerEndedError(`${this.constructor.name}.${method}`, this.#name, pid);
    }
    return linkThrough(this.#door);
  }

  #begin(method: string): void {
    if (this.#isTaken || this.#door !== undefined) {
      throw new ManagerStateError(method, 'a manager has one server in its life: make a new manager');
    }
    this.#isTaken = true;
  }

  /** There may be a server, or a free address, later. */
  async #orAsBefore<T>(opening: Promise<T>): Promise<T> {
    try {
      return await opening;
    } catch (error) {
      this.#isTaken = false;
      throw error;
    }
  }

  #place(): Place | undefined {
    const { address, authkey } = this.#options;
    if (address === undefined && authkey === undefined) return undefined;
    return { address, authkey: authkey ?? myAuthkey() };
  }

  #state(): string {
    if (this.#remote !== undefined) return this.#remote.hasEnded ? 'disconnected' : 'connected';
    if (this.#served !== undefined) return 'with a server in this process';
    if (this.#door === undefined) return 'not started';
    return this.#isShutDown ? 'shut down' : 'serving';
  }

  #disconnect(): void {
    this.#remote?.close();
    this.#served?.stop();
  }

  #tellShutdown(): void {
    if (this.#door !== undefined && !this.#isShutDown) linkThrough(this.#door).tellShutdown();
    this.#isShutDown = true;
  }
}

registerComposite('manager', ([Class, name, knocks, tag]) =>
  BaseManager.at(Class as new () => BaseManager, String(name), {
    knocks: knocks as Queue<Knock>,
    tag: Number(tag),
  }),
);
