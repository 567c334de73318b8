// Which of JavaScript's built-ins a program has replaced since it began: the library and Node work with
// them, and what then fails inside of them says nothing to who replaced them. Asked only when something has
// failed, and with nothing that can have been replaced.

import { uncurried } from './uncurried';

const { ownKeys, getOwnPropertyDescriptor } = Reflect;
const { is } = Object;
const globals = globalThis as unknown as Record<string, unknown>;
const toText = uncurried(Symbol.prototype.toString as (this: symbol) => string);

/**
 * The built-ins that are looked at; not those that fake timers replace, without which the library goes on.
 */
const NAMES = [
  ...['Object', 'Function', 'Array', 'String', 'Number', 'Boolean', 'Symbol', 'BigInt', 'RegExp', 'Promise'],
  ...['Map', 'Set', 'WeakMap', 'WeakSet', 'WeakRef', 'FinalizationRegistry', 'ArrayBuffer', 'DataView'],
  ...['SharedArrayBuffer', 'Uint8Array', 'Int32Array', 'Uint32Array', 'Float64Array', 'BigInt64Array'],
  ...['Error', 'TypeError', 'RangeError', 'AggregateError', 'JSON', 'Math', 'Reflect', 'Atomics', 'Proxy'],
  ...['Buffer', 'process', 'globalThis', 'parseInt', 'parseFloat', 'isNaN', 'URL', 'URLSearchParams'],
  ...['AbortController', 'AbortSignal', 'EventTarget', 'TextEncoder', 'TextDecoder', 'structuredClone'],
];
/** Shared by all typed arrays, and by all iterators. */
const UNNAMED: [name: string, object: object][] = [
  ['TypedArray.prototype', Object.getPrototypeOf(Uint8Array.prototype) as object],
  ['the iterator of arrays', Object.getPrototypeOf([][Symbol.iterator]()) as object],
  ['the iterator of maps', Object.getPrototypeOf(new Map().entries()) as object],
  ['the iterator of sets', Object.getPrototypeOf(new Set().values()) as object],
];

interface BuiltIn {
  readonly holder: object;
  readonly key: string | symbol;
  readonly value: unknown;
  /** The name of what holds it; empty for a global. */
  readonly of: string;
}

let builtIns: BuiltIn[] = [];

/** From now on, what is there now counts as what belongs there. */
export function rememberBuiltIns(): void {
  builtIns = [];
  for (const name of NAMES) {
    const built = globals[name];
    builtIns[builtIns.length] = { holder: globals, key: name, value: built, of: '' };
    // The session and test runners change much of Node's own objects.
    if (name === 'process' || name === 'globalThis' || !isHolder(built)) continue;
    noteAll(built, name);
    const prototype: unknown = getOwnPropertyDescriptor(built, 'prototype')?.value;
    if (isHolder(prototype)) noteAll(prototype, `${name}.prototype`);
  }
  for (const [name, object] of UNNAMED) noteAll(object, name);
}

function noteAll(holder: object, of: string): void {
  for (const key of ownKeys(holder)) note(holder, key, of);
}

function note(holder: object, key: string | symbol, of: string): void {
  const property = getOwnPropertyDescriptor(holder, key);
  const value: unknown = property?.value ?? property?.get;
  const isFixed = property?.configurable === false && property.writable !== true;
  // Settings are there to be changed.
  if (typeof value !== 'function' || isFixed || key === 'prepareStackTrace') return;
  builtIns[builtIns.length] = { holder, key, value, of };
}

/** Node keeps `process` and `Buffer` behind accessors, which stay. */
function valueNow({ holder, key, of }: BuiltIn): unknown {
  if (of === '') return globals[key as string];
  const property = getOwnPropertyDescriptor(holder, key);
  return property?.value ?? property?.get;
}

function isHolder(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

/** How many a sentence names. */
const MOST_NAMES = 3;

/** A sentence if any is not what it was; `who` has replaced it. Never throws. */
export function replacedBuiltIns(who: string, advice: string): string | undefined {
  const names: string[] = [];
  let count = 0;
  for (let index = 0; index < builtIns.length; index++) {
    const builtIn = builtIns[index] as BuiltIn;
    if (is(valueNow(builtIn), builtIn.value)) continue;
    if (count < MOST_NAMES) names[count] = nameOf(builtIn);
    count++;
  }
  if (count === 0) return undefined;
  const are = count === 1 ? 'is' : 'are';
  const them = count === 1 ? 'it' : 'them';
  return `${listed(names, count - names.length)} ${are} not what JavaScript has by this name: ${who} has replaced ${them}, and ParLab works with ${them}. ${advice}`;
}

function listed(names: string[], more: number): string {
  let text = names[0] as string;
  for (let i = 1; i < names.length; i++) {
    text += `${i === names.length - 1 && more === 0 ? ' and' : ','} ${names[i]}`;
  }
  return more === 0 ? text : `${text} and ${more} more`;
}

function nameOf({ of, key }: BuiltIn): string {
  const name = typeof key === 'symbol' ? toText(key) : key;
  return of === '' ? name : typeof key === 'symbol' ? `${of}[${name}]` : `${of}.${name}`;
}

rememberBuiltIns();
