// A program that starts processes without end is stopped in words, before the machine is.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { activeChildren, Process, TooManyProcessesError } from '../../src/index';
import { largestFamily } from '../../src/start/live-limit';
import { compiled, runProgram } from '../support/contract/run-program';
import { nothingLeft } from '../support/processes/nothing-left';

const forever = () => new Promise(() => setInterval(() => {}, 1000));

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

for (const method of ['process', 'thread'] as const) {
  test(`a running program may set the limit, which counts living children alone (${method})`, async () => {
    const sleepers = Array.from({ length: 3 }, () => new Process({ target: forever, method }));
    process.env.PARLAB_MAX_PROCESSES = '2';
    try {
      sleepers[0]?.start();
      sleepers[1]?.start();
      assert.throws(
        () => sleepers[2]?.start(),
        (error: unknown) =>
          error instanceof TooManyProcessesError &&
          /^Process-\d+ was not started: 2 children of this program are alive.* Join some first, or set process\.env\.PARLAB_MAX_PROCESSES/.test(
            error.message,
          ),
      );
      assert.equal(sleepers[2]?.pid, undefined);
      sleepers[0]?.kill();
      await sleepers[0]?.join();
      sleepers[2]?.start();
      assert.equal(sleepers[2]?.isAlive(), true);
    } finally {
      delete process.env.PARLAB_MAX_PROCESSES;
      for (const child of activeChildren()) {
        child.kill();
        await child.join();
      }
    }
  });
}

after(nothingLeft);
