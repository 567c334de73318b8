// The Python environment of the clients: made once in .venv-clients, and anew when what it requires changes.

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { prepareJupyterFolders } from '../../kernel/cli/jupyter/folders';
import { installation } from '../../kernel/package-root';

const venv = path.join(installation, '.venv-clients');
const requirements = path.join(installation, 'test', 'clients', 'requirements.txt');
const stamp = path.join(venv, 'made-of.txt');

/** Resolves to the environment's folder of programs. */
export async function clientPrograms(): Promise<string> {
  const wanted = readFileSync(requirements, 'utf8');
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== wanted) {
    const { findJupyter } = await import('../../kernel/cli/set-up/python.mjs');
    const { fillVenv, waysToVenv } = await import('../../kernel/cli/set-up/venv.mjs');
    const { asked } = await findJupyter(installation);
    await fillVenv({ venv, requirements, what: 'the clients' }, await waysToVenv(asked));
    writeFileSync(stamp, wanted);
  }
  return path.join(venv, process.platform === 'win32' ? 'Scripts' : 'bin');
}

/** What the clients see: our kernelspec, and no settings, histories or kernels of the person at this machine. */
export function clientEnvironment(programs: string, home: string): NodeJS.ProcessEnv {
  const { env } = prepareJupyterFolders(path.join(home, '.jupyter'));
  return {
    ...env,
    HOME: home,
    PATH: [programs, process.env.PATH].join(path.delimiter),
    PARLAB_HISTORY: ':memory:',
    // A kernel's name must mean ours alone.
    JUPYTER_PREFER_ENV_PATH: '0',
  };
}
