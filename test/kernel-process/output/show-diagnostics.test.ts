// What the compiler refuses, as the student sees it.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import { showDiagnostics } from '../../../kernel/kernel-process/output/show-diagnostics';

const wrong = { line: 2, column: 5, message: 'It is wrong.', code: 2322, excerpt: '2 | x = 1\n  |     ^' };

test('One mistake names its cell, line and column, and shows the line.', () => {
  const { name, message, traceback } = showDiagnostics([wrong], 'Cell 3');
  assert.deepEqual([name, message], ['TypeScriptError', 'Cell 3:2:5: It is wrong.']);
  assert.deepEqual(traceback.map(stripVTControlCharacters), [
    'TypeScriptError: It is wrong. (TS2322)',
    '    at Cell 3:2:5',
    '    > 2 | x = 1',
    '        |     ^',
  ]);
});

test('A mistake in a module names its file.', () => {
  assert.match(showDiagnostics([{ ...wrong, file: 'lib/a.ts' }], 'Cell 3').message, /^lib\/a\.ts:2:5: /);
});

test('Of many mistakes the first is named and ten are shown.', () => {
  const { message, traceback } = showDiagnostics(Array(12).fill(wrong), 'Cell 3');
  assert.match(message, /\(and 11 more\)$/);
  assert.equal(traceback.length, 41);
  assert.equal(traceback.at(-1), '… and 2 more.');
});
