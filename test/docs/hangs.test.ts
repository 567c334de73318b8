// docs/hangs.md tells the truth: its programs hang as it says, word for word, and do not once they are put right.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { getAllStartMethods } from '../../src/index';
import { errorsIn, hangsPage, runText } from '../support/docs/hangs';
import { nothingLeft } from '../support/processes/nothing-left';

after(nothingLeft);

/** Of two that do the same, either may be the last to wait. */
function mirrored(says: string): string {
  const other: { [name: string]: string } = { Ada: 'Bob', Bob: 'Ada', left: 'right', right: 'left' };
  return says.replace(/\b(Ada|Bob|left|right)\b/g, (name) => other[name] ?? name);
}

for (const { title, program, says, repaired } of hangsPage()) {
  describe(title, { concurrency: true }, () => {
    for (const method of getAllStartMethods()) {
      test(`is told (${method})`, async () => {
        const ended = await runText(program, method);
        const [told] = errorsIn(ended);
        const isMirrored = title === 'A circular wait' && told === mirrored(says);
        if (!isMirrored) assert.equal(told, says, `${ended.stdout}${ended.stderr}`);
      });
    }

    if (repaired === undefined) return;
    test('does not happen once it is put right', async () => {
      const { stdout, stderr, code } = await runText(repaired, getAllStartMethods()[0] ?? 'thread');
      assert.deepEqual({ stderr, code }, { stderr: '', code: 0 }, stdout);
    });
  });
}
