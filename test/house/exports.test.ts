// What is exported is needed elsewhere: whoever reads a file sees by the word what others build upon.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unneededExports } from './exports';

test('a file exports what another file names, and nothing else', () => {
  assert.deepEqual(unneededExports(), []);
});
