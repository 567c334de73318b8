// CPython's `TestNoForkBomb` and `TestFlags`: whole programs, by each start method and in each way to run them.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { getAllStartMethods } from '../../src/index';
import { compiled, runProgram, type Way, ways } from '../support/contract/run-program';
import { nothingLeft } from '../support/processes/nothing-left';

for (const method of getAllStartMethods()) {
  describe(`a program whose start method is '${method}'`, () => {
    for (const way of Object.keys(ways) as Way[]) {
      test(`test_noforkbomb: needs no guard around what starts a process (${way})`, async () => {
        const ended = await runProgram(ways[way]('unguarded'), { PARLAB_START_METHOD: method });
        assert.deepEqual(ended, { stdout: '123\n', stderr: '', code: 0, signal: null });
      });
    }

    test('test_flags: hands the options of Node on to its children and theirs', async () => {
      const flags = ['--stack-trace-limit=7', '--no-deprecation'];
      const ended = await runProgram([...flags, compiled('flags')], { PARLAB_START_METHOD: method });
      assert.deepEqual([ended.stderr, ended.code], ['', 0]);
      assert.deepEqual(JSON.parse(ended.stdout), new Array(3).fill([7, true]));
    });
  });
}

after(nothingLeft);
