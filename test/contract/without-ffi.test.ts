// Where no shared memory between processes is possible, threads take over: the library says so, who asks for a process is told
// why not, and everything else is as promised.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { contractFiles, contractHolds } from '../support/contract/run-contract';
import { compiled, runProgram, sortedLines } from '../support/contract/run-program';
import { nothingLeft } from '../support/processes/nothing-left';

const WITHOUT_KOFFI = join(__dirname, '../../../test/programs/without-koffi.cjs');
const ways = {
  'koffi is refused': { PARLAB_FFI: 'off' },
  'there is no koffi': { NODE_OPTIONS: `--require=${WITHOUT_KOFFI}` },
} as const;

const TOLD_ONCE =
  /^[^\n]*ParlabWarning: Processes cannot share memory here, because [^\n]*\n[^\n]*--trace-warnings[^\n]*\n$/;

for (const [why, environment] of Object.entries(ways)) {
  describe(`where ${why}`, () => {
    for (const [program, lines] of [
      ['loop', ['0', '10', '20', '30']],
      ['shared', ['[ 0, 0, 0 ]', 'n = 1: 1, n = 2: 4, n = 3: 9']],
      ['one-tick', ['0 false', '81']],
    ] as const) {
      test(`the program '${program}' runs on threads, which is told once`, async () => {
        const ended = await runProgram([compiled(program)], environment);
        assert.match(ended.stderr, TOLD_ONCE);
        assert.deepEqual(sortedLines(ended.stdout), lines);
      });
    }

    test('who asks for threads is told nothing', async () => {
      const ended = await runProgram([compiled('loop')], { ...environment, PARLAB_START_METHOD: 'thread' });
      assert.equal(ended.stderr, '');
    });

    test("the start method 'process' is refused with the reason", async () => {
      const ended = await runProgram([compiled('loop')], { ...environment, PARLAB_START_METHOD: 'process' });
      assert.match(
        ended.stderr,
        /StartFailedError: Process-1 could not be started: .*(PARLAB_FFI=off|koffi).*use method: 'thread'/,
      );
      assert.equal(ended.code, 1);
    });

    test('explore() is refused with the reason', async () => {
      const ended = await runProgram([compiled('explores')], environment);
      assert.match(
        ended.stderr,
        /ExplorationError: explore\(\) works in a process of its own, and .*(PARLAB_FFI=off|koffi)/,
      );
      assert.equal(ended.code, 1);
    });
  });
}

// Most of it waits.
describe('the whole contract holds on threads alone', { concurrency: 2 }, () => {
  for (const name of contractFiles()) {
    test(name, () => contractHolds(name, ways['there is no koffi']));
  }
});

after(nothingLeft);
