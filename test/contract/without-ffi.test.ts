// Where no shared memory between processes is possible, threads take over, and who asks for a process is told why not.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { nothingLeft } from '../nothing-left';
import { compiled, runProgram, sortedLines } from './run-program';

const environment = { PARLAB_FFI: 'off' };

for (const [program, lines] of [
  ['loop', ['0', '10', '20', '30']],
  ['shared', ['[ 0, 0, 0 ]', 'n = 1: 1, n = 2: 4, n = 3: 9']],
  ['one-tick', ['0 false', '81']],
] as const) {
  test(`the program '${program}' runs on threads`, async () => {
    const ended = await runProgram([compiled(program)], environment);
    assert.equal(ended.stderr, '');
    assert.deepEqual(sortedLines(ended.stdout), lines);
  });
}

test("the start method 'process' is refused with the reason", async () => {
  const ended = await runProgram([compiled('loop')], { ...environment, PARLAB_START_METHOD: 'process' });
  assert.match(
    ended.stderr,
    /StartFailedError: Process-1 could not be started: .*PARLAB_FFI=off.*use method: 'thread'/,
  );
  assert.equal(ended.code, 1);
});

after(nothingLeft);
