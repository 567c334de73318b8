import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { installation } from '../../../kernel/package-root';
import { type FreshCopy, freshCopy } from '../../support/commands/fresh-copy';
import { runToEnd } from '../../support/commands/parlab';
import { nothingLeft } from '../../support/processes/nothing-left';

// Every machine here lacks something: the PATH holds only what the test puts there.

let copy: FreshCopy;
let bin = '';
before(() => {
  copy = freshCopy();
  bin = mkdtempSync(path.join(tmpdir(), 'bin-'));
  chmodSync(bin, 0o755);
});
after(async () => {
  copy.remove();
  rmSync(bin, { recursive: true });
  await nothingLeft();
});

interface Machine {
  title: string;
  /** Programs on the PATH: a name and the shell script behind it. */
  programs?: Record<string, string>;
  env?: NodeJS.ProcessEnv;
  /** The npm packages and the build are there already. */
  isBuilt?: boolean;
  sentence: RegExp;
}

const facts = (version: [number, number], more: object): string =>
  `echo '${JSON.stringify({ version, prefix: '/', ...more })}'`;
const usablePython = facts([3, 11], { canMakeVenv: true });

/** A Python whose \`-m venv FOLDER\` makes an environment in which pip fails as given. */
function pythonWhosePip(fails: string): string {
  return `
case "$*" in
  *"-m venv"*) mkdir -p "$4/bin"; printf '%s\\n' '#!/bin/sh' 'echo "${fails}" >&2; exit 1' > "$4/bin/python"; chmod +x "$4/bin/python" ;;
  *) ${usablePython} ;;
esac`;
}

const machines: Machine[] = [
  {
    title: 'no Python',
    sentence: /^parlab: JupyterLab needs Python 3\.9 or newer, and none was found: install Python .*\n$/,
  },
  {
    title: 'only an old Python',
    programs: { python3: facts([3, 8], { canMakeVenv: true }) },
    sentence: /^parlab: JupyterLab needs Python 3\.9 or newer, and none was found: install Python .*\n$/,
  },
  {
    title: 'a Python that does not run',
    programs: { python3: 'echo "libpython is missing" >&2; exit 127' },
    sentence: /none was found: install Python/,
  },
  {
    title: 'a Python without its venv module',
    programs: { python3: facts([3, 11], { canMakeVenv: false }) },
    sentence:
      /^parlab: JupyterLab is missing, and .*python3 \(Python 3\.11\) has no venv module.*apt install python3 python3-venv.*\n$/,
  },
  {
    title: 'a JUPYTER_PYTHON that is none',
    env: { JUPYTER_PYTHON: '/nowhere/python' },
    sentence: /^parlab: JUPYTER_PYTHON is \/nowhere\/python, which is no working Python 3\.9 or newer: .*\n$/,
  },
  {
    title: 'no network for npm',
    programs: { python3: usablePython },
    env: { npm_config_registry: 'http://127.0.0.1:9/' },
    sentence:
      /^parlab: The npm packages are not installed and the package registry cannot be reached: connect to the network .*\n$/,
  },
  {
    title: 'no network for pip',
    programs: { python3: pythonWhosePip('Failed to establish a new connection: Network is unreachable') },
    isBuilt: true,
    sentence:
      /^parlab: Installing JupyterLab .* failed because the package index cannot be reached: connect to the network.*\n$/,
  },
  {
    title: 'a broken pip',
    programs: { python3: pythonWhosePip('ModuleNotFoundError: No module named pip') },
    isBuilt: true,
    sentence:
      /^parlab: Installing JupyterLab .* failed \(ModuleNotFoundError: No module named pip\): repair or reinstall this Python.*\n$/,
  },
  {
    title: 'a venv module that fails',
    programs: {
      python3: `case "$*" in *venv*venv*) echo "Error: ensurepip is broken"; exit 1;; *) ${usablePython};; esac`,
    },
    isBuilt: true,
    sentence:
      /^parlab: Making \.venv .* failed \(Error: ensurepip is broken\): repair or reinstall this Python.*\n$/,
  },
];

for (const { title, programs = {}, env = {}, isBuilt = false, sentence } of machines) {
  test(`npm start on a machine with ${title} says in one sentence what to do, within 30 s`, async () => {
    lay({ ...programs, ...system() });
    await arrangeBuild(isBuilt);
    const begun = Date.now();
    const ended = await runToEnd(process.execPath, ['kernel/start.mjs', '--no-browser'], {
      ...copy.as,
      env: { ...copy.as.env, ...env, PATH: bin },
    });
    assert.match(ended.stderr, sentence);
    assert.equal(ended.code, 1);
    assert.ok(Date.now() - begun < 30_000);
  });
}

/** What every machine has, and npm. */
function system(): Record<string, string> {
  const npm = path.join(path.dirname(process.execPath), 'npm');
  const tools = ['sh', 'mkdir', 'chmod', 'printf', 'env'].filter((name) => existsSync(`/bin/${name}`));
  return {
    ...Object.fromEntries(tools.map((name) => [name, `exec /bin/${name} "$@"`])),
    npm: `PATH="${path.dirname(process.execPath)}" exec ${npm} "$@"`,
  };
}

function lay(programs: Record<string, string>): void {
  rmSync(bin, { recursive: true });
  mkdirSync(bin);
  for (const [name, script] of Object.entries(programs)) {
    writeFileSync(path.join(bin, name), `#!/bin/sh\n${script}\n`);
    chmodSync(path.join(bin, name), 0o755);
  }
}

async function arrangeBuild(isBuilt: boolean): Promise<void> {
  for (const name of ['node_modules', 'dist', '.venv'])
    rmSync(path.join(copy.root, name), { recursive: true, force: true });
  if (!isBuilt) return;
  const { markBuilt, PRODUCT } = await import('../../../kernel/cli/set-up/build.mjs');
  symlinkSync(path.join(installation, 'node_modules'), path.join(copy.root, 'node_modules'));
  markBuilt(copy.root, PRODUCT);
}
