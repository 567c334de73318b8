// BaseManager: makes objects in a server and gives proxies of them. What it can make is told by register().
import { inspect } from 'node:util';
import { Queue } from '../channel/queue';
import { wait } from '../channel/wait';
import {
  InvalidArgumentError,
  ManagerEndedError,
  ManagerStateError,
  NotSerializableError,
  StartFailedError,
} from '../errors';
import { type Composite, type Parts, registerComposite, toParts } from '../memory/handle';
import { fromRemote } from '../pool/remote-error';
import type { StartMethodName } from '../process/choose-method';
import type { JoinOptions } from '../process/ending';
import { myAuthkey } from '../process/identity';
import { Process } from '../process/process';
import { type Address, familyOf, removeSocketFile } from '../socket/address';
import { type AuthKey, checkAuthKey } from '../socket/challenge';
import type { ClientOptions } from '../socket/client';
import type { Link } from './link';
import type { ManagedType, TypeOptions, Types } from './managed-type';
import { ManagerServer } from './manager-server';
import { type Door, type Knock, linkThrough } from './memory-door';
import type { BaseProxy } from './proxy';
import { type Report, runServer, type ServerStart } from './server-process';
import { linkToAddress, type Place } from './socket-door';
import { type StandardType, standardTypes } from './standard-types';

/** How a manager's server is started and ended. */
export interface ManagerOptions {
  /**
   * Where other programs reach the server: `[host, port]` (port 0: any that is free) or the path of a socket. Without
   * one, and without `authkey`, start() serves this program alone.
   */
  address?: Address;
  /** Who connects must have the same. Default: currentProcess().authkey, which only this program has. */
  authkey?: AuthKey;
  /** How the server is started: 'process', or 'thread' for a worker thread. Default: getStartMethod(). */
  method?: StartMethodName;
  /** Milliseconds that shutdown() gives the server to end by itself. Default: 1000. */
  shutdownTimeout?: number;
}

/** What the server does first. */
export interface StartOptions<A extends unknown[]> {
  /** Runs in the server before it serves anybody. */
  initializer?: (...args: A) => unknown;
  /** What `initializer` is called with. */
  initargs?: A;
}

/** What makes an object: a class, a function, or the name of a type of SyncManager. */
type Create<A extends unknown[], T> =
  | (new (
      ...args: A
    ) => T)
  | ((...args: A) => T | PromiseLike<T>)
  | StandardType;

const registered = new WeakMap<object, Record<string, ManagedType>>();
let made = 0;

