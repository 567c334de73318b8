// The folder of Jupyter's data that a kernelspec goes to, found without asking Jupyter.
import path from 'node:path';
import { CliError } from '../../cli-error';
import { userDataFolder } from '../../jupyter-paths';

export interface Place {
  user?: boolean;
  sysPrefix?: boolean;
  prefix?: string;
}

/**
 * Returns the folder of Jupyter's data, in whose `kernels` it looks for kernels. Throws a CliError if `place`
 * says several things, or asks for an environment where none is found.
 */
export async function jupyterDataFolder(place: Place, env = process.env): Promise<string> {
  const chosen = [place.user, place.sysPrefix, place.prefix !== undefined].filter(Boolean).length;
  if (chosen > 1) throw new CliError('Give one of --user, --sys-prefix and --prefix, not several.');
  if (place.prefix !== undefined) return path.resolve(place.prefix, 'share', 'jupyter');
  if (place.sysPrefix) return path.join(await sysPrefix(env), 'share', 'jupyter');
  return userDataFolder(env);
}

/** An active environment names its prefix itself; only without one is Python asked. */
async function sysPrefix(env: NodeJS.ProcessEnv): Promise<string> {
  const active = env.VIRTUAL_ENV ?? env.CONDA_PREFIX;
  if (active) return active;
  const { askPython, onPath } = await import('../set-up/python.mjs');
  const file = onPath('python3', env) ?? onPath('python', env);
  const python = file ? await askPython(file, 'the PATH') : undefined;
  if (python) return python.prefix;
  throw new CliError(
    'No environment is active ($VIRTUAL_ENV, $CONDA_PREFIX) and no Python was found: activate one, or give --prefix DIR.',
  );
}
