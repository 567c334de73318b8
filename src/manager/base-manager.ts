// BaseManager: makes objects in a server and gives proxies of them. What it can make is told by register().
import { inspect } from 'node:util';
import { Queue } from '../channel/queue';
import { wait } from '../channel/wait';
import { InvalidArgumentError, ManagerEndedError, ManagerStateError, StartFailedError } from '../errors';
import { type Composite, type Parts, registerComposite, toParts } from '../memory/handle';
import { fromRemote } from '../pool/remote-error';
import type { StartMethodName } from '../process/choose-method';
import type { JoinOptions } from '../process/ending';
import { Process } from '../process/process';
import type { Link } from './link';
import type { ManagedType, TypeOptions, Types } from './managed-type';
import { type Door, type Knock, linkThrough } from './memory-door';
import type { BaseProxy } from './proxy';
import { type Report, runServer, type ServerStart } from './server-process';

/** How a manager's server is started and ended. */
export interface ManagerOptions {
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

/** What makes an object: a class, or a function. */
type Create<A extends unknown[], T> = (new (...args: A) => T) | ((...args: A) => T | PromiseLike<T>);

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
  #isShutDown = false;

  constructor(options: ManagerOptions = {}) {
    this.#options = options;
    this.#name = `${this.constructor.name}-${++made}`;
  }

  /**
   * Teaches the class to make objects of one more type: `manager.Counter(5)` then resolves to a proxy of what
   * `create(5)`, or `new create(5)` for a class, made in the server. Tell TypeScript of it by `declare`.
   *
   * @throws InvalidArgumentError for a name that no method can have.
   */
  static readonly register = register;

  /**
   * Starts the server as a child of this process, and resolves when it serves.
   *
   * @throws ManagerStateError the second time; StartFailedError if the server ends at once; what the initializer threw.
   * @example
   * const manager = new SyncManager();
   * await manager.list(); // throws ManagerStateError: …await start() first…
   * await manager.start();
   * const list = await manager.list([1, 2]);
   * await list.callMethod('toString'); // throws NotExposedError: …
   * await manager.shutdown();
   * await list.length(); // throws ManagerEndedError: …
   */
  async start<A extends unknown[] = []>({ initializer, initargs }: StartOptions<A> = {}): Promise<void> {
    this.#checkNew('start()');
    if (initializer !== undefined && typeof initializer !== 'function') {
      throw new InvalidArgumentError('initializer', 'a function', initializer);
    }
    const { method } = this.#options;
    const knocks = new Queue<Knock>();
    const reports = new Queue<Report>();
    const start: ServerStart = {
      knocks,
      reports,
      types: this.#types(),
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

  /** `using manager = await Manager()`: the server is told to end, and not waited for. */
  [Symbol.dispose](): void {
    if (this.#process?.isAlive()) {
      this.#tellShutdown();
      setTimeout(() => this.#process?.kill(), this.#options.shutdownTimeout ?? 1000).unref();
    }
  }

  /** `await using`: shutdown(). */
  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#process !== undefined) await this.shutdown();
  }

  /** @internal */
  [inspect.custom](): string {
    const state = this.#door === undefined ? 'not started' : this.#isShutDown ? 'shut down' : 'serving';
    return `<${this.constructor.name} ${state}>`;
  }

  /**
   * In another process of the program it is a manager without a server of its own: it makes and gives the same objects.
   *
   * @internal
   */
  [toParts](): Parts {
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

  #asking(method: string) {
    return { what: `${this.constructor.name}.${method}()`, from: this.create };
  }

  #link(method: string): Link {
    if (this.#door === undefined)
      throw new ManagerStateError(method, 'the manager was not started: await start() first');
    if (this.#isShutDown) {
      const { pid = 0 } = this.#process ?? {};
      throw new ManagerEndedError(`${this.constructor.name}.${method}`, this.#name, pid);
    }
    return linkThrough(this.#door);
  }

  #checkNew(method: string): void {
    if (this.#process !== undefined || this.#door !== undefined) {
      throw new ManagerStateError(method, 'a manager has one server in its life: make a new manager');
    }
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
  if (create !== undefined && typeof create !== 'function') {
    throw new InvalidArgumentError('create', 'a class or a function', create);
  }
  const own = registered.get(this) ?? {};
  registered.set(this, own);
  own[typeid] = { ...options, ...(create !== undefined && { create }) } as ManagedType;
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
