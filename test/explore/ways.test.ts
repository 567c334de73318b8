// Counting behind states, walking each order, and running all code anew for each come to the same: the
// counts, the outcomes, the codes. And the same program gets the same answer, word for word, however often it
// is asked.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { nothingLeft } from '../support/processes/nothing-left';

after(nothingLeft);

const PATIENCE_MS = 570_000;

function lines(script: string, args: readonly string[] = []): unknown[] {
  const options = { encoding: 'utf8', timeout: PATIENCE_MS, maxBuffer: 2 ** 26 } as const;
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [join(__dirname, '../support/explore', script), ...args],
    options,
  );
  const said = stdout.split('\n').filter((line) => line !== '');
  assert.notEqual(said.length, 0, stderr);
  return said.map((line) => JSON.parse(line));
}

test('each trial comes to the same by states, by walking each order, and by running all code anew', () => {
  const compared = lines('compare.js') as { name: string; said: string }[];
  assert.ok(compared.length >= 70, `${compared.length} programs`);
  const different = compared.filter(({ said }) => said !== 'same' && said !== 'too many to walk');
  assert.deepEqual(different, []);
  const walked = compared.filter(({ said }) => said === 'same');
  assert.ok(walked.length >= 60, `${walked.length} programs were walked`);
});

test('each trial gets the same text again, in this process and in another one', () => {
  const [first] = lines('same.js', ['2']) as [Record<string, string>];
  const [second] = lines('same.js', ['1']) as [Record<string, string>];
  assert.ok(Object.keys(first).length >= 35, `${Object.keys(first).length} programs`);
  assert.deepEqual(first, second);
});
