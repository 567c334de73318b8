// @ts-check
// Finds the Pythons of this machine and asks each what it has. Changes nothing.
import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { runProgram } from './run-program.mjs';

/**
 * @typedef {object} Python
 * @property {string} file what to run
 * @property {string} from how it was found, in words
 * @property {string} version '3.11'
 * @property {string} prefix its sys.prefix
 * @property {boolean} canMakeVenv the modules venv and ensurepip are there (Debian packs them apart)
 * @property {string | undefined} jupyterlab the version of its JupyterLab
 */

// Runs under any Python, even 2.7, so that an old one is told apart from a broken one.
const QUESTIONS = `
import json, sys
facts = {'version': list(sys.version_info[:2]), 'prefix': sys.prefix}
try:
    from importlib import metadata, util
    facts['canMakeVenv'] = bool(util.find_spec('venv') and util.find_spec('ensurepip'))
    if util.find_spec('jupyterlab'):
        facts['jupyterlab'] = metadata.version('jupyterlab')
except Exception:
    pass
print(json.dumps(facts))
`;

const OLDEST = [3, 9];
const onWindows = process.platform === 'win32';

/** @param {string} prefix of a virtual environment */
export function pythonIn(prefix) {
  return onWindows ? path.join(prefix, 'Scripts', 'python.exe') : path.join(prefix, 'bin', 'python');
}

/**
 * @param {string} name
 * @param {NodeJS.ProcessEnv} env
 * @returns {string | undefined} the program's full path
 */
export function onPath(name, env = process.env) {
  const folders = (env.PATH ?? '').split(path.delimiter).filter(Boolean);
  const names = onWindows ? [`${name}.exe`, `${name}.cmd`] : [name];
  return folders.flatMap((folder) => names.map((each) => path.join(folder, each))).find(isExecutable);
}

/** @param {string} file */
function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * @param {string} file
 * @param {string} from
 * @returns {Promise<Python | undefined>} undefined when it does not run or is too old
 */
export async function askPython(file, from) {
  const { code, output } = await runProgram(file, ['-c', QUESTIONS], { timeoutMs: 10_000 });
  if (code !== 0) return undefined;
  try {
    const facts = JSON.parse(output.slice(output.indexOf('{')));
    const [major, minor] = facts.version;
    if (major !== OLDEST[0] || minor < Number(OLDEST[1])) return undefined;
    return {
      file,
      from,
      version: `${major}.${minor}`,
      prefix: facts.prefix,
      canMakeVenv: Boolean(facts.canMakeVenv),
      jupyterlab: facts.jupyterlab,
    };
  } catch {
    return undefined;
  }
}

/** @param {Python} python */
export function hasJupyterLab(python) {
  return python.jupyterlab?.startsWith('4.') === true;
}

/**
 * Every Python that may hold JupyterLab, in the order in which they are asked.
 * @param {string} root the checkout
 * @param {NodeJS.ProcessEnv} env
 * @returns {{ file: string, from: string }[]}
 */
export function candidates(root, env = process.env) {
  const places = [
    { file: env.JUPYTER_PYTHON, from: '$JUPYTER_PYTHON' },
    { file: pythonIn(path.join(root, '.venv')), from: '.venv' },
    { file: env.VIRTUAL_ENV && pythonIn(env.VIRTUAL_ENV), from: '$VIRTUAL_ENV' },
    { file: env.CONDA_PREFIX && pythonIn(env.CONDA_PREFIX), from: '$CONDA_PREFIX' },
    ...['python3', 'python'].map((name) => ({ file: onPath(name, env), from: `${name} on the PATH` })),
  ];
  return places.flatMap(({ file, from }) => (file && isExecutable(file) ? [{ file, from }] : []));
}

/**
 * The first Python with JupyterLab 4, and every usable one that was asked on the way.
 * @param {string} root
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<{ jupyter: Python | undefined, asked: Python[] }>}
 */
export async function findJupyter(root, env = process.env) {
  const asked = [];
  for (const { file, from } of candidates(root, env)) {
    const python = await askPython(file, from);
    if (!python) continue;
    asked.push(python);
    if (hasJupyterLab(python)) return { jupyter: python, asked };
  }
  return { jupyter: undefined, asked };
}
