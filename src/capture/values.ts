// Objects that are no functions: plain ones, arrays, instances, Node's and JavaScript's own kinds.
import { types } from 'node:util';
import { type Base, baseOf, isComposite, isShareable, toHandle, toParts } from '../objects/handle';
import { describeByName } from './by-name';
import type { Node } from './captured';
import { describeAlike, describeArray, describeMap, describePlain, describeSet } from './containers';
import { describeError } from './error-values';
import type { Graph } from './graph';
import { describeMembers, type Rest } from './members';
import { describeEntryModule, describeModuleStar } from './module-objects';
import { Path } from './path';
import { describePrivates } from './private-fields';
import { describePrototype, prototypeOwner } from './prototypes';
import { refusalOf } from './refusals';
import { describeRemade } from './remade';
import { describeView } from './views';
import { describeWeak } from './weak-collections';

export function describeObject(value: object, path: Path, graph: Graph): Node {
  const keys = graph.layouts.keysOf(value);
  if (keys !== undefined) return describeByName(value) ?? describeAlike(value, keys, path, graph);
  const owner = prototypeOwner(value);
  // A prototype has the methods of what it is for, and none of the fields.
  const itsOwn = owner === undefined ? describeInItsOwnWay(value, path, graph) : undefined;
  if (itsOwn !== undefined) return itsOwn;
  const named = describeByName(value) ?? describeModuleStar(value, path, graph);
  if (named !== undefined) return named;
  const entry = describeEntryModule(value, path, graph);
  if (entry !== undefined) return entry;
  if (owner !== undefined) return describePrototype(value, owner, path, graph);
  const weak = describeWeak(value, path, graph);
  if (weak !== undefined) return weak;
  const refusal = refusalOf(value);
  if (refusal !== undefined) {
    const remade = describeRemade(value, path, graph);
    if (remade !== undefined) return remade;
    throw path.refuse(refusal.what, refusal.advice);
  }
  return describeContents(value, path, graph);
}

function describeInItsOwnWay(value: object, path: Path, graph: Graph): Node | undefined {
  const base = baseOf(value);
  if (base !== undefined) return describeRebased(value, base, graph);
  if (isShareable(value)) return { type: 'handle', handle: value[toHandle]() };
  if (!isComposite(value)) return undefined;
  const { kind, parts } = value[toParts]();
  return {
    type: 'composite',
    kind,
    parts: parts.map((part, index) => graph.refer(part, path.index(index))),
  };
}

/** What subclasses added is, for a reader of errors, what their methods call it: `this.socket`. */
function describeRebased(value: object, { kind, parts, maker }: Base, graph: Graph): Node {
  const path = Path.root('this');
  const refer = ([name, part]: [string, unknown]) => [name, graph.refer(part, Path.root(name))];
  return {
    type: 'object',
    base: { kind, parts: Object.fromEntries(Object.entries(parts).map(refer)) },
    ...describeMembers(value, path, graph, { usual: null }),
    ...describePrivates(value, path, graph, maker),
  };
}

function describeContents(value: object, path: Path, graph: Graph): Node {
  const rest: Rest = (usual, options) => ({
    ...describeMembers(value, path, graph, { usual, ...options }),
    ...describePrivates(value, path, graph),
  });
  if (Array.isArray(value)) return describeArray(value, path, graph, rest);
  if (types.isMap(value)) return describeMap(value, path, graph, rest);
  if (types.isSet(value)) return describeSet(value, path, graph, rest);
  if (types.isNativeError(value)) return describeError(value, rest);
  if (ArrayBuffer.isView(value)) return describeView(value, path, graph, rest);
  if (types.isDate(value)) return { type: 'clone', value: new Date(value), ...rest(Date.prototype) };
  if (types.isRegExp(value)) {
    return {
      type: 'clone',
      value,
      ...rest(RegExp.prototype, { skip: (key) => key === 'lastIndex' && value.lastIndex === 0 }),
    };
  }
  if (types.isArgumentsObject(value)) {
    return { type: 'arguments', ...rest(Object.prototype, { skip: (key) => key === 'callee' }) };
  }
  if (types.isBoxedPrimitive(value)) return describeBoxed(value, path, rest);
  if (types.isArrayBuffer(value)) return { type: 'clone', value, ...rest(ArrayBuffer.prototype) };
  if (value instanceof URL) return { type: 'url', href: value.href };
  if (value instanceof URLSearchParams) return { type: 'url-search-params', text: value.toString() };
  return describePlain(value, graph, rest);
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
