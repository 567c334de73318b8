// What the session needs of JavaScript and of Node, taken at its start: a cell may replace, wrap or freeze
// the originals, and its end must be told all the same.

import { AsyncLocalStorage } from 'node:async_hooks';
import nodeProcess from 'node:process';
import timers from 'node:timers';
import { inspect as nodeInspect, types } from 'node:util';
import { Script } from 'node:vm';
// It is not all of src/host: the watcher's thread would load the library once more.
import { uncurried } from 'parlab/host/uncurried';

type OfText = (this: string, part: string) => boolean;

/** It is not the global name, which a cell may bind to something else. */
export const ownProcess = nodeProcess;
export const { nextTick } = nodeProcess;
export const { clearTimeout, setImmediate, setTimeout } = timers;
export const { load, store } = Atomics;
export const { apply } = Reflect;
const { defineProperty } = Object;
export const { isPromise } = types;
export const inspect = nodeInspect;
export const NativePromise = Promise;
export const NativeAbortController = AbortController;
export const now: () => number = performance.now.bind(performance);
export const endsWith = uncurried(String.prototype.endsWith as OfText);
export const includes = uncurried(String.prototype.includes as OfText);
export const startsWith = uncurried(String.prototype.startsWith as OfText);
export const OwnScript = Script;
export const runInThisContext = uncurried(Script.prototype.runInThisContext);

/** A `Set` that no other code is part of. Walk through it with `forEach`: iterators are shared by all. */
export class OwnSet<T> extends Set<T> {
  /** The constructor that a class has by itself walks through its arguments with the array's iterator. */
  constructor(values?: Iterable<T>) {
    super(values);
  }
}

/** A `Map` that no other code is part of. Walk through it with `forEach`: iterators are shared by all. */
export class OwnMap<K, V> extends Map<K, V> {
  /** The constructor is written out for the same reason as that of OwnSet. */
  constructor(entries?: Iterable<readonly [K, V]>) {
    super(entries);
  }
}

type Stored<T> = { [store: symbol]: T | undefined };

/** An `AsyncLocalStorage` that no other code is part of. */
export class OwnStorage<T> extends AsyncLocalStorage<T> {
  declare private readonly kResourceStore: symbol;
  declare private readonly enabled: boolean;

  /**
   * Node before 24 calls it for each promise, timer or socket; as Node's own, but what it writes into them is
   * not seen by code that looks at them.
   */
  _propagate(resource: Stored<T>, trigger: Stored<T>, type: string): void {
    if (!this.enabled) return;
    const value = trigger[this.kResourceStore];
    // There are millions of promises; what shows them hides it (display/plain-internals.ts).
    if (type === 'PROMISE') resource[this.kResourceStore] = value;
    else defineProperty(resource, this.kResourceStore, { value, configurable: true, writable: true });
  }
}
takeOver(OwnSet.prototype, Set.prototype);
takeOver(OwnMap.prototype, Map.prototype);
takeOver(OwnStorage.prototype, AsyncLocalStorage.prototype);

/** The object keeps the methods that it has now, whatever becomes of its prototypes. */
export function keepMethods<T extends object>(object: T): T {
  for (
    let from = Object.getPrototypeOf(object);
    from && from !== Object.prototype;
    from = Object.getPrototypeOf(from)
  ) {
    takeOver(object, from);
  }
  return object;
}

function takeOver(object: object, from: object): void {
  for (const name of Reflect.ownKeys(from)) {
    const property = Object.getOwnPropertyDescriptor(from, name);
    const isMethod = typeof property?.value === 'function' && name !== 'constructor';
    if (property && isMethod && !Object.hasOwn(object, name)) {
      Object.defineProperty(object, name, { ...property, enumerable: false });
    }
  }
}

/** Does what only makes an answer better: where it fails there is the fallback. */
export function safely<T>(act: () => T, fallback: T): T {
  try {
    return act();
  } catch {
    return fallback;
  }
}
