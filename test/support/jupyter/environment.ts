// The Python environment of the clients: made once in .venv-clients, and anew when what it requires changes.

import path from 'node:path';
import { prepareJupyterFolders } from '../../../kernel/cli/jupyter/folders';
import { installation } from '../../../kernel/package-root';
import { cacheFolder } from '../../../src/system/cache-folder';

/** Resolves to the environment's folder of programs. */
export async function clientPrograms(): Promise<string> {
  const { keptVenv } = await import('../../../kernel/cli/set-up/venv.mjs');
  const python = await keptVenv(installation, {
    venv: path.join(installation, '.venv-clients'),
    requirements: path.join(installation, 'test', 'support', 'jupyter', 'requirements.txt'),
    what: 'the clients',
  });
  return path.dirname(python);
}

/** What the clients see: our kernelspec, and no settings, histories or kernels of the person at this machine. */
export function clientEnvironment(programs: string, home: string): NodeJS.ProcessEnv {
  const { env } = prepareJupyterFolders(path.join(home, '.jupyter'));
  return {
    ...env,
    HOME: home,
    PATH: [programs, process.env.PATH].join(path.delimiter),
    PARLAB_HISTORY: ':memory:',
    // The compiler's image is made once, and not anew for each home.
    PARLAB_CACHE: cacheFolder(),
    // A kernel's name must mean ours alone.
    JUPYTER_PREFER_ENV_PATH: '0',
  };
}
