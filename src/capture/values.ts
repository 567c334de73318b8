// Objects that are no functions: plain ones, arrays, instances, Node's and JavaScript's own kinds.
import { types } from 'node:util';
import { isShareable, toHandle } from '../memory/handle';
import { describeByName, describesByName } from './by-name';
import type { Members, Node, Privates, Value } from './captured';
import { classTextOf, isNatural } from './class-text';
import { globalNameOf } from './globals';
import { type Graph, isPrimitive } from './graph';
import { inspectFunction } from './inspection';
import { describeMembers, type MemberOptions } from './members';
import { moduleOf } from './modules';
import type { Path } from './path';
import { describePrivates } from './private-fields';
import { refusalOf } from './refusals';
import { scriptOf } from './scripts';
import { describeWeak } from './weak-collections';

export function describeObject(value: object, path: Path, graph: Graph): Node {
  if (types.isProxy(value)) {
    throw path.refuse('it is a Proxy, and what it does cannot be seen', 'Pass the object behind it.');
  }
  if (isShareable(value)) return { type: 'handle', handle: value[toHandle]() };
  const named = describeByName(value) ?? describeNamespace(value, path, graph);
  if (named !== undefined) return named;
  const entry = describeEntryModule(value, path, graph);
  if (entry !== undefined) return entry;
  const owner = prototypeOwner(value);
  if (owner !== undefined) return describePrototype(value, owner, path, graph);
  const weak = describeWeak(value, path, graph);
  if (weak !== undefined) return weak;
  const refusal = refusalOf(value);
  if (refusal !== undefined) throw path.refuse(refusal.what, refusal.advice);
  return describeContents(value, path, graph);
}

function describeContents(value: object, path: Path, graph: Graph): Node {
  const rest: Rest = (usual, options) => ({
    ...describeMembers(value, path, graph, { usual, ...options }),
    ...describePrivates(value, path, graph),
  });
  if (Array.isArray(value)) return describeArray(value, path, graph, rest);
  if (types.isMap(value)) {
    const entries = [...Map.prototype.entries.call(value)].map(([key, item], index): [Value, Value] => [
      graph.refer(key, path.index(`key ${index}`)),
      graph.refer(item, path.index(typeof key === 'string' ? key : index)),
    ]);
    return { type: 'map', entries, ...rest(Map.prototype) };
  }
  if (types.isSet(value)) {
    const items = [...Set.prototype.values.call(value)].map((item, index) =>
      graph.refer(item, path.index(index)),
    );
    return { type: 'set', items, ...rest(Set.prototype) };
  }
  if (types.isNativeError(value)) {
    return describeError(value, rest);
  }
  if (ArrayBuffer.isView(value)) return describeView(value, path, graph, rest);
  if (types.isDate(value))
    return { type: 'clone', value: new Date(value.getTime()), ...rest(Date.prototype) };
  if (types.isRegExp(value)) {
    return {
      type: 'clone',
      value,
      ...rest(RegExp.prototype, { skip: (key) => key === 'lastIndex' && value.lastIndex === 0 }),
    };
  }
  if (types.isBoxedPrimitive(value)) return describeBoxed(value, path, rest);
  if (types.isArrayBuffer(value)) return { type: 'clone', value, ...rest(ArrayBuffer.prototype) };
  if (value instanceof URL) return { type: 'url', href: value.href };
  if (value instanceof URLSearchParams) return { type: 'url-search-params', text: value.toString() };
  return { type: 'object', ...rest(Object.prototype) };
}

function describeError(error: Error, rest: Rest): Node {
  const members = rest(Error.prototype, { prototype: errorPrototype(error), skip: (key) => key === 'stack' });
  // Newer versions of V8 keep the stack behind a native getter, so it is read by name.
  const stack = { value: String(error.stack), writable: true };
  const described = [...(members.described ?? [])];
  if (Object.hasOwn(error, 'stack')) {
    described.push({ key: 'stack', enumerable: false, configurable: true, content: stack });
  }
  return { type: 'error', ...members, described };
}

// Node's own errors have classes that nobody can reach: they arrive as the kind of error that they extend.
function errorPrototype(error: Error): object {
  let prototype: object | null = Object.getPrototypeOf(error);
  for (; prototype !== null; prototype = Object.getPrototypeOf(prototype)) {
    const owner = prototypeOwner(prototype);
    if (owner !== undefined && (describesByName(owner) || !isInsideNode(owner))) return prototype;
  }
  return Error.prototype;
}

function isInsideNode(owner: (...args: never[]) => unknown): boolean {
  const { location } = inspectFunction(owner);
  return location !== undefined && (scriptOf(location)?.url.startsWith('node:') ?? false);
}

type Rest = (usual: object | null, options?: Partial<MemberOptions>) => Members & Privates;

