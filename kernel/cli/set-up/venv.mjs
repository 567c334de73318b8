// @ts-check
// Makes .venv in the checkout and puts the pinned JupyterLab into it: with uv when it is there, else with
// venv and pip.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { askPython, findJupyter, hasJupyterLab, onPath, pythonIn } from './python.mjs';
import { runProgram, tellingLine } from './run-program.mjs';
import { CannotGoOn, sayWhile } from './say.mjs';

/** @typedef {import('./python.mjs').Python} Python */

// Versioned names, for machines whose `python3` is too old or lacks the venv module.
const OTHER_PYTHONS = [14, 13, 12, 11, 10, 9].map((minor) => `python3.${minor}`);

const INSTALL_PYTHON =
  'install Python 3.9 or newer with its venv module (Debian, Ubuntu: apt install python3 python3-venv; macOS: brew install python) or uv, and run this again.';

/**
 * @param {Python[]} asked the Pythons already found, without JupyterLab
 * @returns {Promise<{ uv: string } | { python: Python }>} how the environment can be made
 */
export async function waysToVenv(asked) {
  const uv = onPath('uv');
  if (uv && (await runProgram(uv, ['--version'], { timeoutMs: 10_000 })).code === 0) return { uv };
  const able = asked.find((python) => python.canMakeVenv) ?? (await otherAblePython());
  if (able) return { python: able };
  const first = asked[0];
  throw new CannotGoOn(
    first
      ? `JupyterLab is missing, and ${first.file} (Python ${first.version}) has no venv module to install it with: ${INSTALL_PYTHON}`
      : `JupyterLab needs Python 3.9 or newer, and none was found: ${INSTALL_PYTHON}`,
  );
}

async function otherAblePython() {
  for (const name of OTHER_PYTHONS) {
    const file = onPath(name);
    const python = file ? await askPython(file, `${name} on the PATH`) : undefined;
    if (python?.canMakeVenv) return python;
  }
  return undefined;
}

/**
 * @param {string} root
 * @param {{ uv: string } | { python: Python }} way
 * @returns {Promise<Python>}
 */
export async function makeVenv(root, way) {
  const venv = path.join(root, '.venv');
  const requirements = path.join(root, 'kernel', 'cli', 'set-up', 'requirements.txt');
  const python = await fillVenv({ venv, requirements, what: 'JupyterLab' }, way);
  const made = await askPython(python, '.venv');
  if (!made || !hasJupyterLab(made)) {
    throw new CannotGoOn(`.venv was made but holds no JupyterLab 4: delete ${venv} and run this again.`);
  }
  return made;
}

/**
 * @param {{ venv: string, requirements: string, what: string }} wanted a new environment with what a file
 * requires
 * @param {{ uv: string } | { python: Python }} way
 * @returns {Promise<string>} its Python
 */
export async function fillVenv({ venv, requirements, what }, way) {
  const name = path.basename(venv);
  const python = pythonIn(venv);
  if ('uv' in way) {
    await step(`Making ${name} with uv`, way.uv, ['venv', '--clear', '--python', '>=3.9', venv]);
    await step(`Installing ${what} into ${name} with uv`, way.uv, [
      ...['pip', 'install', '--python', python, '-r', requirements],
    ]);
  } else {
    await step(`Making ${name} with Python ${way.python.version}`, way.python.file, [
      ...['-m', 'venv', '--clear', venv],
    ]);
    await step(`Installing ${what} into ${name} (about a minute)`, python, [
      ...['-m', 'pip', 'install', '--disable-pip-version-check', '--no-input'],
      // Without a network pip would try for minutes.
      ...['--retries', '1', '--timeout', '10', '-r', requirements],
    ]);
  }
  return python;
}

/**
 * An environment beside .venv, for something that not everybody needs: made once, and anew when what it
 * requires changes.
 * @param {string} root the checkout
 * @param {{ venv: string, requirements: string, what: string }} wanted
 * @returns {Promise<string>} its Python
 */
export async function keptVenv(root, wanted) {
  const stamp = path.join(wanted.venv, 'made-of.txt');
  const required = readFileSync(wanted.requirements, 'utf8');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === required) return pythonIn(wanted.venv);
  const { asked } = await findJupyter(root);
  const python = await fillVenv(wanted, await waysToVenv(asked));
  writeFileSync(stamp, required);
  return python;
}

const NO_NETWORK =
  /name resolution|ConnectionError|ConnectTimeout|Network is unreachable|Connection refused|dns error|error sending request|ProxyError|NewConnectionError|No route to host|timed out/i;

/**
 * @param {string} what
 * @param {string} file
 * @param {string[]} args
 */
async function step(what, file, args) {
  const env = { ...process.env, UV_HTTP_TIMEOUT: '10', UV_HTTP_RETRIES: '1' };
  const { code, output } = await sayWhile(what, () => runProgram(file, args, { env }));
  if (code === 0) return;
  throw new CannotGoOn(
    NO_NETWORK.test(output)
      ? `${what} failed because the package index cannot be reached: connect to the network, or set JUPYTER_PYTHON to a Python with JupyterLab 4, and run this again.`
      : `${what} failed (${tellingLine(output)}): repair or reinstall this Python, or set JUPYTER_PYTHON to one with JupyterLab 4, and run this again.`,
  );
}
