// What each call answers, beside Python: docs/parity/answers.md. Asked from inside of a child, by each start method.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { getAllStartMethods, Process, Queue } from '../../src/index';
import { nothingLeft } from '../support/processes/nothing-left';
import { answerOf, answers } from '../support/python/answers';

for (const method of getAllStartMethods()) {
  describe(`in a child by the method '${method}'`, () => {
    for (const { call, python, ours, ask } of answers) {
      test(`${call}: ${ours} (Python: ${python})`, async () => {
        const queue = new Queue<string>();
        const child = new Process({ target: async () => queue.put(await answerOf(ask)), method });
        child.start();
        try {
          assert.equal(await queue.get({ timeout: 60_000 }), ours);
          await child.join({ timeout: 60_000 });
          assert.equal(child.exitcode, 0);
        } finally {
          child.kill();
          await child.join();
        }
      });
    }
  });
}

after(nothingLeft);
