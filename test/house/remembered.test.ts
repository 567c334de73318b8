// What a process remembers is told on one page: no state at the level of a module that the page does not know.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { remembering, toldOnPage } from './remembered';

test('docs/words.md tells each file that has state of its own, once, and no other', () => {
  assert.ok(remembering.length > 100, `${remembering.length} files`);
  assert.deepEqual(toldOnPage(), remembering);
});