/**
 * Makes objects in a server of its own, a child of this process, and gives proxies of them. Python's
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
  /** To the server of another program. */
  #remote: Link | undefined;
  #served: ManagerServer | undefined;
  #address: Address | undefined;
  #isShutDown = false;
  #isTaken = false;

  constructor(options: ManagerOptions = {}) {
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
   * `create(5)`, or `new create(5)` for a class, made in the server. Tell TypeScript of it by `declare`. Instead of a
   * function, `create` may be the name of a type of SyncManager; with `shared`, there is one object for all who ask:
   * `register('getLock', 'Lock', { shared: true })`.
   *
   * @throws InvalidArgumentError for a name that no method can have.
   */
  static readonly register = register;

  /** Where other programs reach the server, with the port that the system chose; undefined if they do not. */
  get address(): Address | undefined {
    return this.#address;
  }

  /**
   * Starts the server as a child of this process, and resolves when it serves.
   *
   * @throws ManagerStateError the second time; SocketError if the address is taken; StartFailedError if the server ends at
   * once; what the initializer threw.
   * @example
   * const manager = new SyncManager();
   * await manager.list(); // throws ManagerStateError: …await start() or connect() first…
   * await manager.start();
   * const list = await manager.list([1, 2]);
   * await list.callMethod('toString'); // throws NotExposedError: …
   * await manager.shutdown();
   * await list.length(); // throws ManagerEndedError: …
   */
  async start<A extends unknown[] = []>({ initializer, initargs }: StartOptions<A> = {}): Promise<void> {
    if (initializer !== undefined && typeof initializer !== 'function') {
      throw new InvalidArgumentError('initializer', 'a function', initializer);
    }
    this.#begin('start()');
    const { method } = this.#options;
    const knocks = new Queue<Knock>();
    const reports = new Queue<Report>();
    const start: ServerStart = {
      knocks,
      reports,
      name: this.#name,
      types: this.#types(),
      makesStandardTypes: this.hasStandardTypes,
      place: this.#place(),
      initializer: (initializer ?? (() => {})) as (...args: unknown[]) => unknown,
      initargs: initargs ?? [],
    };
    const server = new Process({
      target: runServer,
      args: [start],
      name: this.#name,
      daemon: true,
      ...(method !== undefined && { method }),
    });
    server.start();
    this.#process = server as unknown as Process;
    await wait([reports, server]);
    const { pid = 0, exitcode } = server;
    if (reports.empty()) throw new StartFailedError(this.#name, `it ended with exit code ${exitcode}`);
    const report = reports.getNowait();
    if (report.type === 'failed') {
      await server.join();
      const site: { stack?: string } = {};
      Error.captureStackTrace(site, this.start);
      throw fromRemote(report.error, { name: this.#name, pid }, site);
    }
    this.#door = { knocks, tag: report.tag };
    this.#address = report.address;
  }

  /**
   * Connects to the server of another program, or of this one, at `address`. From then on the manager makes and gives
   * that server's objects: what it can make must be registered by the same names there. What goes there and back is
   * data and proxies; functions and instances of classes are refused.
   * @throws AuthenticationError if the server has another key; SocketError if there is none; TimeoutError.
   * @example
   * const served = new SyncManager({ address: ['127.0.0.1', 0], authkey: 'a secret' });
   * const server = await served.getServer();
   * void server.serveForever();
   * // In another program:
   * const manager = new SyncManager({ address: server.address, authkey: 'a secret' });
   * await manager.connect();
   * const list = await manager.list([1, 2]);
   * console.log(await list.length()); // → 2
   * server.stop();
   */
  async connect(options: Pick<ClientOptions, 'timeout' | 'signal'> = {}): Promise<void> {
    const { address, authkey = myAuthkey() } = this.#options;
    if (address === undefined) {
      throw new InvalidArgumentError('address', 'the address of a server, for connect()', address);
    }
    this.#begin('connect()');
    this.#remote = await this.#orAsBefore(linkToAddress({ address, authkey }, this.#types(), options));
    this.#name = this.#remote.server.name;
  }

  /**
   * Resolves to a server that runs in this process, and listens already; it serves from its serveForever() on.
   * @throws ManagerStateError after start() or connect(); SocketError if the address is taken.
   */
  async getServer(): Promise<ManagerServer> {
    this.#begin('getServer()');
    const { address, authkey = myAuthkey() } = this.#options;
    const place = { address, authkey };
    const types = this.#types();
    const options = { name: this.#name, types, makesStandardTypes: this.hasStandardTypes, place };
    this.#served = await this.#orAsBefore(ManagerServer.open(options));
    this.#address = this.#served.address;
    return this.#served;
  }

  /** Resolves to how many objects of the server somebody has a proxy of. */
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
   * Ends the server, and with it its objects; resolves when it has ended. What still waits gets a ManagerEndedError.
   *
   * @throws ManagerStateError in a process that did not start the server.
   */
  async shutdown(): Promise<void> {
    const server = this.#process;
    if (server === undefined)
      throw new ManagerStateError('shutdown()', 'this process did not start the server');
    const { shutdownTimeout = 1000 } = this.#options;
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
   * @throws ManagerStateError in a process that did not start the server; WaitAbortedError when `signal` is aborted.
   */
  async join(options?: JoinOptions): Promise<void> {
    if (this.#process === undefined)
      throw new ManagerStateError('join()', 'this process did not start the server');
    await this.#process.join(options);
  }

  /** `using manager = await Manager()`: the server is told to end, and not waited for. After connect() it lives on. */
  [Symbol.dispose](): void {
    this.#disconnect();
    if (this.#process?.isAlive()) {
      this.#tellShutdown();
      setTimeout(() => this.#process?.kill(), this.#options.shutdownTimeout ?? 1000).unref();
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
   * In another process of the program it is a manager without a server of its own: it makes and gives the same objects.
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

  /** Its own types, and those of the classes that it extends. */
  #types(): Types {
    const chain: object[] = [];
    for (let at: object = this.constructor; at !== Function.prototype; at = Object.getPrototypeOf(at))
      chain.unshift(at);
    return Object.assign({}, ...chain.map((each) => registered.get(each) ?? {}));
  }
}

function register<A extends unknown[], T extends object>(
  this: { readonly prototype: BaseManager },
  typeid: string,
  create?: Create<A, T>,
  options: TypeOptions<T> = {},
): void {
  if (typeof typeid !== 'string' || !/^[A-Za-z_$][\w$]*$/.test(typeid) || typeid in BaseManager.prototype) {
    throw new InvalidArgumentError('typeid', 'a name for a method, such as Counter', typeid);
  }
  const isStandard = typeof create === 'string' && Object.hasOwn(standardTypes, create);
  if (create !== undefined && typeof create !== 'function' && !isStandard) {
    throw new InvalidArgumentError('create', "a class, a function, or a type's name such as 'Queue'", create);
  }
  const own = registered.get(this) ?? {};
  registered.set(this, own);
  own[typeid] = {
    ...options,
    ...(isStandard ? { standard: create } : create !== undefined && { create }),
  } as ManagedType;
  Object.defineProperty(this.prototype, typeid, {
    configurable: true,
    writable: true,
    value(this: BaseManager, ...args: unknown[]) {
      return this.create(typeid, args);
    },
  });
}

registerComposite('manager', ([Class, name, knocks, tag]) =>
  BaseManager.at(Class as new () => BaseManager, String(name), {
    knocks: knocks as Queue<Knock>,
    tag: Number(tag),
  }),
);
