// A type that a manager can make: what register() was told.
import type { ProxyClass } from './proxy';

/** How proxies of a type behave. */
export interface TypeOptions<T extends object = object> {
  /** The methods that a proxy may call. Default: all but those whose names begin with _. */
  exposed?: readonly (string & keyof T)[];
  /** Methods whose result stays in the server, and as what: the caller gets a proxy of it. */
  methodToTypeid?: Readonly<Record<string, string>>;
  /** The class of its proxies. Default: one with the exposed methods. */
  proxyType?: ProxyClass;
  /**
   * With true there is one object for all callers: it is made at the first call, and kept as long as the
   * server.
   */
  shared?: boolean;
  /** Called in the server when no process has a proxy of the object any more. */
  release?: (object: T) => unknown;
}

export interface ManagedType {
  /** A class or a function, which runs in the server. Without one, the server of another program has it. */
  create?: unknown;
  /** The standard type whose objects these are. */
  standard?: string;
  shared?: boolean;
  exposed?: readonly string[];
  methodToTypeid?: Readonly<Record<string, string>>;
  proxyType?: ProxyClass;
  release?: (object: never) => unknown;
}

export type Types = Readonly<Record<string, ManagedType>>;

/** Makes an object: by a class with `new`, by any other function without. */
export function make(create: unknown, args: readonly unknown[]): unknown {
  const construct = create as { new (...args: unknown[]): unknown; (...args: unknown[]): unknown };
  // Only a class has a prototype that cannot be replaced.
  const isClass = Object.getOwnPropertyDescriptor(construct, 'prototype')?.writable === false;
  return isClass ? new construct(...args) : construct(...args);
}

/** The names of the methods that everybody may call. */
export function publicMethods(object: object): string[] {
  const names = new Set<string>();
  for (let at: object = object; at !== null && !isBuiltIn(at); at = Object.getPrototypeOf(at)) {
    for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(at))) {
      if (typeof value === 'function' && name !== 'constructor' && !name.startsWith('_')) names.add(name);
    }
  }
  return [...names];
}

// What Object has is no method of the type, what Map has is one.
function isBuiltIn(prototype: object): boolean {
  return prototype === Object.prototype || prototype === Function.prototype;
}
