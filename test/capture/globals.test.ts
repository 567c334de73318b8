// What the program put on globalThis before it asked for parlab is its own, as what it put there later.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { runProgram } from '../support/contract/run-program';

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

test('what a function reads off globalThis by a name in its text goes along', async () => {
  const { stdout, stderr, code } = await runProgram([join(programs, 'globals-read.cjs')]);
  assert.equal(stderr, '');
  assert.equal(code, 0);
  assert.deepEqual(JSON.parse(stdout), {
    declared: 1,
    renamed: [1, 7],
    besideOwn: [1, true, 2],
    assigned: 1,
    nested: [1, 3],
    byText: [1, 1, 2, 3],
    inParentheses: 3,
    isThere: [true, false, true],
    reflected: [1, true, false],
    defaults: [1, 2],
    viaAnother: [1, 2],
    alias: [2, 2, 2, true],
    written: [5, 5, 5, 6],
    ofVariableAround: ['around', 'around'],
    ofAnother: ['theirs', 'mine', ['object', 'more']],
  });
});
