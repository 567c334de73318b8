// @ts-check
// Everything a fresh clone needs before ParLab can run in it, in the order that fails soonest.
import { build, PRODUCT } from './build.mjs';
import { installPackages } from './packages.mjs';
import { findJupyter, hasJupyterLab } from './python.mjs';
import { CannotGoOn, say } from './say.mjs';
import { makeVenv, waysToVenv } from './venv.mjs';

/** @typedef {import('./python.mjs').Python} Python */

const OLDEST_NODE = [20, 19];

/**
 * @param {string} root
 * @param {import('./build.mjs').Project} project
 */
export async function prepareProgram(root, project) {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < Number(OLDEST_NODE[0]) || (major === OLDEST_NODE[0] && minor < Number(OLDEST_NODE[1]))) {
    throw new CannotGoOn(
      `ParLab needs Node.js ${OLDEST_NODE.join('.')} or newer and this is ${process.versions.node}: install a newer Node.js and run this again.`,
    );
  }
  await installPackages(root);
  await build(root, project);
}

/**
 * @param {string} root
 * @param {import('./build.mjs').Project} project
 * @returns {Promise<Python>} a Python with JupyterLab 4
 */
export async function prepareEverything(root, project = PRODUCT) {
  // Asked first: what is missing of Python is told before minutes go into packages.
  const { jupyter, asked } = await findJupyter(root);
  heedTheChosenPython(asked);
  const way = jupyter ? undefined : await waysToVenv(asked);
  await prepareProgram(root, project);
  const python = jupyter ?? (way && (await makeVenv(root, way)));
  if (!python) throw new Error('neither a JupyterLab nor a way to one');
  say(`JupyterLab ${python.jupyterlab} runs on Python ${python.version} (${python.from})`);
  return python;
}

/** @param {Python[]} asked */
function heedTheChosenPython(asked) {
  const chosen = process.env.JUPYTER_PYTHON;
  if (!chosen) return;
  const python = asked.find(({ from }) => from === '$JUPYTER_PYTHON');
  if (python && hasJupyterLab(python)) return;
  throw new CannotGoOn(
    python
      ? `JUPYTER_PYTHON is ${chosen}, which has no JupyterLab 4: install it there ("${chosen} -m pip install jupyterlab") or unset JUPYTER_PYTHON.`
      : `JUPYTER_PYTHON is ${chosen}, which is no working Python 3.9 or newer: correct it or unset it.`,
  );
}
