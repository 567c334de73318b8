// The two packages as users get them: packed, installed in empty folders with no checkout near, and put to work.
import assert from 'node:assert/strict';
import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, type TestContext, test } from 'node:test';
import { requireJupyter } from '../../../kernel/cli/jupyter/require-jupyter';
import { installation } from '../../../kernel/package-root';
import { type Ended, runToEnd } from '../../support/commands/parlab';
import { nothingLeft } from '../../support/processes/nothing-left';

let folder = '';
let packed = '';
before(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'packages-'));
  packed = path.join(folder, 'packed');
  const script = path.join(installation, 'kernel', 'cli', 'set-up', 'pack.mjs');
  const ended = await runToEnd(process.execPath, [script, packed], {});
  assert.equal(ended.code, 0, ended.stderr);
});
after(async () => {
  rmSync(folder, { recursive: true, force: true });
  await nothingLeft();
});

/** Installs packed packages in a new folder, as far as possible from npm's cache. */
async function installed(name: string, packages: string[], t: TestContext): Promise<string> {
  const project = path.join(folder, name);
  mkdirSync(project);
  writeFileSync(path.join(project, 'package.json'), JSON.stringify({ name, private: true }));
  const files = readdirSync(packed)
    .filter((file) => packages.some((each) => new RegExp(`^${each}-\\d`).test(file)))
    .map((file) => path.join(packed, file));
  assert.equal(files.length, packages.length);
  const options = ['--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error', '--ignore-scripts'];
  const ended = await runToEnd('npm', ['install', ...options, ...files], { cwd: project });
  assert.equal(ended.code, 0, ended.stderr);
  const listed = await runToEnd('npm', ['ls', '--all', '--parseable'], { cwd: project });
  // The first line is the folder itself.
  const count = new Set(listed.stdout.trim().split('\n')).size - 1;
  const mib = bytesIn(path.join(project, 'node_modules')) / 2 ** 20;
  t.diagnostic(`${packages.at(-1)}: ${count} packages, ${mib.toFixed(1)} MiB`);
  return project;
}

function bytesIn(directory: string): number {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .map((name) => lstatSync(path.join(directory, name)))
    .filter((file) => file.isFile())
    .reduce((sum, { size }) => sum + size, 0);
}

const program = (imports: string) => `${imports}
const factor = 3;
async function greet(name) { console.log('Hello ' + name); }
async function main() {
  const child = new Process({ target: greet, args: ['Ada'] });
  child.start();
  await child.join();
  const pool = new Pool({ processes: 2 });
  console.log(await pool.map((n) => n * factor, [1, 2, 3]), child.exitcode);
  await pool.terminate();
}
main();
`;
const REQUIRED = "const { Process, Pool } = require('parlab');";
const IMPORTED = "import { Process, Pool } from 'parlab';";

describe('parlab by itself', () => {
  let project = '';

  test('is installed without any package that only the kernel needs', async (t) => {
    project = await installed('library', ['parlab'], t);
    const names = readdirSync(path.join(project, 'node_modules'));
    for (const name of ['typescript', 'tslab', 'zeromq', 'libsql', 'ts-node', 'parlab-kernel'])
      assert.ok(!names.includes(name), name);
    assert.ok(existsSync(path.join(project, 'node_modules', 'parlab', 'LICENSE')));
  });

  for (const [what, name, imports] of [
    ['a CommonJS script', 'program.cjs', REQUIRED],
    ['an ES module', 'program.mjs', IMPORTED],
  ] as const) {
    test(`runs a Process and a Pool in ${what}`, async () => {
      writeFileSync(path.join(project, name), program(imports));
      const ended = await runToEnd(process.execPath, [name], { cwd: project });
      assert.deepEqual(ended, { code: 0, stdout: 'Hello Ada\n[ 3, 6, 9 ] 0\n', stderr: '' });
    });
  }

  for (const [module, moduleResolution] of [
    ['node16', 'node16'],
    ['esnext', 'bundler'],
  ] as const) {
    test(`has types where modules are resolved as for ${moduleResolution}`, async () => {
      writeFileSync(
        path.join(project, 'typed.ts'),
        `import { Pool, Process } from 'parlab';
import { ffiStatus } from 'parlab/host';
import * as tutorial from 'parlab/tutorial';
export const child: Process = new Process({ target: (n: number) => n, args: [1] });
export const tripled: Promise<number[]> = new Pool().map((n: number) => n * 3, [1, 2]);
export const others = [ffiStatus, tutorial];
// @ts-expect-error
new Process({ target: (n: number) => n, args: ['one'] });
`,
      );
      const types = path.dirname(path.dirname(createRequire(__filename).resolve('@types/node/package.json')));
      const tsconfig = {
        compilerOptions: {
          ...{ target: 'es2022', lib: ['es2024', 'esnext.disposable'], module, moduleResolution },
          ...{ strict: true, noEmit: true, types: ['node'], typeRoots: [types] },
          skipLibCheck: false,
        },
        files: ['typed.ts'],
      };
      writeFileSync(path.join(project, 'tsconfig.json'), JSON.stringify(tsconfig));
      const compiler = path.join(installation, 'node_modules', 'typescript', 'bin', 'tsc');
      const ended = await runToEnd(process.execPath, [compiler, '-p', project], { cwd: project });
      assert.deepEqual(ended, { code: 0, stdout: '', stderr: '' });
    });
  }

  test('keeps its inner modules to itself', async () => {
    const ended = await runToEnd(process.execPath, ['-p', "require('parlab/pool/pool')"], { cwd: project });
    assert.equal(ended.code, 1);
    assert.match(ended.stderr, /ERR_PACKAGE_PATH_NOT_EXPORTED/);
  });
});

