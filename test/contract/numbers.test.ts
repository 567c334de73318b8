// What is no number of the type is refused, and never becomes one: every type, every place that takes numbers.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import {
  InvalidArgumentError,
  RawArray,
  RawValue,
  ShareableList,
  SharedArray,
  SharedMemory,
  Value,
} from '../../src/index';
import type { AnyType } from '../../src/shared/number-types';
import { nothingLeft } from '../support/processes/nothing-left';

after(nothingLeft);

const WHOLE = ['int8', 'uint8', 'int16', 'uint16', 'int32', 'uint32', 'c', 'b', 'B', 'h', 'H', 'i', 'I'];
const BIG = ['bigint64', 'biguint64', 'l', 'L', 'q', 'Q'];
const FRACTIONS = ['float32', 'float64', 'f', 'd'];
const NO_NUMBERS = ['x', '1', '', null, true, {}, [], [1], () => 1, Symbol('s'), new Date(0), new Number(1)];

const PLACES: Record<string, (type: AnyType, value: never) => unknown> = {
  'new RawValue': (type, value) => new RawValue(type, value),
  'RawValue.value': (type, value) => {
    new RawValue(type).value = value;
  },
  'new Value': (type, value) => new Value(type, value),
  'Value.value': (type, value) => {
    new Value(type).value = value;
  },
  'new RawArray': (type, value) => new RawArray(type, [value]),
  'new SharedArray': (type, value) => new SharedArray(type, [value]),
};

for (const [place, put] of Object.entries(PLACES)) {
  test(place, () => {
    const refuses = (types: string[], values: unknown[]) => {
      for (const type of types) {
        for (const value of values) {
          assert.throws(
            () => put(type as AnyType, value as never),
            InvalidArgumentError,
            `${type} takes ${typeof value}`,
          );
        }
      }
    };
    refuses([...WHOLE, ...FRACTIONS], [...NO_NUMBERS, 1n]);
    refuses(WHOLE, [1.5, Number.NaN, Number.POSITIVE_INFINITY]);
    refuses(BIG, [...NO_NUMBERS, 1, 1.5]);
    for (const type of [...WHOLE, ...FRACTIONS])
      for (const value of [0, -1, 7, 2 ** 40]) put(type as AnyType, value as never);
    for (const type of FRACTIONS)
      for (const value of [1.5, Number.NaN, -0]) put(type as AnyType, value as never);
    for (const type of BIG) put(type as AnyType, 7n as never);
  });
}

test('a ShareableList refuses what it cannot hold', () => {
  const list = new ShareableList([1, 'text']);
  for (const value of [undefined, {}, [], () => 1, Symbol('s'), new Date(0)]) {
    assert.throws(() => list.set(0, value as never), InvalidArgumentError);
    assert.throws(() => new ShareableList([value as never]), InvalidArgumentError);
  }
});

test('more memory than there is says so, and what to do', () => {
  for (const size of [2 ** 30, 40e9]) {
    // Where threads are alone there is less.
    assert.throws(
      () => new SharedMemory({ create: true, size }),
      /(1024 MiB; 2048|128 MiB; 256) MiB are all of it.*smaller pieces/,
    );
  }
});
