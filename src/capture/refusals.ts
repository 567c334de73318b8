// What cannot be copied to another process, and what to do instead.
import { EventEmitter } from 'node:events';
import { types } from 'node:util';
import { globalNameOf } from './globals';
import { moduleOf } from './modules';
import { isNative } from './native';
import { prototypeOf } from './realms';

export interface Refusal {
  what: string;
  advice?: string;
}

const MAKE_IT_THERE = 'Make it inside the process that uses it.';

/** Returns undefined when nothing speaks against copying this object. Evaluates nothing of it. */
export function refusalOf(value: object): Refusal | undefined {
  const prototype = prototypeOf(value);
  if (prototype === Object.prototype || prototype === Array.prototype) return undefined;
  if (types.isPromise(value)) {
    return {
      what: 'it is a Promise, which only this process can settle',
      advice: 'Await it first and pass its result.',
    };
  }
  if (types.isWeakMap(value) || types.isWeakSet(value) || prototype === WeakRef.prototype) {
    return {
      what: `it is a ${kindOf(value)}, whose contents nobody can list`,
      advice: 'Use a Map or a Set, or make it inside the process.',
    };
  }
  if (types.isSharedArrayBuffer(value)) {
    return {
      what: 'it is a SharedArrayBuffer, which only threads of one process share',
      advice: 'Pass a copy of its contents.',
    };
  }
  const isIterator = types.isMapIterator(value) || types.isSetIterator(value) || isOfIterators(prototype);
  if (isIterator || types.isGeneratorObject(value)) {
    return {
      what: 'it is an iterator that has begun, and its position cannot be copied',
      advice: 'Pass the generator function, or an array of what it gives.',
    };
  }
  if (types.isModuleNamespaceObject(value)) {
    return {
      what: 'it is a module that cannot be loaded by name in another process',
      advice: 'Import it inside the function: await import(…).',
    };
  }
  if (types.isExternal(value) || types.isKeyObject(value) || types.isCryptoKey(value)) {
    return { what: `it is a ${kindOf(value)}, which lives outside JavaScript`, advice: MAKE_IT_THERE };
  }
  const owner = foreignClassOf(value);
  if (owner === undefined) return undefined;
  const advice = owner === 'Blob' || owner === 'File' ? 'Pass what its arrayBuffer() gives.' : MAKE_IT_THERE;
  return { what: `it is a ${kindOf(value)}, which belongs to this process`, advice };
}

/** A class of Node or V8 in the prototype chain whose instances hold what JavaScript cannot see. */
function foreignClassOf(value: object): string | undefined {
  let prototype = prototypeOf(value);
  for (; prototype !== null && prototype !== Object.prototype; prototype = prototypeOf(prototype)) {
    const maker: unknown = Object.getOwnPropertyDescriptor(prototype, 'constructor')?.value;
    if (typeof maker !== 'function') continue;
    if (COPYABLE.has(maker)) return undefined;
    if (globalNameOf(maker) !== undefined || moduleOf(maker)?.id.startsWith('node:')) return maker.name;
    if (isNative(maker)) return maker.name;
  }
  return undefined;
}

const TypedArray: { prototype: object } = Object.getPrototypeOf(Float64Array);
const typedArrays = Object.getOwnPropertyNames(globalThis)
  .filter((name) => /^[A-Z]\w*Array$/.test(name))
  .map((name) => (globalThis as unknown as Record<string, { prototype: object }>)[name])
  .filter((maker) => maker !== undefined && prototypeOf(maker.prototype) === TypedArray.prototype);

const COPYABLE = new Set<unknown>([
  ...[Object, Function, Array, Map, Set, Date, RegExp, Boolean, Number, String, Symbol, BigInt],
  ...[Error, AggregateError, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError],
  ...[ArrayBuffer, DataView, Buffer, TypedArray, ...typedArrays, URL, URLSearchParams, EventEmitter],
]);

const iteratorPrototypes = new Set<unknown>(
  [[].values(), ''[Symbol.iterator](), ''.matchAll(/a/g)].map((iterator) => Object.getPrototypeOf(iterator)),
);

/** An iterator of another realm goes by what it calls itself. */
function isOfIterators(prototype: object | null): boolean {
  if (prototype === null || prototype instanceof Object) return iteratorPrototypes.has(prototype);
  const tag: unknown = Object.getOwnPropertyDescriptor(prototype, Symbol.toStringTag)?.value;
  return typeof tag === 'string' && tag.endsWith(' Iterator');
}

export function kindOf(value: object): string {
  const prototype = Object.getPrototypeOf(value);
  const maker: unknown = prototype && Object.getOwnPropertyDescriptor(prototype, 'constructor')?.value;
  if (typeof maker === 'function' && maker.name !== '') return maker.name;
  return Object.prototype.toString.call(value).slice(8, -1);
}