function describeArray(array: unknown[], path: Path, graph: Graph, rest: Rest): Node {
  const keys = Reflect.ownKeys(array);
  const { length } = array;
  // Indices come first in the list of keys, so this is where 'length' stands when none is missing.
  const isDense = keys[length] === 'length';
  const others = isDense ? keys.slice(length + 1) : keys.filter((key) => key !== 'length');
  const items: Value[] = [];
  // Not map(): a class that extends Array may have its own.
  for (let index = 0; isDense && index < length; index++) {
    const item: unknown = array[index];
    items.push(isPrimitive(item) ? item : graph.refer(item, path.property(String(index), array)));
  }
  return { type: 'array', length, items, ...rest(Array.prototype, { keys: others }) };
}

function describeView(view: ArrayBufferView, path: Path, graph: Graph, rest: Rest): Node {
  if (types.isSharedArrayBuffer(view.buffer)) {
    const refusal = refusalOf(view.buffer);
    throw path.refuse(refusal?.what.replace('it is a', 'it looks into a') ?? '', refusal?.advice);
  }
  const kind = Object.prototype.toString.call(view).slice(8, -1);
  // Small Buffers share one pool with everything else in the process, so each takes only its own bytes along.
  const isPooled = Buffer.isBuffer(view) && view.byteLength < view.buffer.byteLength;
  const bytes = isPooled
    ? view.buffer.slice(view.byteOffset, view.byteOffset + view.byteLength)
    : view.buffer;
  const usual = (globalThis as unknown as Record<string, { prototype: object }>)[kind]?.prototype ?? null;
  const isIndex = (key: string | symbol) => typeof key === 'string' && /^\d+$/.test(key);
  return {
    type: 'view',
    kind,
    buffer: graph.refer(bytes, path.property('buffer', view)),
    byteOffset: isPooled ? 0 : view.byteOffset,
    length: 'length' in view ? Number(view.length) : view.byteLength,
    ...(kind === 'DataView' ? rest(usual) : viewMembers(view, usual, path, graph, isIndex, rest)),
  };
}

// Listing the keys of a large typed array would list every element.
function viewMembers(
  view: ArrayBufferView,
  usual: object | null,
  path: Path,
  graph: Graph,
  isIndex: (key: string | symbol) => boolean,
  rest: Rest,
): Members & Privates {
  const prototype: object | null = Object.getPrototypeOf(view);
  if (prototype === usual) return {};
  if (globalNameOf(prototype as object) !== undefined) return { prototype: graph.refer(prototype, path) };
  return rest(usual, { skip: isIndex });
}

function describeBoxed(value: object, path: Path, rest: Rest): Node {
  const primitive: unknown = value.valueOf();
  if (typeof primitive === 'symbol') throw path.refuse('it is a Symbol object', 'Pass the symbol itself.');
  const isText = (key: string | symbol) =>
    typeof primitive === 'string' && typeof key === 'string' && /^(?:\d+|length)$/.test(key);
  return {
    type: 'clone',
    value: Object(primitive),
    ...rest(Object.getPrototypeOf(Object(primitive)), { skip: isText }),
  };
}

/** `import * as x` of a CommonJS module: a namespace whose `default` is the module. */
function describeNamespace(value: object, path: Path, graph: Graph): Node | undefined {
  if (Object.hasOwn(value, 'default') === false) return undefined;
  const keys = Object.keys(value);
  if (keys.length < 2 && !types.isModuleNamespaceObject(value)) return undefined;
  const main: unknown = Object.getOwnPropertyDescriptor(value, 'default')?.value;
  if (main === null || (typeof main !== 'object' && typeof main !== 'function')) return undefined;
  const place = moduleOf(main);
  if (place === undefined || place.names.length > 0) return undefined;
  const exported = new Set(Object.keys(main));
  const isStar = keys.every((key) => key === 'default' || key === 'module.exports' || exported.has(key));
  return isStar ? { type: 'module-star', module: graph.refer(main, path) } : undefined;
}

/** `module` in the script that the program started with. */
function describeEntryModule(value: object, path: Path, graph: Graph): Node | undefined {
  if (value !== require.main) return undefined;
  return {
    type: 'entry-module',
    file: require.main.filename,
    exports: graph.refer(require.main.exports, path.property('exports', value)),
  };
}

export function prototypeOwner(value: object): ((...args: never[]) => unknown) | undefined {
  const maker: unknown = Object.getOwnPropertyDescriptor(value, 'constructor')?.value;
  if (typeof maker !== 'function' || maker.prototype !== value) return undefined;
  return maker as (...args: never[]) => unknown;
}

function describePrototype(value: object, owner: object, path: Path, graph: Graph): Node {
  const reference = graph.refer(owner, path);
  if (describesByName(owner)) return { type: 'prototype', owner: reference };
  const known = classTextOf(owner);
  const skip = (key: string | symbol) =>
    key === 'constructor' || (known !== undefined && isNatural(known, value, key, false));
  const usual = known === undefined ? Object.prototype : Object.getPrototypeOf(value);
  return { type: 'prototype', owner: reference, ...describeMembers(value, path, graph, { usual, skip }) };
}
