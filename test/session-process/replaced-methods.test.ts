// Each method of what JavaScript gives a program, replaced by one that throws: the cells behind it have their value, print, and end.

import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { sharedSession } from '../support/session/session-driver';

const OWNERS = [
  ...['Array', 'String', 'Number', 'Symbol', 'RegExp', 'Date', 'Error', 'Promise', 'Map', 'Set', 'WeakMap'],
  ...['WeakSet', 'WeakRef', 'ArrayBuffer', 'DataView', 'Int32Array', 'Uint8Array', 'AbortController'],
  ...['AbortSignal', 'EventTarget', 'Buffer'],
]
  .flatMap((name) => [name, `${name}.prototype`])
  .concat('JSON', 'Math', 'Reflect', 'Atomics', 'globalThis');

/** What Node itself cannot go on without, and what the cells that are tried use themselves. */
const NEEDED = new Set([
  'Array.prototype.pop',
  'Array.prototype.Symbol(Symbol.iterator)',
  'Buffer.prototype.utf8Write',
  'globalThis.gc',
]);

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
        if (!isMethod || !descriptor?.configurable || key === 'constructor' || NEEDED.has(what)) continue;
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
