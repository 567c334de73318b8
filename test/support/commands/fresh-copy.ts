// A copy of the sources as a clone would have them, owned by an ordinary user with an empty home.
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  cpSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { installation } from '../../../kernel/package-root';

/** What a clone has not: made by npm, the compiler, set-up and tests. */
const MADE_HERE = new Set([
  'node_modules',
  'dist',
  '.venv',
  '.venv-book',
  '.venv-clients',
  '.jupyter',
  '.git',
  'test-results',
  '.ipynb_checkpoints',
  'work',
]);
/** Settings of this shell that a newcomer's would not have. */
const OF_THIS_SHELL = /^(npm_|JUPYTER|VIRTUAL_ENV|CONDA|PYENV|INIT_CWD|XDG_|NODE_OPTIONS|NODE_TEST|NODE_V8)/;
// The user "nobody" exists everywhere and owns nothing.
const NOBODY = 65534;

export interface FreshCopy {
  root: string;
  home: string;
  /** For spawn: who runs, where, and in which environment. */
  as: { cwd: string; env: NodeJS.ProcessEnv; uid?: number; gid?: number };
  remove(): void;
}

export function freshCopy(): FreshCopy {
  const folder = mkdtempSync(path.join(tmpdir(), 'fresh-'));
  const root = path.join(folder, 'parlab');
  const home = path.join(folder, 'home');
  cpSync(installation, root, {
    recursive: true,
    preserveTimestamps: true,
    filter: (source) => !MADE_HERE.has(path.basename(source)),
  });
  mkdirSync(home);
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !OF_THIS_SHELL.test(name)));
  env.HOME = home;
  env.TMPDIR = path.join(folder, 'tmp');
  mkdirSync(env.TMPDIR);
  const user = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
  if (user.uid !== undefined) {
    giveTo(folder, NOBODY);
    // mkdtemp closes its folders to everyone else.
    chmodSync(path.dirname(folder), 0o755);
    env.USER = 'nobody';
  }
  return {
    root,
    home,
    as: { cwd: root, env, ...user },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function giveTo(file: string, user: number): void {
  if (lstatSync(file).isSymbolicLink()) return;
  chownSync(file, user, user);
  if (lstatSync(file).isDirectory())
    for (const name of readdirSync(file)) giveTo(path.join(file, name), user);
}

/** Whether the copy's user may run this program: root's own tools often lie in a closed folder. */
export function canRun(copy: FreshCopy, file: string, args: string[]): boolean {
  return spawnSync(file, args, { ...copy.as, stdio: 'ignore' }).status === 0;
}
