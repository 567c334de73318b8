import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { prepareJupyterFolders } from '../../../kernel/cli/jupyter/folders';
import { requireJupyter } from '../../../kernel/cli/jupyter/require-jupyter';
import { type RunningServer, startServer } from '../../../kernel/cli/jupyter/server';
import type { Notebook } from '../../../kernel/cli/notebook-runner/notebook-file';
import { mainProgram } from '../../../kernel/package-root';
import { fixtures, parlab } from '../../support/commands/parlab';
import { nothingLeft } from '../../support/processes/nothing-left';
import { processesLeft, processesOf } from '../../support/processes/processes-of';

after(nothingLeft);

const check = (...args: string[]) => parlab(['check', ...args], { cwd: fixtures });
const time = String.raw`\d+\.\d s`;

test('a notebook that holds is told with its time, and the exit code is 0', async () => {
  const { code, stdout } = await check('holds.ipynb');
  assert.match(stdout, new RegExp(`^✓ holds.ipynb  ${time}\n\n1 of 1 notebook holds.\n$`));
  assert.equal(code, 0);
});

test('a failure names the notebook, the cell and the error; the other notebooks are still run', async () => {
  const { code, stdout } = await check('fails.ipynb', 'holds.ipynb');
  assert.match(
    stdout,
    new RegExp(
      `^✗ fails.ipynb  ${time}\n  fails.ipynb, cell \\[2\\]: console.log\\('before'\\);\n  RangeError: the well is dry\n`,
    ),
  );
  assert.match(stdout, new RegExp(`\n✓ holds.ipynb  ${time}\n\n1 of 2 notebooks hold.\n$`));
  assert.equal(code, 1);
});

const failing = [
  {
    file: 'raises-nothing.ipynb',
    why: /cell \[1\]: .*\n {2}It is tagged raises-exception but raised none\.\n/,
  },
  {
    file: 'wrong-type.ipynb',
    why: /cell \[1\]: const n: number = 'text';\n.*not assignable to type 'number'/,
  },
  { file: 'never-ends.ipynb', why: /cell \[1\]: .*\n {2}The cell did not end within 2 seconds\.\n/ },
  {
    file: 'child-fails.ipynb',
    why: /cell \[2\]: new Process.*\n {2}In the child Process-\d+: Error: in child\n/,
  },
  {
    file: 'child-awaits-for-ever.ipynb',
    why: /cell \[2\]: const waits.*\n {2}Process Process-\d+ ended while its target still awaited/,
  },
  { file: 'background-fails.ipynb', why: /cell \[1\]: .*\n {2}Error: behind the cell\n/ },
  { file: 'session-dies.ipynb', why: /cell \[1\]: process\.kill/ },
];
for (const { file, why } of failing) {
  test(`${file} does not hold, and the reason is told`, async () => {
    const { code, stdout } = await check('--timeout', file === 'never-ends.ipynb' ? '2' : '60', file);
    assert.match(stdout, why);
    assert.equal(code, 1);
  });
}

test('a child’s error is no failure where the cell’s tag says that one is meant', async () => {
  const { code, stdout } = await check('child-fails-as-meant.ipynb');
  assert.match(stdout, /1 of 1 notebook holds/);
  assert.equal(code, 0);
});

test('a folder stands for all notebooks in it', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'notebooks-'));
  mkdirSync(path.join(folder, 'deeper', '.ipynb_checkpoints'), { recursive: true });
  copyFileSync(path.join(fixtures, 'holds.ipynb'), path.join(folder, 'b.ipynb'));
  copyFileSync(path.join(fixtures, 'holds.ipynb'), path.join(folder, 'deeper', 'a.ipynb'));
  copyFileSync(
    path.join(fixtures, 'fails.ipynb'),
    path.join(folder, 'deeper', '.ipynb_checkpoints', 'a.ipynb'),
  );
  const { code, stdout } = await parlab(['check', '.'], { cwd: folder });
  rmSync(folder, { recursive: true });
  assert.match(
    stdout,
    new RegExp(`^✓ b.ipynb  ${time}\n✓ deeper/a.ipynb  ${time}\n\n2 of 2 notebooks hold.\n$`),
  );
  assert.equal(code, 0);
});

test('--write stores the outputs, also those that a child prints late; without it nothing changes', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'notebooks-'));
  for (const name of ['holds.ipynb', 'child.ipynb'])
    copyFileSync(path.join(fixtures, name), path.join(folder, name));
  const holds = path.join(folder, 'holds.ipynb');
  const before = readFileSync(holds, 'utf8');
  await parlab(['check', holds]);
  assert.equal(readFileSync(holds, 'utf8'), before);
  const { stdout } = await parlab(['check', '--write', folder]);
  assert.match(stdout, /2 of 2 notebooks hold/);
  assert.deepEqual(outputsOf(holds), [
    [{ output_type: 'stream', name: 'stdout', text: ['n is 20\n'] }],
    [{ output_type: 'execute_result', execution_count: 2, data: { 'text/plain': ['21'] }, metadata: {} }],
    ['error'],
    [],
    // The kernel runs in the notebook's folder.
    [{ output_type: 'stream', name: 'stdout', text: [`${path.basename(folder)}\n`] }],
  ]);
  assert.deepEqual(outputsOf(path.join(folder, 'child.ipynb')).at(-1), [
    { output_type: 'stream', name: 'stdout', text: ['late but said\n'] },
  ]);
  // Only outputs and counts differ, so a stored notebook gives a small diff.
  assert.equal(withoutOutputs(readFileSync(holds, 'utf8')), withoutOutputs(before));
  rmSync(folder, { recursive: true });
});

