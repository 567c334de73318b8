// A proxy: stands in this process for an object in the server of a manager. Its methods are those that the
// object exposes, each awaited, and each with a twin that blocks.
import { inspect } from 'node:util';
import { type Composite, type Parts, registerComposite, type Shareable, toParts } from '../objects/handle';
import type { AskOptions, Link } from './link';

/** Which object of which server. Two proxies of one process for one object have the same one. */
export interface Reference extends Shareable {
  readonly link: Link;
  readonly object: number;
  readonly exposed: readonly string[];
}

interface Options {
  signal?: AbortSignal | undefined;
  task?: number;
}

/** The library asks a proxy by it for what it stands for. */
export let referenceOf: (proxy: BaseProxy) => Reference;

/**
 * Stands in this process for an object in the server of a manager. Python's
 * `multiprocessing.managers.BaseProxy`. It may travel to other processes of the program. For a type of your
 * own, extend it and give the class to BaseManager.register().
 *
 * @example
 * await using manager = await Manager();
 * const list = await manager.list(['a', 'b']);
 * console.log(list instanceof BaseProxy, await list.callMethod('indexOf', ['b']), await list.getValue());
 * // → true 1 [ 'a', 'b' ]
 */
export class BaseProxy implements Composite {
  readonly #reference: Reference;
  readonly #typeid: string;

  static {
    referenceOf = (proxy) => proxy.#reference;
  }

  /**
   * A manager makes it.
   *
   * @internal
   */
  constructor(reference: Reference, typeid: string) {
    this.#reference = reference;
    this.#typeid = typeid;
  }

  /**
   * Calls a method that the object exposes. Python's `_callmethod()`.
   *
   * @throws NotExposedError for any other; ManagerEndedError when the server is gone; what the method threw,
   * with a RemoteError as its cause; WaitAbortedError when `signal` is aborted.
   */
  callMethod(
    method: string,
    args: readonly unknown[] = [],
    { signal, task }: Options = {},
  ): Promise<unknown> {
    const asked = {
      type: 'call',
      object: this.#reference.object,
      method,
      ...(task !== undefined && { task }),
    } as const;
    return this.#reference.link.ask(asked, args, this.#options(method, signal));
  }

  /** As callMethod(), but blocks this thread. */
  callMethodSync(method: string, args: readonly unknown[] = []): unknown {
    const asked = { type: 'call', object: this.#reference.object, method } as const;
    return this.#reference.link.askSync(asked, args, this.#options(`${method}Sync`));
  }

  /** Resolves to a copy of the object, if it is one that can be copied. Python's `_getvalue()`. */
  getValue(): Promise<unknown> {
    return this.#reference.link.ask(this.#look('copy'), undefined, this.#options('getValue'));
  }

  /** As getValue(), but blocks this thread. */
  getValueSync(): unknown {
    return this.#reference.link.askSync(this.#look('copy'), undefined, this.#options('getValueSync'));
  }

  /**
   * What the object looks like now, unless the server does not answer at once.
   *
   * @internal
   */
  [inspect.custom](): string {
    const { link } = this.#reference;
    let picture: unknown;
    try {
      const options = { ...this.#options('inspect'), timeoutMs: 500 };
      picture = link.askSync(this.#look('picture'), undefined, options);
    } catch {
      picture = link.hasEnded ? 'of an ended manager' : 'of a manager that does not answer';
    }
    return `<${proxyName(this.#typeid)} ${picture}>`;
  }

  /** @internal */
  [toParts](): Parts {
    // A class of this library is known over there by its type.
    const given = isOwnClass(this.constructor) ? undefined : this.constructor;
    return { kind: 'manager-proxy', parts: [this.#reference, this.#typeid, given] };
  }

  #look(as: 'copy' | 'picture') {
    return { type: 'look', object: this.#reference.object, as } as const;
  }

  #options(method: string, signal?: AbortSignal): AskOptions {
    return { what: `${proxyName(this.#typeid)}.${method}()`, signal };
  }
}

export type ProxyClass = new (reference: Reference, typeid: string) => BaseProxy;

/** The types whose proxies do more than to call. */
const bases = new Map<string, ProxyClass>();
const classes = new Map<string, ProxyClass>();
const proxies = new WeakMap<Reference, BaseProxy>();

export function registerProxyClass(typeid: string, base: ProxyClass): void {
  bases.set(typeid, base);
}

export function proxyFor(reference: Reference, typeid: string, given?: ProxyClass): BaseProxy {
  const known = proxies.get(reference);
  if (known !== undefined) return known;
  const Class = given ?? classOf(typeid, reference.exposed);
  const proxy = new Class(reference, typeid);
  proxies.set(reference, proxy);
  return proxy;
}

function classOf(typeid: string, exposed: readonly string[]): ProxyClass {
  const key = `${typeid} ${exposed.join(',')}`;
  let Class = classes.get(key);
  if (Class === undefined) {
    Class = class extends (bases.get(typeid) ?? BaseProxy) {};
    Object.defineProperty(Class, 'name', { value: proxyName(typeid) });
    for (const method of exposed) addMethod(Class.prototype as BaseProxy, method);
    classes.set(key, Class);
  }
  return Class;
}

function addMethod(prototype: BaseProxy, method: string): void {
  const define = (name: string, value: (this: BaseProxy, ...args: unknown[]) => unknown) => {
    if (!(name in prototype)) Object.defineProperty(prototype, name, { value, configurable: true });
  };
  define(method, function (...args) {
    const { signal, rest } = withoutSignal(args);
    return this.callMethod(method, rest, { signal });
  });
  define(`${method}Sync`, function (...args) {
    return this.callMethodSync(method, args);
  });
}

/** A signal stays here: what is sent is that it was aborted. */
function withoutSignal(args: unknown[]): { signal?: AbortSignal; rest: unknown[] } {
  const last = args.at(-1);
  if (typeof last !== 'object' || last === null || !('signal' in last)) return { rest: args };
  const { signal, ...options } = last;
  if (!(signal instanceof AbortSignal)) return { rest: args };
  return { signal, rest: [...args.slice(0, -1), options] };
}

function isOwnClass(Class: unknown): boolean {
  return [...classes.values(), ...bases.values(), BaseProxy].includes(Class as ProxyClass);
}

function proxyName(typeid: string): string {
  return `${typeid.charAt(0).toUpperCase()}${typeid.slice(1)}Proxy`;
}

registerComposite('manager-proxy', ([reference, typeid, given]) => {
  // In the server the object itself has arrived, and no reference.
  if (!isReference(reference)) return reference as Composite;
  return proxyFor(reference, String(typeid), given as ProxyClass | undefined);
});

function isReference(value: unknown): value is Reference {
  return typeof value === 'object' && value !== null && 'link' in value && 'exposed' in value;
}
