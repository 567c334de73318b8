// What a program returns: any value is compared as isDeepStrictEqual() of Node compares it, and shown as
// inspect() shows it.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { inspect, isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { isSameResult, resultOf, showBoth, showResult } from '../../src/explore/results/compare';
import { explore } from '../../src/index';
import { check, returns } from '../../src/tutorial/index';
import { nothingLeft } from '../support/processes/nothing-left';

after(nothingLeft);

const values = fc
  .anything({
    maxDepth: 3,
    withBigInt: true,
    withBoxedValues: true,
    withDate: true,
    withMap: true,
    withNullPrototype: true,
    withObjectString: true,
    withSet: true,
    withSparseArray: true,
    withTypedArray: true,
  })
  // Two of them are never alike for Node.
  .filter((value) => !inspect(value, { depth: null }).includes('Invalid Date'));

test('a result is the value itself, for whoever compares it or looks at it', () => {
  fc.assert(
    fc.property(values, (value) => {
      const result = resultOf(value);
      assert.ok(isDeepStrictEqual(result, value), inspect(value));
      assert.equal(inspect(result), inspect(value));
    }),
    { numRuns: 500 },
  );
});

test('two results are alike exactly where the values are', () => {
  fc.assert(
    fc.property(values, values, (one, other) => {
      assert.equal(isSameResult(one, other), isDeepStrictEqual(one, other));
      assert.ok(isSameResult(one, one));
    }),
    { numRuns: 500 },
  );
});

test('expect: v holds for a program that returns a clone of v, and for no other value', async () => {
  await fc.assert(
    fc.asyncProperty(values, values, async (one, other) => {
      // Without the prototypes that a clone does not keep.
      const v = structuredClone(one);
      const w = structuredClone(other);
      // undefined is no expectation.
      fc.pre(v !== undefined);
      const same = await explore(() => structuredClone(v), { expect: v });
      assert.equal(same.failing, undefined, inspect(v));
      const not = await explore(() => structuredClone(w), { expect: v });
      assert.equal(not.failing === undefined, isDeepStrictEqual(v, w), inspect([v, w]));
      assert.deepEqual(same.outcomes[0]?.outcome.returned, v);
    }),
    { numRuns: 25 },
  );
});

class Seat {
  readonly row: number;
  constructor(row: number) {
    this.row = row;
  }
}
class BestSeat extends Seat {}

/** All that has been taken for something else. */
const unlike: readonly (readonly [returned: unknown, expected: unknown])[] = [
  [new Map(), new Map([[1, 2]])],
  [{}, new Map([[1, 2]])],
  [new Set([1]), new Set([2])],
  [/a/, /b/],
  [/a/g, /a/],
  [new Date(0), new Date(1)],
  [new Date(Number.NaN), new Date(0)],
  ['NaN', Number.NaN],
  [null, Number.NaN],
  [0, -0],
  [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  [5, 5n],
  ['5', 5n],
  [[undefined], [null]],
  [{ a: undefined }, {}],
  [new Uint8Array([1]), new Uint8Array([2])],
  [new Uint8Array([1]), new Int8Array([1])],
  [new Uint8Array([1]), [1]],
  [new Seat(1), { row: 1 }],
  [new Seat(1), new Seat(2)],
  [new Seat(1), new BestSeat(1)],
  [new Error('a'), new Error('b')],
  [new TypeError('a'), new Error('a')],
  [Symbol.iterator, Symbol.asyncIterator],
  [Symbol('a'), Symbol('b')],
  [Array(1), [undefined]],
  [Object(1), 1],
  [new URL('http://a/'), new URL('http://b/')],
];

for (const [returned, expected] of unlike) {
  const [is, not] = showBoth(resultOf(returned), resultOf(expected));
  test(`${is} is not ${not}, and each is itself`, async () => {
    const program = () => returned;
    const wrong = await explore(program, { expect: expected as never });
    assert.equal(wrong.failing?.why, `it returned ${is} and not ${not}`);
    const right = await explore(program, { expect: returned as never });
    assert.equal(right.failing, undefined);
    assert.match(String(right), /^1 order\b/);
    assert.ok(is.length > 100 || String(right) === `1 order: ${is}.`, String(right));
    const verdict = await check(program, [returns(expected)]);
    assert.equal(verdict.sentence, `in its only order it returns ${is} instead of ${not}.`);
    assert.equal((await check(program, [returns(returned)])).passed, true);
  });
}

test('what cannot travel is told by its name: functions, symbols, what cannot be read', async () => {
  const program = () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    const list: unknown[] = [Seat, (n: number) => n, Symbol('mine'), proxy];
    list.push(list);
    return list;
  };
  const { outcomes, failing } = await explore(program);
  assert.equal(failing, undefined);
  assert.equal(
    showResult(outcomes[0]?.outcome.returned),
    '<ref *1> [ [class Seat], [Function (anonymous)], Symbol(mine), <Revoked Proxy>, [Circular *1] ]',
  );
});

test('a function that judges gets the value itself', async () => {
  const { failing } = await explore(() => new Map([[1n, [-0]]]), {
    expect: ({ returned }) => returned instanceof Map && isNegativeZero(returned.get(1n)?.[0]),
  });
  assert.equal(failing, undefined);
});

function isNegativeZero(value: unknown): boolean {
  return Object.is(value, -0);
}
