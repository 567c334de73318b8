// The Python with JupyterLab 4 that a command uses, or the sentence that says how to get one.
import { CliError } from '../../cli-error';
import { installation, isCheckout } from '../../package-root';
import type { Python } from '../set-up/python.mjs';

export async function requireJupyter(): Promise<Python> {
  const { findJupyter } = await import('../set-up/python.mjs');
  const { jupyter } = await findJupyter(installation);
  if (jupyter) return jupyter;
  throw new CliError(`No JupyterLab 4 was found: ${adviceForJupyter()}`);
}

/** Only a checkout can set itself up. */
export function adviceForJupyter(): string {
  return isCheckout
    ? 'run "npm start" once in the checkout, which installs it there, or set JUPYTER_PYTHON to a Python that has it.'
    : 'install it ("python3 -m pip install jupyterlab"), or set JUPYTER_PYTHON to a Python that has it.';
}
