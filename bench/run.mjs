// @ts-check
// `npm run bench`: sets up what it needs, then measures. Words behind `--` choose questions, as in: npm run bench -- lock
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { EVERYTHING } from '../kernel/cli/set-up/build.mjs';
import { installPackages } from '../kernel/cli/set-up/packages.mjs';
import { prepareProgram } from '../kernel/cli/set-up/prepare.mjs';
import { findJupyter, pythonIn } from '../kernel/cli/set-up/python.mjs';
import { CannotGoOn } from '../kernel/cli/set-up/say.mjs';
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

try {
  await prepareProgram(root, EVERYTHING);
  await installPackages(bench);
  if (isAsked('kernels') || isAsked('memory')) await installPeersInPython();
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
