// Values that are no functions: what arrives is what was sent.
import assert from 'node:assert/strict';
import test, { after, describe } from 'node:test';
import { inspect } from 'node:util';
import { capture } from '../../src/capture/capture';
import { decodeCaptured, encodeCaptured } from '../../src/capture/encode';
import { restore } from '../../src/capture/restore/restore';
import { nothingLeft } from '../support/processes/nothing-left';

after(nothingLeft);

function copyOf<Value>(value: Value): Value {
  return restore(decodeCaptured(encodeCaptured(capture(value))), require) as Value;
}

const frozen = Object.freeze({ a: 1 });
const cases: [string, unknown][] = [
  ['undefined', undefined],
  ['null', null],
  ['negative zero', -0],
  ['NaN', Number.NaN],
  ['a bigint', 12345678901234567890n],
  ['text', 'Grüße 🙂'],
  ['an array with properties', Object.assign([1, 2, 3], { extra: true })],
  ['an array with holes', Object.assign(new Array(3), { 1: 'middle' })],
  ['an object without a prototype', Object.assign(Object.create(null), { a: 1 })],
  ['an object with a key named __proto__', JSON.parse('{"__proto__": 1}')],
  ['a Map of Maps', new Map([[{ key: 1 }, new Map([['a', 1]])]])],
  ['a Set', new Set([1, 'a', undefined])],
  ['a Date', new Date(1e12)],
  ['a RegExp', /a(b)?/giu],
  ['a Uint8Array', new Uint8Array([1, 2, 3])],
  ['a Float64Array in the middle of a buffer', new Float64Array(new ArrayBuffer(64), 8, 3)],
  ['a DataView', new DataView(new ArrayBuffer(8), 2)],
  ['an ArrayBuffer', new Uint8Array([9]).buffer],
  ['a Buffer', Buffer.from('bytes')],
  ['a URL', new URL('https://example.org/a?b=c')],
  ['URLSearchParams', new URLSearchParams('a=1&a=2')],
  ['boxed primitives', [Object(1), Object('ab'), Object(true), Object(1n)]],
  ['getters and hidden properties', Object.defineProperty({}, 'hidden', { value: 1 })],
  ['symbols as keys', { [Symbol.iterator]: 1, [Symbol.for('app.key')]: 2 }],
  ['a registered symbol', Symbol.for('app')],
  ['a well-known symbol', Symbol.asyncIterator],
];

