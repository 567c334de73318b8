// A session whose answers stand behind much output is not said to be silent: what it writes shows that it is there.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { startInMemory } from '../../support/kernel/in-memory';
import { nothingLeft } from '../../support/processes/nothing-left';

after(nothingLeft);

/** Longer than the kernel waits for an answer. */
const BUSY_MS = 11_000;

test('a cell that writes again and again, and answers nothing meanwhile, is told nothing', async () => {
  const kernel = await startInMemory();
  try {
    const cell = kernel.client.execute(
      `const word = new Int32Array(new SharedArrayBuffer(4));
       for (const end = Date.now() + ${BUSY_MS}; Date.now() < end; Atomics.wait(word, 0, 0, 300)) print('.');`,
    );
    assert.equal((await cell.done()).status, 'ok');
    assert.equal(cell.text('stderr'), '');
    assert.match(cell.text('stdout'), /^\.+$/);
  } finally {
    await kernel.stop();
  }
});