const RUN_NOTEBOOK = `
import json, sys
import nbformat
from nbclient import NotebookClient
notebook = nbformat.v4.new_notebook()
notebook.cells = [nbformat.v4.new_code_cell(text) for text in json.loads(sys.argv[1])]
NotebookClient(notebook, kernel_name='parlab', timeout=120, startup_timeout=120).execute()
for cell in notebook.cells:
    print(''.join(o.get('text') or o.get('data', {}).get('text/plain', '') for o in cell.outputs).strip())
`;

const CELLS = [
  `import { Process, currentProcess } from 'parlab';
import { IntSlider } from 'parlab/widgets';
import * as tutorial from 'parlab/tutorial';
const slider: IntSlider = new IntSlider({ value: 3 });
const greet = (name: string) => console.log('Hello ' + name);
const child = new Process({ target: greet, args: ['Ada'] });
child.start();
await child.join();`,
  'console.log(slider.value, typeof tutorial, child.exitcode)',
  `const importing = new Process({
  target: async () => {
    const [{ cpuCount }, { selfTest }, { IntSlider }] = await Promise.all([
      import('parlab'),
      import('parlab/tutorial'),
      import('parlab/widgets'),
    ]);
    console.log(typeof cpuCount, typeof selfTest, typeof IntSlider);
  },
});
importing.start();
await importing.join();`,
];

/** As a person's shell has it, without what this test's own has of Jupyter and of npm. */
function privateEnvironment(home: string): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !/^(npm_|JUPYTER|XDG_|PARLAB_[^T])/.test(name));
  return { ...Object.fromEntries(own), HOME: home };
}

