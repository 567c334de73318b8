// A tsconfig.json that cannot be read, or not all of it, is no secret: cells and scripts run without its settings, and say so once.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import { faultOfFile } from '../../kernel/local-modules/settings-faults';
import { parlab } from '../support/commands/parlab';
import { sharedKernel } from '../support/kernel/real-kernel';
import { nothingLeft } from '../support/processes/nothing-left';

const faulty: readonly (readonly [what: string, files: Record<string, string>, said: RegExp])[] = [
  [
    'that is no JSON',
    { 'tsconfig.json': '{\n  "compilerOptions": { "strict": true\n' },
    /^Warning: This file is no JSON, so none of its settings count: '}' expected\.\n {4}at \S*tsconfig\.json:3:1\n/,
  ],
  [
    'that extends what is not there',
    { 'tsconfig.json': '{ "extends": "./base.json" }' },
    /^Warning: What this file extends cannot be read, so its settings do not count: Cannot read file '\S+base\.json'\.\n {4}at \S*tsconfig\.json:1:\d+\n/,
  ],
  [
    'that extends itself',
    { 'tsconfig.json': '{\n  "extends": "./base.json" }', 'base.json': '{ "extends": "./tsconfig.json" }' },
    /^Warning: What this file extends cannot be read, .*: Circularity.*\n(?:.*->.*\n)* {4}at \S*\.json:\d:\d+\n/,
  ],
  [
    'that extends what is no JSON',
    { 'tsconfig.json': '{ "extends": "./base.json" }', 'base.json': '{ "compilerOptions": ' },
    /^Warning: What this file extends cannot be read, so its settings do not count: .* expected\.\n {4}at \S*base\.json:1:\d+\n/,
  ],
];

test('A tsconfig.json that the system does not let us read is said to be so, and not to be no JSON', () => {
  const error = {
    category: 1,
    code: 5083,
    messageText: 'Cannot read file.',
    file: undefined,
    start: undefined,
    length: undefined,
  };
  const { file, start, messageText } = faultOfFile('/notes/tsconfig.json', error);
  assert.deepEqual([file?.fileName, start], ['/notes/tsconfig.json', 0]);
  assert.equal(messageText, 'This file cannot be read, so none of its settings count: Cannot read file.');
});

const SOUND = '{ "compilerOptions": { "strict": true, "anOptionOfAnotherTypeScript": 1 } }';

describe('A tsconfig.json', () => {
  const kernel = sharedKernel();
  const stderrOf = async (code: string): Promise<string> => {
    const answer = kernel.client.execute(code);
    assert.equal((await answer.done()).status, 'ok');
    return stripVTControlCharacters(answer.text('stderr'));
  };
  const write = (files: Record<string, string>): void => {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(kernel.directory, name), text);
  };

  for (const [what, files, said] of faulty) {
    test(`${what} is told with the next cell, once`, async () => {
      write(files);
      assert.match(await stderrOf('1 + 1'), said);
      assert.equal(await stderrOf('1 + 1'), '');
      write({ 'tsconfig.json': SOUND });
      assert.equal(await stderrOf('1 + 1'), '');
    });

    test(`${what} is told before a script runs`, async () => {
      const folder = mkdtempSync(join(tmpdir(), 'parlab-script-'));
      try {
        const all = { ...files, 'script.ts': 'const n: number = 4; console.log(n);' };
        for (const [name, text] of Object.entries(all)) writeFileSync(join(folder, name), text);
        const { stdout, stderr, code } = await parlab(['run', 'script.ts'], { cwd: folder });
        assert.deepEqual([stdout, code], ['4\n', 0]);
        assert.match(stripVTControlCharacters(stderr), said);
      } finally {
        rmSync(folder, { recursive: true });
      }
    });
  }
});

after(nothingLeft);
