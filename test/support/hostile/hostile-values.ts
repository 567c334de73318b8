// Values that do harm when somebody looks at them: they throw, answer to everything, or never answer. As recipes, which can be
// printed when a test fails.

import { inspect } from 'node:util';
import fc from 'fast-check';
import { displaySymbol } from '../../../kernel/session-process/display/mime-bundle';
import { Element, LinkedElement, Mark } from '../session/documents';

type Make = () => unknown;
type Resolve = (value: unknown) => void;

const fail = (): never => {
  throw new Error('not to be looked at');
};

const TRAPS = [
  ...['apply', 'construct', 'defineProperty', 'deleteProperty', 'get', 'getOwnPropertyDescriptor'],
  ...['getPrototypeOf', 'has', 'isExtensible', 'ownKeys', 'preventExtensions', 'set', 'setPrototypeOf'],
] as const;

/** What somebody may ask a value for. */
export const KEYS: { [name: string]: PropertyKey } = {
  ...Object.fromEntries(
    [
      ...['a', 'then', 'toJSON', 'nodeType', 'outerHTML', 'getAttribute', 'toSpec', '$schema', 'constructor'],
      ...['name', 'message', 'stack', 'cause', 'errors', 'length', 'size', 'entries', 'toString', 'valueOf'],
      ...['text/html', 'application/json', 'buffer', 'byteLength', 'prototype', '__proto__'],
    ].map((name) => [name, name]),
  ),
  '@display': displaySymbol,
  '@inspect': inspect.custom,
  '@tag': Symbol.toStringTag,
  '@iterator': Symbol.iterator,
  '@primitive': Symbol.toPrimitive,
  '@species': Symbol.species,
};

const targets: { [name: string]: () => object } = {
  object: () => ({ a: 1 }),
  array: () => [{ a: 1 }],
  function: () => () => 1,
  class: () => class Star {},
  map: () => new Map([['a', 1]]),
  set: () => new Set([1]),
  date: () => new Date(0),
  error: () => new TypeError('too bad'),
  aggregate: () => new AggregateError([new Error('one'), 2], 'two'),
  promise: () => new Promise(() => {}),
  bytes: () => new Uint8Array([1, 2]),
  regexp: () => /a/,
  element: () => new Element('<b>1</b>'),
  mark: () => new Mark({ $schema: 'https://vega.github.io/schema/vega-lite/v5.json' }),
};

function revoked(target: object): unknown {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
}

function chain(): unknown {
  const any: unknown = new Proxy(() => {}, { get: () => any, apply: () => any });
  return any;
}

function deep(levels: number): unknown {
  let value = {};
  for (let level = 0; level < levels; level++) value = { a: value };
  return value;
}

function thenable(then: (resolve: Resolve) => void): object {
  return Object.fromEntries([['then', then]]);
}

/** One whose rejection is nobody's. */
function promiseOf(give: Make): Promise<unknown> {
  const promise = (async () => give())();
  promise.catch(() => {});
  return promise;
}

function detached(): unknown {
  const bytes = new Uint8Array(4);
  structuredClone(bytes.buffer, { transfer: [bytes.buffer] });
  return bytes;
}

/** Each by a name that says what it is. */
export const hostile: { [name: string]: Make } = {
  'a chainable function': chain,
  'a chainable stub': () => {
    const stub: unknown = new Proxy({}, { get: () => () => stub });
    return stub;
  },
  'a client of remote calls': () =>
    new Proxy({}, { get: (_target, key) => async () => ({ called: String(key) }) }),
  'a thenable that never calls back': () => thenable(() => {}),
  'a promise that never settles': () => new Promise(() => {}),
  'an object of a Proxy': () => Object.create(chain() as object),
  'an object of a throwing Proxy': () => Object.create(new Proxy({}, { get: fail, getPrototypeOf: fail })),
  'a Proxy of a Proxy': () => new Proxy(new Proxy({}, { get: fail, ownKeys: fail }), {}),
  'an element of no document': () => Object.create(Element.prototype),
  'an element of another class': () => new LinkedElement(),
  'a URL that is none': () => Object.create(URL.prototype),
  'a request that is none': () => Object.create(Request.prototype),
  '5000 levels': () => deep(5000),
  'a cycle': () => {
    const value: { self?: unknown } = {};
    value.self = value;
    return value;
  },
  'detached bytes': detached,
  'a WeakMap': () => new WeakMap(),
  'a symbol': () => Symbol('s'),
  'a long list of nothing': () => new Array(4_000_000_000),
  'an object of nothing': () => Object.create(null),
  'a frozen error': () => Object.freeze(new Error('cold')),
  'an error without an error': () => Object.create(Error.prototype),
  ...Object.fromEntries(
    Object.entries(targets).flatMap(([name, make]) => [
      [`a revoked Proxy of ${name}`, () => revoked(make())],
      ...TRAPS.map((trap) => [
        `a Proxy of ${name}, ${trap} throws`,
        () => new Proxy(make(), { [trap]: fail }),
      ]),
      ...Object.entries(KEYS).map(([key, at]) => [
        `${name}, ${key} throws when read`,
        () => withProperty(make(), at, { get: fail }),
      ]),
      ...Object.entries(KEYS).map(([key, at]) => [
        `${name}, ${key}() throws`,
        () => withProperty(make(), at, { value: fail }),
      ]),
      ...Object.entries(KEYS).map(([key, at]) => [
        `${name}, ${key}() is asynchronous`,
        () => withProperty(make(), at, { value: async () => chain() }),
      ]),
    ]),
  ),
};

