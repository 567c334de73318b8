// Programs made by chance: no correct one hears a false word, and of the wrong ones each hears what is wrong with it.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { getAllStartMethods } from '../../src/index';
import { compiled, runProgram } from '../support/contract/run-program';
import { nothingLeft } from '../support/processes/nothing-left';

// PARLAB_PROGRAMS=500 makes it long.
const count = process.env.PARLAB_PROGRAMS ?? '10';
const first = process.env.PARLAB_FIRST_PROGRAM ?? '0';

for (const method of getAllStartMethods()) {
  for (const which of ['correct', 'wrong']) {
    test(`${count} ${which} programs are told apart (${method})`, async () => {
      const program = [compiled('random-programs'), which, first, count, method, '4'];
      const { stdout, stderr } = await runProgram(program, { PARLAB_START_METHOD: method });
      assert.deepEqual(stdout.trim().split('\n'), ['done'], stderr);
    });
  }
}

after(nothingLeft);
