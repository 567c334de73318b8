// Each method of what JavaScript gives a program, replaced by one that throws: the cells behind it have their value, print, and end.

import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { SessionDriver, sharedSession } from '../support/session/session-driver';

const OWNERS = [
  ...['Array', 'String', 'Number', 'Symbol', 'RegExp', 'Date', 'Error', 'Promise', 'Map', 'Set', 'WeakMap'],
  ...['WeakSet', 'WeakRef', 'ArrayBuffer', 'DataView', 'Int32Array', 'Uint8Array', 'AbortController'],
  ...['AbortSignal', 'EventTarget', 'Buffer'],
]
  .flatMap((name) => [name, `${name}.prototype`])
  .concat('JSON', 'Math', 'Reflect', 'Atomics', 'globalThis');

/** The tests are run with it, and without it in a session. */
const NOT_TRIED = new Set(['globalThis.gc']);

describe('after a cell has replaced', () => {
  const session = sharedSession();
  before(async () => {
    await session.evaluate('exports.k = 20;');
  });

  for (const owner of OWNERS) {
    test(`a method of ${owner}, cells are as before`, async () => {
      const holder = Function(`return ${owner};`)() as object;
      for (const key of Reflect.ownKeys(holder)) {
        const descriptor = Object.getOwnPropertyDescriptor(holder, key);
        const isMethod =
          typeof descriptor?.value === 'function' && /^[a-z]/.test(String(descriptor.value.name));
        const what = `${owner}.${String(key)}`;
        if (!isMethod || !descriptor?.configurable || key === 'constructor' || NOT_TRIED.has(what)) continue;
        const written = typeof key === 'symbol' ? key.description : JSON.stringify(key);
        await session.evaluate(
          `{ const { defineProperty, getOwnPropertyDescriptor } = Object;
          const saved = getOwnPropertyDescriptor(${owner}, ${written});
          exports.restore = () => { defineProperty(${owner}, ${written}, saved); };
          const value = () => { throw new Error('replaced'); };
          defineProperty(${owner}, ${written}, { value, configurable: true, writable: true }); }`,
        );
        const shown = await session.evaluate('exports.r = exports.k + 1;', { resultName: 'r' });
        const printed = await session.evaluate("console.log('x', 1);");
        await session.evaluate('exports.restore();');
        assert.deepEqual(shown.reports, [{ type: 'returned', bundle: { 'text/plain': '21' } }], what);
        assert.deepEqual([printed.reports, printed.stdout], [[{ type: 'returned' }], 'x 1\n'], what);
      }
    });
  }
});

describe('A built-in that the session itself needs', () => {
  const session = sharedSession();
  before(async () => {
    await session.evaluate('exports.define = Object.defineProperty;');
  });

  const broken = ['() => undefined', "() => { throw new Error('replaced'); }", '() => 7'];
  for (const name of [
    'Array.prototype.pop',
    'Function.prototype.apply',
    'Buffer.prototype.utf8Write',
    'Map.prototype.get',
  ]) {
    for (const value of broken) {
      for (const wait of ['', 'await null; ']) {
        test(`is put back and told, if ${wait}a cell replaces ${name} by ${value}`, async () => {
          const { outcome, stderr } = await session.evaluate(`${wait}${name} = ${value}; ${wait}`, {
            isAsync: wait !== '',
          });
          assert.equal(outcome.type, 'returned', JSON.stringify(outcome));
          assert.ok(
            stderr.startsWith(
              `This cell has replaced ${name} by one that does not do what JavaScript's does. `,
            ),
            stderr,
          );
          const next = await session.evaluate(`exports.r = ${name} !== undefined && [1, 2].pop() + 19;`, {
            resultName: 'r',
          });
          assert.deepEqual(next.reports, [{ type: 'returned', bundle: { 'text/plain': '21' } }]);
          assert.equal(next.stderr, '');
        });
      }
    }
  }

  test('that is frozen as well is told once, and not said to be put back', async () => {
    const frozen = sessionWithBroken(
      "Array.prototype.reduceRight = () => 'broken'; Object.freeze(Array.prototype);",
    );
    const { first, next } = await frozen;
    assert.match(
      first.stderr,
      /^This cell has replaced Array\.prototype\.reduceRight by one .* frozen, so nothing/,
    );
    assert.equal(first.stderr.split('\n').length, 2);
    assert.deepEqual([next.stderr, next.reports], ['', [{ type: 'returned' }]]);
  });

  test('stays replaced by one that does the same', async () => {
    await session.evaluate(`
      const { push } = Array.prototype;
      exports.count = 0;
      Array.prototype.push = function (...items) { exports.count++; return push.apply(this, items); };`);
    const { stderr } = await session.evaluate('exports.count = 0; [1].push(2); exports.r = exports.count;', {
      resultName: 'r',
    });
    assert.equal(stderr, '');
    const { reports } = await session.evaluate('exports.r = /exports.count/.test(Array.prototype.push);', {
      resultName: 'r',
    });
    assert.deepEqual(reports, [{ type: 'returned', bundle: { 'text/plain': 'true' } }]);
  });

  for (const names of [['get'], ['set'], ['value'], ['writable'], ['set', 'value']]) {
    for (const value of ["'text'", '() => 1', '{ a: 1 }', 'undefined']) {
      test(`is taken away and told, if a cell puts ${names} on Object.prototype, as ${value}`, async () => {
        const put = names.map((name) => `Object.prototype.${name} = ${value};`).join(' ');
        const { outcome, stderr } = await session.evaluate(put);
        assert.equal(outcome.type, 'returned', JSON.stringify(outcome));
        assert.ok(stderr.startsWith(`This cell has put ${names.join(', ')} on Object.prototype. `), stderr);
        const next = await session.evaluate(
          "console.log({ a: 1 }); exports.r = Object.defineProperty({}, 'a', { get: () => 21 }).a;",
          { resultName: 'r' },
        );
        assert.deepEqual(next.reports, [{ type: 'returned', bundle: { 'text/plain': '21' } }]);
        assert.deepEqual([next.stdout, next.stderr], ['{ a: 1 }\n', '']);
      });
    }
  }

  test('is left alone, if a cell puts another name on Object.prototype', async () => {
    const { stderr } = await session.evaluate('Object.prototype.mine = () => 7;');
    assert.equal(stderr, '');
    const { reports } = await session.evaluate('exports.r = ({}).mine(); delete Object.prototype.mine;', {
      resultName: 'r',
    });
    assert.deepEqual(reports, [{ type: 'returned', bundle: { 'text/plain': '7' } }]);
  });
});

/** What two cells say in a session of their own, the first of which breaks something for good. */
async function sessionWithBroken(code: string) {
  const session = new SessionDriver();
  try {
    return { first: await session.evaluate(code), next: await session.evaluate('1;') };
  } finally {
    await session.stop();
  }
}
