// The end of every test file here: no child process may be left.

import assert from 'node:assert/strict';
import { setImmediate as nextTurn } from 'node:timers/promises';

export async function nothingLeft(): Promise<void> {
  await nextTurn(); // Node lets go of an ended process a turn after its exit event
  await nextTurn();
  const left = process.getActiveResourcesInfo().filter((kind) => ['ProcessWrap', 'Worker'].includes(kind));
  assert.deepEqual(left, [], 'a test left a process running');
}
