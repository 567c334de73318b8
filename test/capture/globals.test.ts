// What the program put on globalThis before it asked for parlab is its own, as what it put there later.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { runProgram } from '../contract/run-program';

const programs = join(__dirname, '..', '..', '..', 'test', 'programs', 'capture');
const program = join(programs, 'globals-before-import.cjs');

for (const zygote of ['on', 'off']) {
  test(`globals from before the import are in a child (zygote ${zygote})`, async () => {
    const { stdout, stderr, code } = await runProgram([program], { PARLAB_ZYGOTE: zygote });
    assert.equal(stderr, '');
    assert.equal(code, 0);
    const [printed, answer] = stdout.split('\n') as [string, string];
    assert.equal(printed, 'printed');
    assert.deepEqual(JSON.parse(answer), [
      3,
      15,
      1,
      'a,b',
      'functionfunctionfunctionnumberfunction',
      [3, 15, 'a', 5, 5],
      [7, 7, 'object', 8],
      ['mine x', 8, ['printed'], true],
      [2, 4],
      2,
    ]);
  });
}

test('what a program added to Math, JSON, Reflect and classes goes along, and theirs stay the same', async () => {
  const { stdout, stderr, code } = await runProgram([join(programs, 'added-to-builtins.cjs')]);
  assert.equal(stderr, '');
  assert.equal(code, 0);
  assert.deepEqual(JSON.parse(stdout), [8, 'told it', 2, 5, 6, [true, true]]);
});
