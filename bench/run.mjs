// @ts-check
// `npm run bench`: sets up what it needs, then measures. Words behind `--` choose questions, as in: npm run bench -- lock
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { EVERYTHING } from '../kernel/cli/set-up/build.mjs';
import { installPackages } from '../kernel/cli/set-up/packages.mjs';
import { prepareProgram } from '../kernel/cli/set-up/prepare.mjs';
import { findJupyter, pythonIn } from '../kernel/cli/set-up/python.mjs';
import { runProgram, tellingLine } from '../kernel/cli/set-up/run-program.mjs';
import { CannotGoOn, say, sayWhile } from '../kernel/cli/set-up/say.mjs';
import { fillVenv, waysToVenv } from '../kernel/cli/set-up/venv.mjs';

const bench = path.dirname(fileURLToPath(import.meta.url));
const root = path.dirname(bench);

/** @param {string} question */
function isAsked(question) {
  const words = process.argv.slice(2).filter((word) => /^[a-z]/.test(word));
  return words.length === 0 || words.includes(question);
}

async function installPeersInPython() {
  const venv = path.join(bench, '.venv');
  if (existsSync(pythonIn(venv))) return;
  const requirements = path.join(bench, 'python', 'requirements.txt');
  const { asked } = await findJupyter(root);
  await fillVenv({ venv, requirements, what: 'ipykernel' }, await waysToVenv(asked));
}

/**
 * Who stands beside a room of hosts. Each that cannot be had is told, and left out of the tables.
 */
async function installPeersOfRooms() {
  const python = pythonIn(path.join(bench, '.venv-cluster'));
  const requirements = path.join(bench, 'python', 'cluster-requirements.txt');
  for (const required of readFileSync(requirements, 'utf8').split('\n').filter(Boolean)) {
    const [name = ''] = required.split('==');
    try {
      if (!existsSync(python)) await emptyVenv(path.dirname(path.dirname(python)));
      const args = [
        '-m',
        'pip',
        'install',
        '--disable-pip-version-check',
        '--no-input',
        '--retries',
        '1',
        required,
      ];
      if ((await runProgram(python, ['-m', 'pip', 'show', '-q', name])).code === 0) continue;
      const { code, output } = await sayWhile(`Installing ${name}`, () => runProgram(python, args));
      if (code !== 0) say(`${name} is not to be had here (${tellingLine(output)}): the tables say so.`);
    } catch (error) {
      if (!(error instanceof CannotGoOn)) throw error;
      say(`${name} is not to be had here (${error.message}): the tables say so.`);
    }
  }
}

/** @param {string} venv */
async function emptyVenv(venv) {
  const { asked } = await findJupyter(root);
  const requirements = path.join(bench, 'python', 'nothing.txt');
  await fillVenv({ venv, requirements, what: 'pip' }, await waysToVenv(asked));
}

try {
  await prepareProgram(root, EVERYTHING);
  await installPackages(bench);
  if (['kernels', 'notebook', 'memory'].some(isAsked)) await installPeersInPython();
  if (isAsked('notebook')) await installPackages(path.join(bench, 'notebook'));
  if (isAsked('cluster')) await installPeersOfRooms();
  const main = path.join(root, 'dist', 'bench', 'main.js');
  spawn(process.execPath, [main, ...process.argv.slice(2)], { cwd: root, stdio: 'inherit' }).on(
    'close',
    (code) => {
      process.exitCode = code ?? 1;
    },
  );
} catch (error) {
  if (!(error instanceof CannotGoOn)) throw error;
  process.stderr.write(`parlab: ${error.message}\n`);
  process.exitCode = 1;
}