function withProperty(object: object, key: PropertyKey, descriptor: PropertyDescriptor): object {
  try {
    Reflect.defineProperty(object, key, { configurable: true, enumerable: true, ...descriptor });
  } catch {
    // The length of an array is a number.
  }
  return object;
}

/** How a value is built. */
export type Recipe =
  | { type: 'plain'; value: unknown }
  | { type: 'hostile'; name: string }
  | { type: 'array' | 'map' | 'set' | 'error'; of: Recipe[] }
  | { type: 'object'; of: { [name: string]: Recipe } }
  /** `key` is a name in `KEYS`. */
  | { type: 'has'; key: string; how: 'value' | 'getter' | 'method' | 'async' | 'thenable'; of: Recipe };

export function build(recipe: Recipe): unknown {
  switch (recipe.type) {
    case 'plain':
      return recipe.value;
    case 'hostile':
      return hostile[recipe.name]?.();
    case 'array':
      return recipe.of.map(build);
    case 'map':
      return new Map(recipe.of.map((each, at) => [at % 2 ? at : build(each), build(each)]));
    case 'set':
      return new Set(recipe.of.map(build));
    case 'error': {
      const [message, cause, ...errors] = recipe.of.map(build);
      const error = new AggregateError(errors, 'many', { cause });
      return Object.assign(error, { message });
    }
    case 'object':
      return Object.fromEntries(Object.entries(recipe.of).map(([name, each]) => [name, build(each)]));
    case 'has': {
      const give = () => build(recipe.of);
      const descriptors = {
        value: () => ({ value: give() }),
        getter: () => ({ get: give }),
        method: () => ({ value: give }),
        async: () => ({ value: () => promiseOf(give) }),
        thenable: () => ({ value: () => thenable((resolve) => resolve(give())) }),
      };
      return withProperty({ a: 1 }, KEYS[recipe.key] ?? 'a', descriptors[recipe.how]());
    }
    default:
      return recipe satisfies never;
  }
}

const names = fc.oneof(
  fc.constantFrom('text/plain', 'text/html', 'image/png', 'application/json', 'application/x+json', 'a'),
  fc.string({ maxLength: 10 }),
);

/** Any value, salted. */
export const recipes: fc.Arbitrary<Recipe> = fc.letrec<{ recipe: Recipe }>((tie) => ({
  recipe: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.record({
      type: fc.constant('plain' as const),
      value: fc.oneof(fc.jsonValue(), fc.bigInt(), fc.date()),
    }),
    fc.record({ type: fc.constant('hostile' as const), name: fc.constantFrom(...Object.keys(hostile)) }),
    fc.record({
      type: fc.constantFrom('array' as const, 'map' as const, 'set' as const, 'error' as const),
      of: fc.array(tie('recipe'), { maxLength: 4 }),
    }),
    fc.record({
      type: fc.constant('object' as const),
      of: fc.dictionary(names, tie('recipe'), { maxKeys: 4 }),
    }),
    fc.record({
      type: fc.constant('has' as const),
      key: fc.constantFrom('@display', '@display', '@display', 'toSpec', ...Object.keys(KEYS)),
      how: fc.constantFrom(
        'value' as const,
        'getter' as const,
        'method' as const,
        'async' as const,
        'thenable' as const,
      ),
      of: tie('recipe'),
    }),
  ),
})).recipe;
