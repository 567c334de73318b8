import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { installation, mainProgram } from '../../../kernel/package-root';
import { fixtures, parlab } from '../../support/commands/parlab';
import { nothingLeft } from '../../support/processes/nothing-left';

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

test('a lone file has the standard library of its Node, as a cell has', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'lone-'));
  const file = path.join(folder, 'sorted.ts');
  writeFileSync(
    file,
    'const at: number = setTimeout(() => {}, 0) ? 2 : 1;\nconsole.log([3, 1, at].toSorted());\n',
  );
  const { code, stdout, stderr } = await parlab(['run', file]);
  rmSync(folder, { recursive: true });
  assert.deepEqual({ code, stdout, stderr }, { code: 0, stdout: '[ 1, 2, 3 ]\n', stderr: '' });
});

test('a file may await at its top level, import packages and local TypeScript, and its children see its variables', async () => {
  assert.deepEqual(await run('awaits.ts', 'x', '-y'), { code: 0, stdout: '40 x -y\n', stderr: '' });
});

test('an error behind a top-level await is told with its line, and exit code 1', async () => {
  const { code, stderr } = await run('awaits-and-throws.ts');
  assert.match(stderr, /^RangeError: the well is dry\n +at .*awaits-and-throws\.ts:5:/m);
  assert.equal(code, 1);
});

test('a top-level await that nothing can end is told, with the exit code 13 of Node; process.exit ends it with its own', async () => {
  const ended = await run('awaits-for-ever.ts');
  assert.equal(ended.stdout, 'waits\n');
  assert.match(ended.stderr, /top-level await of .*awaits-for-ever\.ts never settled/);
  assert.equal(ended.code, 13);
  assert.deepEqual(await run('awaits-for-ever.ts', 'exits'), { code: 3, stdout: 'waits\n', stderr: '' });
});

test('Ctrl-C ends a file that waits', async () => {
  const program = spawn(process.execPath, [mainProgram, 'run', 'awaits-for-ever.ts', 'busy'], {
    cwd: fixtures,
    // A process group of its own, which a terminal would send the signal to.
    detached: true,
  });
  const exited = once(program, 'exit');
  await once(program.stdout, 'data');
  process.kill(-(program.pid as number), 'SIGINT');
  assert.deepEqual(await exited, [130, null]);
});

const PROJECTS = {
  'of ES modules': { type: 'module', options: { module: 'nodenext' }, local: './twice.js' },
  'for a bundler': {
    type: 'commonjs',
    options: { module: 'esnext', moduleResolution: 'bundler', noEmit: true },
    local: './twice',
  },
  'of CommonJS': { type: 'commonjs', options: { module: 'nodenext' }, local: './twice' },
  'that takes JavaScript, too,': {
    type: 'commonjs',
    options: { module: 'nodenext', allowJs: true },
    local: './twice',
  },
};
for (const [what, { type, options, local }] of Object.entries(PROJECTS)) {
  test(`a file in a folder of a project ${what} runs with its tsconfig.json`, async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'project-'));
    const types = path.join(folder, 'node_modules', '@types');
    mkdirSync(types, { recursive: true });
    mkdirSync(path.join(folder, 'src'));
    symlinkSync(path.join(installation, 'node_modules', '@types', 'node'), path.join(types, 'node'));
    symlinkSync(path.join(installation, 'node_modules', 'acorn'), path.join(folder, 'node_modules', 'acorn'));
    symlinkSync(path.join(installation, 'src'), path.join(folder, 'node_modules', 'parlab'));
    writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ type }));
    const compilerOptions = { target: 'es2022', strict: true, types: ['node'], ...options };
    writeFileSync(path.join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions }));
    const program = readFileSync(path.join(fixtures, 'awaits.ts'), 'utf8').replace('./twice.ts', local);
    writeFileSync(path.join(folder, 'src', 'awaits.ts'), program);
    copyFileSync(path.join(fixtures, 'twice.ts'), path.join(folder, 'src', 'twice.ts'));
    const ended = await parlab(['run', 'src/awaits.ts', 'x'], { cwd: folder });
    rmSync(folder, { recursive: true });
    assert.deepEqual(ended, { code: 0, stdout: '40 x\n', stderr: '' });
  });
}

test('a type error stops a file before it runs', async () => {
  const { code, stdout, stderr } = await run('wrong-type.ts');
  assert.match(stderr, /^wrong-type\.ts.*Type 'string' is not assignable to type 'number'/);
  assert.doesNotMatch(stderr, /\n +at /);
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

test('a notebook tells of a name whose cell did not compile', async () => {
  const { stderr } = await run('not-made.ipynb');
  assert.match(stderr, /`lunch` was not made: Cell 1 did not compile \(line 2\)\./);
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
    // A notebook shows the picture too, which is lines of text here.
    const said = stdout.split('\n').filter((line) => !line.startsWith('→ '));
    assert.deepEqual(said, ['seasoned', ''], stderr);
    assert.match(
      stderr,
      new RegExp(
        `DeadlockError: .*holds (salt|pepper) \\(${place} \\d+\\) and waits for (salt|pepper) \\(${place}`,
      ),
    );
  });
}