function outputsOf(file: string): unknown[][] {
  const { cells } = JSON.parse(readFileSync(file, 'utf8')) as Notebook;
  return cells.map(({ outputs = [] }) =>
    outputs.map((each) => (each.output_type === 'error' ? 'error' : each)),
  );
}

function withoutOutputs(text: string): string {
  const notebook = JSON.parse(text) as Notebook;
  for (const cell of notebook.cells) Object.assign(cell, { outputs: [], execution_count: null });
  return JSON.stringify(notebook);
}

const refused = [
  { args: ['nowhere'], sentence: 'There is no nowhere.' },
  { args: ['.', '--timeout', 'soon'], sentence: '--timeout soon: give a number of seconds above 0.' },
  { args: ['parlab-none.txt'], sentence: 'There is no parlab-none.txt.' },
];
for (const { args, sentence } of refused) {
  test(`parlab check ${args.join(' ')} is refused in a sentence`, async () => {
    const { code, stderr } = await check(...args);
    assert.equal(stderr, `parlab: ${sentence}\n`);
    assert.equal(code, 1);
  });
}

describe('with --server-url', () => {
  let server: RunningServer;
  let url = '';
  let token = '';
  before(async () => {
    const { file } = await requireJupyter();
    server = startServer({
      python: file,
      module: 'jupyter_server',
      args: [
        '--ServerApp.port=0',
        '--ServerApp.open_browser=False',
        `--ServerApp.root_dir=${path.dirname(fixtures)}`,
      ],
      folders: prepareJupyterFolders(),
      log: 'keep',
    });
    ({ url, token = '' } = await server.ready());
  });
  after(() => server.end());

  test('notebooks run on that server, which is left running', async () => {
    const { code, stdout } = await check('holds.ipynb', '--server-url', url, '--token', token);
    assert.match(stdout, /1 of 1 notebook holds/);
    assert.equal(code, 0);
    const sessions = await fetch(new URL('api/sessions', url), {
      headers: { authorization: `token ${token}` },
    });
    assert.deepEqual(await sessions.json(), [], 'the session was not ended');
  });

  test('a wrong token is told', async () => {
    const { code, stderr } = await check('holds.ipynb', '--server-url', url, '--token', 'wrong');
    assert.equal(
      stderr,
      `parlab: The Jupyter Server at ${url} refuses the token: give the one that it printed with --token.\n`,
    );
    assert.equal(code, 1);
  });

  test('an unknown kernel is told, with those that are there', async () => {
    const { code, stderr } = await check(
      'holds.ipynb',
      '--server-url',
      url,
      '--token',
      token,
      '--kernel',
      'cobol',
    );
    assert.match(
      stderr,
      /^parlab: The Jupyter Server at .* has no kernel "cobol" \(it has: .*parlab.*\): run "parlab install" where that server runs\.\n$/,
    );
    assert.equal(code, 1);
  });

  test('a notebook outside its root is told', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'notebooks-'));
    const file = path.join(folder, 'elsewhere.ipynb');
    copyFileSync(path.join(fixtures, 'holds.ipynb'), file);
    const { stderr } = await parlab(['check', file, '--server-url', url, '--token', token]);
    rmSync(folder, { recursive: true });
    assert.equal(
      stderr,
      `parlab: That Jupyter Server does not have ${file}: start it in a folder above the notebook.\n`,
    );
  });
});

for (const signal of ['SIGINT', 'SIGKILL'] as const) {
  test(`${signal} of a running check ends its server, its kernel and the notebook's processes`, async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'ended-'));
    copyFileSync(path.join(fixtures, 'starts-and-stays.ipynb'), path.join(folder, 'starts-and-stays.ipynb'));
    const checking = spawn(process.execPath, [mainProgram, 'check', folder], {
      cwd: folder,
      env: { ...process.env, PARLAB_THIS_CHECK: folder },
      stdio: 'ignore',
    });
    const exited = once(checking, 'exit');
    while (!existsSync(path.join(folder, 'started'))) {
      assert.equal(checking.exitCode, null, 'the check ended before its notebook ran');
      await sleep(50);
    }
    // The check, the server, the kernel, the session and the child.
    assert.ok(processesOf(folder).length >= 5, processesOf(folder).join('\n'));
    checking.kill(signal);
    await exited;
    const left = await processesLeft(folder, 15_000);
    rmSync(folder, { recursive: true });
    assert.deepEqual(left, []);
  });
}

test('no server behind --server-url is told', async () => {
  const { code, stderr } = await check('holds.ipynb', '--server-url', 'http://127.0.0.1:9/');
  assert.match(
    stderr,
    /^parlab: No Jupyter Server answers at http:\/\/127\.0\.0\.1:9\/: start one, or leave out --server-url/,
  );
  assert.equal(code, 1);
});