describe('a captured value comes back as it was:', () => {
  for (const [name, value] of cases) {
    test(name, () => {
      const copy = copyOf(value);
      assert.deepEqual(copy, value);
      assert.equal(inspect(copy, { showHidden: true }), inspect(value, { showHidden: true }));
    });
  }

  test('objects that are shared, and cycles', () => {
    const shared = { n: 1 };
    const value: Record<string, unknown> = { a: shared, b: [shared], map: new Map([[shared, shared]]) };
    value.self = value;
    const copy = copyOf(value) as { a: object; b: object[]; map: Map<object, object>; self: unknown };
    assert.equal(copy.self, copy);
    assert.equal(copy.b[0], copy.a);
    assert.equal(copy.map.get(copy.a), copy.a);
  });

  test('a Date without a time', () => {
    assert.ok(Number.isNaN(copyOf(new Date(Number.NaN)).getTime()));
  });

  test('two views of one buffer', () => {
    const buffer = new ArrayBuffer(8);
    const copy = copyOf({ bytes: new Uint8Array(buffer), words: new Uint32Array(buffer) });
    copy.words[1] = 7;
    assert.equal(copy.bytes[4], 7);
  });

  test('a small Buffer, without the pool that it lies in', () => {
    assert.ok(encodeCaptured(capture(Buffer.from('small'))).length < 1000);
  });

  test('errors, with stack, cause and own properties', () => {
    const error = Object.assign(new RangeError('outer', { cause: new Error('inner') }), { code: 'E_TEST' });
    const copy = copyOf(error);
    assert.equal(Object.getPrototypeOf(copy), RangeError.prototype);
    assert.equal(copy.message, 'outer');
    assert.equal(copy.stack, error.stack);
    assert.equal((copy.cause as Error).message, 'inner');
    assert.equal(copy.code, 'E_TEST');
    assert.equal(Object.prototype.toString.call(copy), '[object Error]');
    assert.deepEqual(Object.keys(copy), ['code']);
  });

  test('an error that Node itself threw', () => {
    let thrown: NodeJS.ErrnoException | undefined;
    try {
      Buffer.alloc(-1);
    } catch (error) {
      thrown = error as NodeJS.ErrnoException;
    }
    const copy = copyOf(thrown);
    assert.equal(Object.getPrototypeOf(copy), RangeError.prototype);
    assert.equal(copy?.message, thrown?.message);
    assert.equal(copy?.code, 'ERR_OUT_OF_RANGE');
  });

  test('one symbol used twice is one symbol again', () => {
    const symbol = Symbol('mine');
    const copy = copyOf({ symbol, [symbol]: 1 });
    assert.equal(copy[copy.symbol as typeof symbol], 1);
    assert.equal(copy.symbol.description, 'mine');
  });

  test('getters arrive as getters and are not run on the way', () => {
    let runs = 0;
    const value = {
      get now() {
        runs++;
        return runs;
      },
    };
    const copy = copyOf(value);
    assert.equal(runs, 0);
    assert.equal(copy.now, 1);
  });

  test('globals and what they hold are the same things there', () => {
    const value = {
      console,
      max: Math.max,
      slice: Array.prototype.slice,
      self: globalThis,
      encode: TextEncoder,
    };
    const copy = copyOf(value);
    for (const key of Object.keys(value) as (keyof typeof value)[]) assert.equal(copy[key], value[key]);
  });

  test('what is frozen stays frozen', () => {
    assert.ok(Object.isFrozen(copyOf(frozen)));
    assert.ok(!Object.isExtensible(copyOf(Object.preventExtensions({ a: 1 }))));
  });

  test('a list of 100,000 linked objects', () => {
    interface Link {
      next: Link | undefined;
    }
    let list: Link | undefined;
    for (let i = 0; i < 100_000; i++) list = { next: list };
    let length = 0;
    for (let at = copyOf(list); at !== undefined; at = at.next) length++;
    assert.equal(length, 100_000);
  });
});

test('views that grow with their buffer grow there too, and others do not', () => {
  type Growing = ArrayBuffer & { resize(length: number): void };
  const make = ArrayBuffer as unknown as new (length: number, options: { maxByteLength: number }) => Growing;
  for (const [length, maxByteLength] of [
    [8, 16],
    [16, 16],
  ] as const) {
    const buffer = new make(length, { maxByteLength });
    const views = [
      new Uint8Array(buffer),
      new Uint16Array(buffer, 4),
      new DataView(buffer, 2),
      new Uint8Array(buffer, 0, 8),
    ];
    const lengths = (of: ArrayBufferView[]) => of.map((view) => view.byteLength);
    const copies = copyOf(views);
    for (const to of [12, 16, 8]) {
      for (const { buffer: resized } of [views[0], copies[0]] as { buffer: Growing }[]) resized.resize(to);
      assert.deepEqual(lengths(copies), lengths(views));
    }
  }
});

test('the arguments of a call stay arguments', () => {
  const of = (...given: unknown[]) =>
    function () {
      // biome-ignore lint/complexity/noArguments: this is what is tested
      return arguments;
    }.apply(undefined, given as []);
  const copy = copyOf(of(1, 'b'));
  assert.deepEqual(
    [Object.prototype.toString.call(copy), copy.length, [...copy]],
    ['[object Arguments]', 2, [1, 'b']],
  );
});
