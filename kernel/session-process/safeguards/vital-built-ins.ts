// The built-ins without which the session, the library or Node cannot go on. A cell may replace them, by what
// counts calls, say; one that does not do any more what JavaScript's does is put back when the cell ends, and
// the cell is told. Everything here is done with what was there at the start.

import { isDeepStrictEqual } from 'node:util';
import { apply, isPromise, safely } from './pristine';

type Call = readonly [self: unknown, ...args: unknown[]];
type Method = (...args: unknown[]) => unknown;

interface Vital {
  readonly holder: object;
  readonly key: string | symbol;
  readonly name: string;
  readonly original: Method;
  /** Makes what the original and its replacement are tried with, each with its own. */
  readonly sample: () => Call;
  /** The replacement that stays: it was found to work, or cannot be taken away. */
  kept?: unknown;
}

const { defineProperty, getOwnPropertyDescriptor } = Object;
/** Walks through no iterator. */
const isAlike = isDeepStrictEqual;

const numbers = () => [3, 1, 2];
const isOne = (value: unknown) => value === 1;
const add = (sum: unknown, each: unknown) => Number(sum) + Number(each);
const same = (value: unknown) => value;
const words = () => new Int32Array(4);

type Samples = { readonly [key: string | symbol]: () => Call };

const SAMPLES: readonly [name: string, holder: object, samples: Samples][] = [
  ['Array', Array, { isArray: () => [Array, []], from: () => [Array, [1, 2]] }],
  [
    'Array.prototype',
    Array.prototype,
    {
      at: () => [numbers(), 1],
      concat: () => [numbers(), [4]],
      every: () => [numbers(), isOne],
      fill: () => [numbers(), 7],
      filter: () => [numbers(), isOne],
      find: () => [numbers(), isOne],
      findIndex: () => [numbers(), isOne],
      findLast: () => [numbers(), isOne],
      flatMap: () => [numbers(), same],
      includes: () => [numbers(), 1],
      indexOf: () => [numbers(), 1],
      join: () => [numbers(), '-'],
      map: () => [numbers(), same],
      pop: () => [numbers()],
      push: () => [numbers(), 4],
      reduce: () => [numbers(), add, 0],
      reduceRight: () => [numbers(), add, 0],
      reverse: () => [numbers()],
      shift: () => [numbers()],
      slice: () => [numbers(), 1],
      some: () => [numbers(), isOne],
      sort: () => [numbers()],
      splice: () => [numbers(), 1, 1, 4],
      unshift: () => [numbers(), 4],
    },
  ],
  ['String', String, { fromCharCode: () => [String, 65, 66] }],
  [
    'String.prototype',
    String.prototype,
    {
      charCodeAt: () => ['ab', 1],
      endsWith: () => ['ab', 'b'],
      includes: () => ['ab', 'b'],
      indexOf: () => ['ab', 'b'],
      replace: () => ['ab', 'b', 'c'],
      slice: () => ['abc', 1, 2],
      split: () => ['a,b', ','],
      startsWith: () => ['ab', 'a'],
      trim: () => [' a '],
    },
  ],
  [
    'Object',
    Object,
    {
      assign: () => [Object, {}, { a: 1 }],
      create: () => [Object, null],
      defineProperty: () => [Object, {}, 'a', { value: 1 }],
      entries: () => [Object, { a: 1 }],
      fromEntries: () => [Object, [['a', 1]]],
      getOwnPropertyDescriptor: () => [Object, { a: 1 }, 'a'],
      getPrototypeOf: () => [Object, []],
      hasOwn: () => [Object, { a: 1 }, 'a'],
      is: () => [Object, 1, 1],
      keys: () => [Object, { a: 1 }],
      values: () => [Object, { a: 1 }],
    },
  ],
  [
    'Object.prototype',
    Object.prototype,
    {
      hasOwnProperty: () => [{ a: 1 }, 'a'],
      propertyIsEnumerable: () => [{ a: 1 }, 'a'],
      toString: () => [[]],
      // TypeScript takes these names for the methods that every object has.
    } as unknown as Samples,
  ],
  [
    'Function.prototype',
    Function.prototype,
    { apply: () => [same, undefined, [1]], call: () => [same, undefined, 1] },
  ],
  [
    'Number',
    Number,
    { isInteger: () => [Number, 1], isSafeInteger: () => [Number, 1], isFinite: () => [Number, 1] },
  ],
  [
    'Math',
    Math,
    {
      ceil: () => [Math, 1.5],
      floor: () => [Math, 1.5],
      log2: () => [Math, 8],
      max: () => [Math, 1, 2],
      min: () => [Math, 1, 2],
    },
  ],
  [
    'Map.prototype',
    Map.prototype,
    {
      delete: () => [new Map([[1, 2]]), 1],
      get: () => [new Map([[1, 2]]), 1],
      has: () => [new Map([[1, 2]]), 1],
      set: () => [new Map(), 1, 2],
    },
  ],
  [
    'Set.prototype',
    Set.prototype,
    {
      add: () => [new Set(), 1],
      delete: () => [new Set([1]), 1],
      has: () => [new Set([1]), 1],
    },
  ],
  [
    'Atomics',
    Atomics,
    {
      add: () => [Atomics, words(), 0, 1],
      and: () => [Atomics, words(), 0, 1],
      compareExchange: () => [Atomics, words(), 0, 0, 1],
      exchange: () => [Atomics, words(), 0, 1],
      load: () => [Atomics, words(), 0],
      or: () => [Atomics, words(), 0, 1],
      store: () => [Atomics, words(), 0, 1],
      sub: () => [Atomics, words(), 0, 1],
    },
  ],
  ['ArrayBuffer', ArrayBuffer, { isView: () => [ArrayBuffer, words()] }],
  // biome-ignore lint/suspicious/noThenProperty: it is the name of the method
  ['Promise.prototype', Promise.prototype, { then: () => [Promise.resolve(1), same] }],
  [
    'Buffer.prototype',
    Buffer.prototype,
    { utf8Write: () => [Buffer.alloc(4), 'ab', 0, 2], utf8Slice: () => [Buffer.from('ab'), 0, 2] },
  ],
  [
    'Array.prototype',
    Array.prototype,
    // What it gives is used up: the first of it is tried.
    { [Symbol.iterator]: () => [numbers()] },
  ],
];

