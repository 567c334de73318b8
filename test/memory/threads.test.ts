// Threads share the program's memory as processes do: mapped again in the thread, or as a SharedArrayBuffer.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { promisify } from 'node:util';
import { nothingLeft } from '../support/processes/nothing-left';

after(nothingLeft);

const program = join(__dirname, '../../../test/programs/memory/threads.js');

for (const [ffi, kind] of [
  ['on', 'mapped'],
  ['off', 'shared-array-buffer'],
] as const) {
  test(`threads count exactly, answer through queues, and may die with the lock (FFI ${ffi})`, async () => {
    const env = { ...process.env, PARLAB_FFI: ffi };
    const { stdout } = await promisify(execFile)(process.execPath, [program], { env, timeout: 60_000 });
    assert.deepEqual(JSON.parse(stdout), {
      kind,
      count: 4 * 5000,
      sum: 9900,
      alive: [false, false, false],
      death: 'LockOwnerDiedError',
    });
  });
}