describe('parlab-kernel', () => {
  let project = '';
  let elsewhere = '';
  let home = '';
  let command = '';
  const run = (args: string[], cwd: string): Promise<Ended> =>
    runToEnd(command, args, { cwd, env: privateEnvironment(home) });

  test('is installed with the library, its command and the tutorial', async (t) => {
    project = await installed('kernel', ['parlab', 'parlab-kernel'], t);
    elsewhere = path.join(folder, 'elsewhere');
    home = path.join(folder, 'home');
    for (const each of [elsewhere, home]) mkdirSync(each);
    command = path.join(project, 'node_modules', '.bin', 'parlab');
    const notebooks = path.join(project, 'node_modules', 'parlab-kernel', 'notebooks');
    assert.ok(existsSync(path.join(notebooks, '00-ready.ipynb')));
    assert.ok(!existsSync(path.join(installation, 'kernel', 'notebooks')), 'packing leaves nothing');
  });

  test('`npx parlab install --user` adds the kernel to the Jupyter of this user', async () => {
    const options = { cwd: project, env: privateEnvironment(home) };
    const ended = await runToEnd('npx', ['--no-install', 'parlab', 'install', '--user'], options);
    assert.equal(ended.code, 0, ended.stderr);
    const spec = path.join(home, '.local', 'share', 'jupyter', 'kernels', 'parlab');
    assert.ok(existsSync(path.join(spec, 'logo-svg.svg')));
    const { argv } = JSON.parse(readFileSync(path.join(spec, 'kernel.json'), 'utf8'));
    assert.equal(argv[1], path.join(project, 'node_modules', 'parlab-kernel', 'dist', 'main.js'));
  });

  test('a notebook in another folder runs in it, with processes, widgets and types', async () => {
    const { file } = await requireJupyter();
    const options = { cwd: elsewhere, env: privateEnvironment(home) };
    const ended = await runToEnd(file, ['-c', RUN_NOTEBOOK, JSON.stringify(CELLS)], options);
    assert.equal(ended.stdout, 'Hello Ada\n3 object 0\nfunction function function\n', ended.stderr);
    assert.equal(ended.code, 0);
  });

  test('whoever opens a notebook of this installation starts from the compiler that install has frozen', async () => {
    const { file } = await requireJupyter();
    const images = path.join(project, 'node_modules', 'parlab-kernel', 'dist', 'image');
    const [image = ''] = readdirSync(images).filter((name) => name.endsWith('.image'));
    const frozen = path.join(images, image);
    assert.deepEqual(
      readdirSync(images).map((name) => statSync(path.join(images, name)).mode & 0o777),
      [0o644, 0o644],
    );
    const another = path.join(folder, 'another-home');
    cpSync(path.join(home, '.local'), path.join(another, '.local'), { recursive: true });
    const asked = `import { readdirSync, readFileSync } from 'node:fs';
for (const pid of readdirSync('/proc').filter((name) => /^\\d+$/.test(name))) {
  let line = '';
  try {
    line = readFileSync('/proc/' + pid + '/cmdline', 'utf8');
  } catch {}
  if (line.includes('--snapshot-blob\\0${frozen}')) console.log('frozen');
}`;
    const options = { cwd: elsewhere, env: privateEnvironment(another) };
    const ended = await runToEnd(file, ['-c', RUN_NOTEBOOK, JSON.stringify([asked])], options);
    assert.equal(ended.stdout, 'frozen\n', ended.stderr);
    assert.ok(!existsSync(path.join(another, '.cache', 'parlab')));

    // As on a machine with another processor: V8 does not take it, and on the machine of its own it still may.
    writeFileSync(frozen, 'no image');
    const hello = JSON.stringify(["console.log('Hello')"]);
    const without = await runToEnd(file, ['-c', RUN_NOTEBOOK, hello], options);
    assert.equal(without.stdout, 'Hello\n', without.stderr);
    assert.equal(readFileSync(frozen, 'utf8'), 'no image');
  });

  test('a cell that names the wrong type is refused there', async () => {
    const { file } = await requireJupyter();
    const cells = [
      "import { Process } from 'parlab';\nnew Process({ target: (n: number) => n, args: ['one'] });",
    ];
    const options = { cwd: elsewhere, env: privateEnvironment(home) };
    const ended = await runToEnd(file, ['-c', RUN_NOTEBOOK, JSON.stringify(cells)], options);
    assert.equal(ended.code, 1);
    assert.match(ended.stderr, /Type 'string' is not assignable to type 'number'/);
  });

  for (const where of ['of the project', 'of a folder that has nothing'] as const) {
    test(`\`parlab run\` runs a script ${where}, which imports all three modules`, async () => {
      const cwd = where === 'of the project' ? project : elsewhere;
      const text = `import { Process } from 'parlab';
import { IntSlider } from 'parlab/widgets';
import * as tutorial from 'parlab/tutorial';
const slider: IntSlider = new IntSlider({ value: 4 });
const child = new Process({ target: (name: string) => console.log('Hello ' + name), args: ['Ada'] });
child.start();
await child.join();
console.log(slider.value, typeof tutorial);
const importing = new Process({ target: work });
importing.start();
await importing.join();
`;
      const WORK = `import { IntSlider } from 'parlab/widgets';
import { cpuCount } from 'parlab';
export const work = () => console.log(new IntSlider({ value: 5 }).value, typeof cpuCount);
`;
      writeFileSync(path.join(cwd, 'work.ts'), WORK);
      writeFileSync(path.join(cwd, 'script.ts'), `import { work } from './work.ts';\n${text}`);
      const ended = await run(['run', 'script.ts'], cwd);
      assert.deepEqual(ended, { code: 0, stdout: 'Hello Ada\n4 object\n5 function\n', stderr: '' });
    });
  }

  test('`parlab uninstall` takes the kernel away again', async () => {
    const ended = await run(['uninstall', '--user'], elsewhere);
    assert.equal(ended.code, 0, ended.stderr);
    assert.deepEqual(readdirSync(path.join(home, '.local', 'share', 'jupyter', 'kernels')), []);
  });
});