const vital: Vital[] = [];
for (const [owner, holder, samples] of SAMPLES) {
  for (const key of Reflect.ownKeys(samples)) {
    const original = getOwnPropertyDescriptor(holder, key)?.value as Method | undefined;
    const name = typeof key === 'symbol' ? `${owner}[${key.description}]` : `${owner}.${key}`;
    // What this version of Node does not have, or has written, is left alone.
    if (typeof original === 'function') {
      vital.push({ holder, key, name, original, sample: samples[key] as () => Call });
    }
  }
}

export const vitalNames: ReadonlySet<string> = new Set(vital.map(({ name }) => name));

/** Puts back what does not work any more; returns sentences that say so of `who`. Never throws. */
export function putBackVital(who: string): string | undefined {
  const back = { names: '', count: 0 };
  const frozen = { names: '', count: 0 };
  for (let index = 0; index < vital.length; index++) {
    const each = vital[index] as Vital;
    const { holder, key, original } = each;
    const now = (holder as Record<string | symbol, unknown>)[key];
    if (now === original || now === each.kept) continue;
    if (works(each)) {
      each.kept = now;
      continue;
    }
    const isBack = safely(() => {
      defineProperty(holder, key, { value: original, writable: true, configurable: true });
      return true;
    }, false);
    if (!isBack) each.kept = now;
    const found = isBack ? back : frozen;
    found.names += found.count++ === 0 ? each.name : `, ${each.name}`;
  }
  const told =
    sentenceOf(who, back, 'so ParLab has put back what was there') +
    sentenceOf(who, frozen, 'but it was frozen, so nothing can be put back: restart the kernel');
  return told === '' ? undefined : told;
}

/** Empty if there are none. */
function sentenceOf(who: string, { names, count }: { names: string; count: number }, end: string): string {
  if (count === 0) return '';
  const one = count === 1;
  return (
    `${who} has replaced ${names} by ${one ? 'one that does' : 'others that do'} not do what JavaScript's ` +
    `${one ? 'does' : 'do'}. The notebook itself works with ${one ? 'it' : 'them'}, ${end}.\n`
  );
}

function works({ holder, key, original, sample }: Vital): boolean {
  // Others may be broken, which the samples are made with; those are found before or after.
  return safely(() => {
    const now = (holder as Record<string | symbol, unknown>)[key] as Method;
    const right = resultOf(original, sample());
    const found = resultOf(now, sample());
    // A promise of a library is one, too.
    if (isPromise(right.result)) return isThenable(found.result);
    return isAlike(right, found);
  }, false);
}

function resultOf(method: Method, call: Call): { result: unknown; self: unknown } {
  const self = call[0]; // The iterator of arrays may be what is broken.
  const args: unknown[] = [];
  for (let index = 1; index < call.length; index++) args[index - 1] = call[index];
  let result = apply(method, self, args);
  if (method === iterate || isIterator(result)) result = firstOf(result as Iterator<unknown>);
  return {
    result: result === self ? 'itself' : result,
    self: typeof self === 'function' ? 'a function' : self,
  };
}

const iterate = Array.prototype[Symbol.iterator] as Method;

function isIterator(value: unknown): boolean {
  return (
    typeof value === 'object' && value !== null && typeof (value as { next?: unknown }).next === 'function'
  );
}

function firstOf(iterator: Iterator<unknown>): unknown {
  return iterator.next().value;
}

function isThenable(value: unknown): boolean {
  return (
    typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function'
  );
}
