// Errors are shown in the student's own lines, wherever they come from; the session survives them.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import type { Outcome } from '../../kernel/conversations/session';
import { sharedSession } from '../support/session/session-driver';

describe('an error', () => {
  const session = sharedSession();

  const text = (outcome: Outcome) => {
    assert.equal(outcome.type, 'threw');
    return stripVTControlCharacters(outcome.type === 'threw' ? outcome.traceback.join('\n') : '');
  };

  test('names the cell, the line and the column, and shows the line', async () => {
    const { outcome } = await session.evaluate(
      "exports.f = function f() {\n\n  throw new TypeError('too bad');\n};\nexports.f();",
    );
    assert.ok(outcome.type === 'threw' && outcome.name === 'TypeError' && outcome.message === 'too bad');
    assert.equal(
      text(outcome),
      [
        'TypeError: too bad',
        '    at Object.f (Cell 1:3:9)',
        '      1 | exports.f = function f() {',
        '      2 | ',
        "    > 3 |   throw new TypeError('too bad');",
        '        |         ^',
        '    at Cell 1:5:9',
      ].join('\n'),
    );
  });

  test('has no frames of Node and of ParLab', async () => {
    const { outcome } = await session.evaluate("require('node:fs').readFileSync('/no/such/file');");
    assert.doesNotMatch(text(outcome), /at .*(node:|dist|kernel|internal)/);
    assert.match(text(outcome), /ENOENT[\s\S]*at Cell \d+:1:20/);
  });

  test('follows the awaits that led to it', async () => {
    const { outcome } = await session.evaluate(
      "async function inner() { await __interruptible(new Promise((done) => setTimeout(done, 5))); throw new Error('deep'); }\nasync function outer() {\n  await __interruptible(inner());\n}\nawait __interruptible(outer());",
      { isAsync: true },
    );
    assert.match(
      text(outcome),
      /at inner \(Cell \d+:1:\d+\)[\s\S]*at async outer \(Cell \d+:3:\d+\)[\s\S]*at async Cell \d+:5:\d+/,
    );
  });

  test('is shown with its causes', async () => {
    const { outcome } = await session.evaluate(
      "throw new Error('outside', { cause: new RangeError('inside', { cause: 'a text' }) });",
    );
    assert.match(
      text(outcome),
      /^Error: outside[\s\S]*Caused by: RangeError: inside[\s\S]*Caused by: 'a text'$/,
    );
  });

  test('of several is shown with all of them', async () => {
    const { outcome } = await session.evaluate(
      "await Promise.any([Promise.reject(new Error('one')), Promise.reject(new Error('two'))]);",
      { isAsync: true },
    );
    assert.match(text(outcome), /^AggregateError[\s\S]*1 of 2: Error: one[\s\S]*2 of 2: Error: two/);
  });

  test('that refers to itself ends', async () => {
    const { outcome } = await session.evaluate("const e = new Error('loop'); e.cause = e; throw e;");
    assert.match(text(outcome), /^Error: loop/);
  });

  const strange: [string, RegExp][] = [
    ['throw 5;', /^Uncaught: 5\nWhat was thrown is not an Error/],
    ['throw undefined;', /^Uncaught: undefined/],
    ['throw { code: 1 };', /^Uncaught: \{ code: 1 \}/],
    ["throw Object.assign(new Error('x'), { stack: 7 });", /^Error: x$/],
    [
      "throw Object.defineProperty(new Error('x'), 'stack', { get() { throw new Error('y'); } });",
      /^Error: x$/,
    ],
    ["throw Object.assign(Object.create(null), { message: 'bare' });", /^Uncaught: /],
  ];
  for (const [code, expected] of strange) {
    test(`is shown even for \`${code}\``, async () => {
      const { outcome } = await session.evaluate(code);
      assert.match(text(outcome), expected);
    });
  }

  test('leaves what was bound before it', async () => {
    await session.evaluate("exports.a = 7; throw new Error('x');");
    const { outcome } = await session.evaluate('exports.result = exports.a;', { resultName: 'result' });
    assert.deepEqual(outcome, { type: 'returned', bundle: { 'text/plain': '7' } });
  });

  const background: [string, string][] = [
    ['a promise that nobody awaits', "Promise.reject(new Error('lost'));"],
    ['a timer', "setTimeout(() => { throw new Error('lost'); }, 20);"],
    [
      'an event',
      "const e = new (require('node:events'))(); setImmediate(() => e.emit('error', new Error('lost')));",
    ],
    ['a promise rejected with no Error', "Promise.reject('lost');"],
  ];
  for (const [what, code] of background) {
    test(`of ${what} is told under its cell, and the session goes on`, async () => {
      const { tag, outcome } = await session.evaluate(code);
      assert.equal(outcome.type, 'returned');
      await session.evaluate('await new Promise((done) => setTimeout(done, 50));', { isAsync: true });
      const failed = await session.report(tag, ({ type }) => type === 'failed');
      assert.match(JSON.stringify(failed), /lost/);
    });
  }

  test('of a child names the line of its cell', async () => {
    const { stderr } = await session.evaluate(
      "const { Process } = require('parlab');\nconst p = new Process({ target: () => {\n  throw new Error('in the child');\n} });\np.start(); await p.join();",
      { isAsync: true },
    );
    assert.match(stderr, /Process-1:\n.*Error.*: in the child\n {4}at target \(Cell \d+:3:9\)/);
  });
});
