// Things that every Node process has by itself: `Math.max`, `Array.prototype`, `console`. They travel by
// name.
import { builtinModules } from 'node:module';
import { process as nodeProcess } from '../system/node-process';
import { isObject } from './is-object';
import { isNative } from './native';
import { ownOf } from './realms';

/** The globals of Node that look as if a program had assigned them; the last five are there for `node -e`. */
const ASSIGNED = [
  'global',
  'clearImmediate',
  'setImmediate',
  'clearInterval',
  'clearTimeout',
  'setInterval',
  'setTimeout',
  'queueMicrotask',
  'structuredClone',
  'atob',
  'btoa',
  'performance',
  'fetch',
  'navigator',
  'crypto',
  'localStorage',
  'sessionStorage',
  '__filename',
  '__dirname',
  'module',
  'exports',
  'require',
];

/** JavaScript's, and what options of Node add. */
const NOT_CLASSES = new Set([
  ...['console', 'globalThis', 'undefined', 'eval', 'isFinite', 'isNaN', 'parseFloat', 'parseInt', 'gc'],
  ...['decodeURI', 'decodeURIComponent', 'encodeURI', 'encodeURIComponent', 'escape', 'unescape'],
]);
const NUMBERS = new Set(['NaN', 'Infinity']);

/**
 * JavaScript's and Node's, which a loop over globalThis does not come to, but for those above. Not all that
 * are there when we are loaded: a program, its polyfills and its test runner may have come before us.
 */
const ownNames = new Set([...ASSIGNED, ...Object.getOwnPropertyNames(globalThis).filter(isOwn)]);

function isOwn(name: string): boolean {
  const property = Object.getOwnPropertyDescriptor(globalThis, name);
  if (property === undefined || property.enumerable) return false;
  // Node and JavaScript define classes in this way; they can be configured, unlike what a program defines in
  // short.
  const isClass = /^[A-Z]/.test(name) && (property.configurable || NUMBERS.has(name));
  return isClass || NOT_CLASSES.has(name) || builtinModules.includes(name.replace('node:', ''));
}

/** Reading these warns or opens something. */
const UNTOUCHED = new Set(['localStorage', 'sessionStorage', 'navigator']);
/**
 * Reading the first of these loads Node's client for the web, which takes longer than all else. Until it is
 * loaded, no program can have one.
 */
const ON_DEMAND = new Set([
  'FormData',
  'Headers',
  'Request',
  'Response',
  'WebSocket',
  'CloseEvent',
  'EventSource',
  'MessageEvent',
]);
const CLIENT = 'NativeModule internal/deps/undici/undici';
const DEPTH = 3;

const NAMESPACES: ReadonlySet<object> = new Set([Math, JSON, Reflect, Atomics, Intl]);

let known: Map<object, string[]> | undefined;
let notRead: string[] = [];

export function globalNameOf(value: object): string[] | undefined {
  known ??= listGlobals();
  return known.get(value) ?? known.get(ownOf(value) ?? value) ?? ofProcess(value) ?? ofConsole(value);
}

/** Looks at what was loaded since the last time. */
export function noticeLoadedGlobals(): void {
  if (known === undefined || notRead.length === 0) return;
  const names = notRead;
  notRead = [];
  for (const name of names) list(name, known);
}

/** Names a global that is also in every process to which a function that uses it can travel. */
export function ownGlobal(name: string): void {
  ownNames.add(name);
}

/** A variable that the program itself put on globalThis. */
export function isProgramGlobal(name: string): boolean {
  return !ownNames.has(name) && Object.hasOwn(globalThis, name);
}

export function globalNamed(names: string[]): unknown {
  return names.reduce<unknown>((at, name) => (at as Record<string, unknown>)[name], globalThis);
}

function listGlobals(): Map<object, string[]> {
  const found = new Map<object, string[]>([[globalThis, []]]);
  for (const name of ownNames) {
    if (Object.hasOwn(globalThis, name) && !UNTOUCHED.has(name) && !isModuleOnDemand(name)) list(name, found);
  }
  return found;
}

function list(global: string, found: Map<object, string[]>): void {
  const add = (value: unknown, names: string[]) => {
    if (!isObject(value) || found.has(value)) return;
    found.set(value, names);
    if (names.length === DEPTH || names[0] === 'process') return;
    for (const key of Object.getOwnPropertyNames(value)) {
      if (key === 'constructor') continue;
      const property = Object.getOwnPropertyDescriptor(value, key);
      const inner: unknown = property?.value;
      // The program's own, as `Math.mine = …`.
      if (property?.enumerable && (isOfLanguage || (isConsole && !isNative(inner)))) continue;
      if (isObject(inner)) add(inner, [...names, key]);
    }
  };
  if (ON_DEMAND.has(global) && isUnread()) {
    notRead.push(global);
    return;
  }
  const value = (globalThis as Record<string, unknown>)[global];
  const isOfLanguage = isJavaScripts(value);
  const isConsole = global === 'console';
  add(value, [global]);
}

/** Whether it is JavaScript's, and not Node's, whose methods are enumerable. */
function isJavaScripts(value: unknown): boolean {
  return isNative(value) || NAMESPACES.has(value as object);
}

// It is not seen by what is there: from Node 22 on even to look at its descriptor loads it.
function isUnread(): boolean {
  return !(nodeProcess as unknown as { moduleLoadList: string[] }).moduleLoadList.includes(CLIENT);
}

/**
 * `node -e` and the REPL make every builtin module a global that is loaded, some with a warning, when it is
 * read.
 */
function isModuleOnDemand(name: string): boolean {
  return (
    builtinModules.includes(name) && Object.getOwnPropertyDescriptor(globalThis, name)?.get !== undefined
  );
}

/**
 * These are not listed with the others: to read `process.stdout` is to open it, so only what is open already
 * is compared.
 */
function ofProcess(value: object): string[] | undefined {
  if (value === process.env) return ['process', 'env'];
  const fd: unknown = Object.getOwnPropertyDescriptor(value, 'fd')?.value;
  if (fd === 1 && value === process.stdout) return ['process', 'stdout'];
  if (fd === 2 && value === process.stderr) return ['process', 'stderr'];
  return undefined;
}

const PRINTS = new Set<unknown>(['log', 'error', 'warn', 'info', 'debug']);

/** Names the methods of Node in whose place the program has put its own, which call them. */
function ofConsole(value: object): string[] | undefined {
  const name: unknown = isNative(value) && Object.getOwnPropertyDescriptor(value, 'name')?.value;
  return typeof name === 'string' && PRINTS.has(name) ? ['console', name] : undefined;
}
