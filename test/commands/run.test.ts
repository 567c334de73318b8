import assert from 'node:assert/strict';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { nothingLeft } from '../nothing-left';
import { fixtures, parlab } from './parlab';

after(nothingLeft);

const run = (...args: string[]) => parlab(['run', ...args], { cwd: fixtures });

test('a TypeScript file gets its arguments, options included, and its exit code is ours', async () => {
  assert.deepEqual(await run('arguments.ts', 'a', '--write', '-x'), {
    code: 3,
    stdout: 'a + --write + -x\n',
    stderr: '',
  });
});

test('a TypeScript file starts real processes', async () => {
  const { code, stdout, stderr } = await run('greet.ts');
  assert.equal(stderr, '');
  assert.match(stdout, /^Hello from a child, not from .*\nexit code 0\n$/);
  assert.equal(code, 0);
});

test('a lone file outside of any project finds parlab and its types', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'lone-'));
  copyFileSync(path.join(fixtures, 'greet.ts'), path.join(folder, 'greet.ts'));
  const { code, stdout, stderr } = await parlab(['run', 'greet.ts'], { cwd: folder });
  rmSync(folder, { recursive: true });
  assert.equal(stderr, '');
  assert.match(stdout, /exit code 0\n$/);
  assert.equal(code, 0);
});

test('a type error stops a file before it runs', async () => {
  const { code, stdout, stderr } = await run('wrong-type.ts');
  assert.match(stderr, /Type 'string' is not assignable to type 'number'/);
  assert.equal(stdout, '');
  assert.equal(code, 1);
});

test('a notebook prints what its cells print and give; a cell tagged raises-exception may raise', async () => {
  const { code, stdout, stderr } = await run('holds.ipynb');
  assert.equal(stdout, 'n is 20\n21\ncommands\n');
  assert.match(stderr, /RangeError.*: as it should/);
  assert.equal(code, 0);
});

test('a notebook ends at the cell that fails, with exit code 1', async () => {
  const { code, stdout, stderr } = await run('fails.ipynb');
  assert.equal(stdout, 'before\n');
  assert.match(stderr, /RangeError.*: the well is dry\n.*Cell 2:2:7/);
  assert.equal(code, 1);
});

test("a notebook's children are waited for, as at the end of a Python program", async () => {
  assert.deepEqual(await run('child.ipynb'), { code: 0, stdout: 'late but said\n', stderr: '' });
});

test('a notebook that asks is answered from the terminal', async () => {
  const { code, stdout } = await parlab(['run', 'asks.ipynb'], { cwd: fixtures, input: 'Ada\n' });
  assert.equal(stdout, 'Who? Hello Ada\n');
  assert.equal(code, 0);
});

test('a session that dies is told, with exit code 1', async () => {
  const { code, stderr } = await run('session-dies.ipynb');
  assert.match(stderr, /SIGKILL/);
  assert.equal(code, 1);
});

test('a file that is not there is told in a sentence', async () => {
  assert.deepEqual(await run('nowhere.ts'), {
    code: 1,
    stdout: '',
    stderr: 'parlab: There is no nowhere.ts.\n',
  });
});

for (const [file, place] of [
  ['deadlock.ts', 'deadlock\\.ts, line'],
  ['deadlock.ipynb', 'Cell 1, line'],
] as const) {
  test(`a deadlock of children is told with its lines: ${file}`, async () => {
    const { stdout, stderr } = await run(file);
    assert.equal(stdout, 'seasoned\n', stderr);
    assert.match(
      stderr,
      new RegExp(
        `DeadlockError: .*holds (salt|pepper) \\(${place} \\d+\\) and waits for (salt|pepper) \\(${place}`,
      ),
    );
  });
}
