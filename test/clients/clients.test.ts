// The programs that people use with Jupyter kernels, each as its user types it.

import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import { installation, mainProgram } from '../../kernel/package-root';
import { runToEnd } from '../support/commands/parlab';
import { clientEnvironment, clientPrograms } from '../support/jupyter/environment';
import { nothingLeft } from '../support/processes/nothing-left';

const folder = path.join(installation, 'test', 'clients');
const script = path.join(installation, 'test', 'programs', 'clients', 'sum.ts');

describe('a client of kernels', () => {
  let home: string;
  let env: NodeJS.ProcessEnv;
  before(async () => {
    home = mkdtempSync(path.join(tmpdir(), 'clients-'));
    env = clientEnvironment(await clientPrograms(), home);
  });
  after(async () => {
    rmSync(home, { recursive: true, force: true });
    await nothingLeft();
  });

  const run = (program: string, args: string[], input?: string) =>
    runToEnd(program, args, { cwd: home, env, ...(input !== undefined && { input }) });

  test('jupyter_kernel_test: all of its tests, none skipped', async () => {
    const { code, stderr } = await run('python', [path.join(folder, 'conformance.py')]);
    assert.equal(code, 0, stderr);
    assert.match(stderr, /Ran 12 tests/);
    assert.doesNotMatch(stderr, /skipped/, stderr);
  });

  test('jupyter_client: talks to a kernel that encrypts', async () => {
    const { code, stdout, stderr } = await run('python', [path.join(folder, 'encrypted.py')]);
    assert.equal(code, 0, stderr);
    assert.match(stdout, /'text\/plain': '42'.*encrypted: True/s);
  });

  test('jupytext: runs a .ts file in the percent format', async () => {
    const { code, stderr } = await run('jupytext', ['--to', 'ipynb', '--execute', script, '-o', 'sum.ipynb']);
    assert.equal(code, 0, stderr);
    assert.match(outputsOf('sum.ipynb'), /The sum is 6/);
  });

  test('nbconvert: runs a notebook, and makes a .ts file of it, which runs', async () => {
    const executed = await run('jupyter', [
      'nbconvert',
      '--to',
      'notebook',
      '--execute',
      'sum.ipynb',
      '--output',
      'again',
    ]);
    assert.equal(executed.code, 0, executed.stderr);
    assert.match(outputsOf('again.ipynb'), /The sum is 6/);
    const converted = await run('jupyter', ['nbconvert', '--to', 'script', 'again.ipynb']);
    assert.equal(converted.code, 0, converted.stderr);
    assert.match(readFileSync(path.join(home, 'again.ts'), 'utf8'), /const adder = new Process/);
    const ran = await run(process.execPath, [mainProgram, 'run', 'again.ts']);
    assert.deepEqual(ran, { code: 0, stdout: 'The sum is 6\n', stderr: '' });
  });

  test('nbclient: reports the cell that fails', async () => {
    const failing = JSON.parse(readFileSync(path.join(home, 'sum.ipynb'), 'utf8'));
    failing.cells.at(-1).source = "throw new RangeError('on purpose')";
    writeFileSync(path.join(home, 'failing.ipynb'), JSON.stringify(failing));
    const { code, stderr } = await run('jupyter', ['execute', 'failing.ipynb']);
    assert.notEqual(code, 0);
    assert.match(stripVTControlCharacters(stderr), /RangeError: on purpose/);
  });

  test('nbclient: gets every line of a storm in order, and the kernel does not grow', async () => {
    const { code, stdout, stderr } = await run('python', [
      path.join(installation, 'test', 'storms', 'storm.py'),
      '500',
      '100000',
    ]);
    assert.equal(code, 0, stderr);
    assert.match(stdout, /all there/);
  });

  test('papermill: runs a notebook', async () => {
    const { code, stderr } = await run('papermill', ['sum.ipynb', 'milled.ipynb']);
    assert.equal(code, 0, stderr);
    assert.match(outputsOf('milled.ipynb'), /The sum is 6/);
  });

  test('papermill: gives a notebook parameters, in the words of its C#', async () => {
    const notebook = JSON.parse(readFileSync(path.join(home, 'sum.ipynb'), 'utf8'));
    const [like] = notebook.cells.filter((cell: { cell_type: string }) => cell.cell_type === 'code');
    const cell = (source: string, tags: string[] = []) => ({
      ...like,
      id: undefined,
      source,
      metadata: { tags },
    });
    notebook.cells = [
      cell("const n = 1, isLoud = false, who = 'nobody', items = '[]'", ['parameters']),
      cell('console.log(n + 0.5, !isLoud, who + "!", JSON.parse(items).length)'),
    ];
    notebook.nbformat_minor = 4;
    writeFileSync(path.join(home, 'asks.ipynb'), JSON.stringify(notebook));
    const without = await run('papermill', ['asks.ipynb', 'answered.ipynb', '-p', 'n', '5']);
    assert.match(without.stderr, /No parameter translator .* for kernel 'parlab' or language 'typescript'/);
    const parameters = { n: '5', isLoud: 'True', who: 'Ada "L."', items: '[1, 2]' };
    const options = Object.entries(parameters).flatMap((pair) => ['-p', ...pair]);
    const args = ['asks.ipynb', 'answered.ipynb', '-l', '.net-csharp', ...options];
    const { code, stderr } = await run('papermill', args);
    assert.equal(code, 0, stderr);
    assert.match(outputsOf('answered.ipynb'), /5\.5 false Ada "L\."! 2/);
  });

  test('jupyter console: answers line by line', async () => {
    const lines = 'const six: number = 6\nsix * 7\n';
    const args = [
      'console',
      '--kernel',
      'parlab',
      '--simple-prompt',
      '--ZMQTerminalInteractiveShell.confirm_exit=False',
    ];
    const { stdout, stderr } = await run('jupyter', args, lines);
    assert.match(stdout, /Out\[2\]: 42/, stderr);
  });

  const outputsOf = (name: string): string => {
    const { cells } = JSON.parse(readFileSync(path.join(home, name), 'utf8')) as {
      cells: { outputs?: { text?: string[] | string }[] }[];
    };
    return cells
      .flatMap((cell) => cell.outputs ?? [])
      .flatMap(({ text }) => text ?? [])
      .join('');
  };
});
