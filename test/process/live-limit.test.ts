// A program that starts processes without end is stopped in words, before the machine is.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { largestFamily } from '../../src/process/live-limit';
import { compiled, runProgram } from '../contract/run-program';
import { nothingLeft } from '../nothing-left';

test('the larger the memory, the more processes may live', () => {
  assert.deepEqual(
    [1, 4, 16, 999].map((gib) => largestFamily(gib * 2 ** 30)),
    [32, 64, 256, 500],
  );
});

for (const method of ['process', 'thread']) {
  test(`a function that starts itself for ever comes to an end (${method})`, async () => {
    const ended = await runProgram([compiled('bomb')], {
      PARLAB_MAX_PROCESSES: '8',
      PARLAB_START_METHOD: method,
      PARLAB_STOCK: '0',
    });
    assert.equal(ended.signal, null);
    assert.match(
      ended.stderr,
      /TooManyProcessesError: .* was not started: 8 children of this program are alive/,
    );
  });
}

after(nothingLeft);
