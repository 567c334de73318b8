import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { installation } from '../../kernel/package-root';
import { canRun, type FreshCopy, freshCopy } from '../support/commands/fresh-copy';
import { runToEnd } from '../support/commands/parlab';
import { clientPrograms } from '../support/jupyter/environment';
import { nothingLeft } from '../support/processes/nothing-left';

// What Binder does with the folder .binder: its environment, then postBuild as an ordinary user in the checkout.

let copy: FreshCopy;
before(() => {
  copy = freshCopy();
});
after(async () => {
  copy.remove();
  await nothingLeft();
});

interface Reading {
  buildpack: string;
  folder: string;
  python: string;
  environment: { channels: string[]; dependencies: string[] };
  postBuild: string[];
  start: string | null;
}

async function read(): Promise<Reading> {
  const python = path.join(await clientPrograms(), 'python');
  const reading = path.join(installation, 'test', 'binder', 'read.py');
  const { code, stdout, stderr } = await runToEnd(python, [reading, installation], {});
  assert.equal(code, 0, stderr);
  return JSON.parse(stdout) as Reading;
}

test('the environment has the JupyterLab that set-up installs, nbgitpuller, and a Node that is tested', async () => {
  const requirements = readFileSync(
    path.join(installation, 'kernel', 'cli', 'set-up', 'requirements.txt'),
    'utf8',
  );
  const pinned = /^jupyterlab==(\S+) ; python_version >= /m.exec(requirements)?.[1] ?? assert.fail('no pin');
  const { environment } = await read();
  assert.deepEqual(environment.channels, ['conda-forge']);
  assert.ok(environment.dependencies.includes(`jupyterlab=${pinned}`), environment.dependencies.join(' '));
  assert.ok(environment.dependencies.some((each) => /^nbgitpuller>=[\d.]+,<\d+$/.test(each)));
  // Each Node whose children are forked is tested, and the newest of them is the last that Binder may take.
  assert.ok(environment.dependencies.includes('nodejs>=22,<25'), environment.dependencies.join(' '));
});

test('repo2docker reads the folder .binder, builds it with conda, and runs postBuild', async () => {
  const { buildpack, folder, python, postBuild, start } = await read();
  assert.deepEqual(
    { buildpack, folder, python, postBuild, start },
    {
      buildpack: 'CondaBuildPack',
      folder: '.binder',
      python: '3.12',
      postBuild: ['.binder/postBuild'],
      start: null,
    },
  );
});

test("postBuild, as an ordinary user in an empty home, installs a kernel into the environment's prefix that runs", async () => {
  const prefix = path.join(copy.home, 'conda');
  // Binder's Python is first on the PATH and no variable names its prefix; a bare virtual environment looks the same.
  const python = ['/usr/bin/python3', process.env.JUPYTER_PYTHON ?? ''].find((file) =>
    canRun(copy, file, ['--version']),
  );
  assert.ok(python, 'the ordinary user can run no Python: install python3 for the whole machine');
  const made = await runToEnd(python, ['-m', 'venv', '--without-pip', prefix], copy.as);
  assert.equal(made.code, 0, made.stderr);
  const as = { ...copy.as, env: { ...copy.as.env, PATH: `${path.join(prefix, 'bin')}:${copy.as.env.PATH}` } };

  const built = await runToEnd('.binder/postBuild', [], as);
  assert.equal(built.code, 0, built.stdout + built.stderr);

  const spec = path.join(prefix, 'share', 'jupyter', 'kernels', 'parlab', 'kernel.json');
  const { argv, display_name } = JSON.parse(readFileSync(spec, 'utf8'));
  assert.equal(display_name, 'TypeScript (ParLab)');
  assert.equal(argv[1], path.join(copy.root, 'kernel', 'dist', 'main.js'));

  const ran = await runToEnd(
    argv[0],
    [argv[1], 'run', path.join('test', 'programs', 'commands', 'child.ipynb')],
    as,
  );
  assert.deepEqual(ran, { code: 0, stdout: 'late but said\n', stderr: '' });
});
