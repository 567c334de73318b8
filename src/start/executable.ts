// Which program runs the children: Python's `set_executable()`.
import { accessSync, constants, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { InvalidArgumentError } from '../errors';
import { useExecutable } from './executable-path';
import { emptyStock } from './stock';

/**
 * Chooses the Node that processes run which are started from now on: a path, or a file URL. Their own
 * children run it, too. Threads have no program of their own. Python's `multiprocessing.set_executable()`.
 *
 * @throws InvalidArgumentError if it is no file that can be run.
 * @example
 * setExecutable(process.execPath);
 * const child = new Process({ target: () => console.log(process.version === `v${process.versions.node}`) });
 * child.start();
 * await child.join(); // → true
 * setExecutable('/nowhere/node'); // throws InvalidArgumentError: executable must be the path of a program…
 */
export function setExecutable(executable: string | URL): void {
  const path = programAt(executable);
  if (path === undefined)
    throw new InvalidArgumentError('executable', 'the path of a program that can be run', executable);
  useExecutable(path);
  emptyStock();
}

function programAt(executable: string | URL): string | undefined {
  try {
    const path = typeof executable === 'string' ? executable : fileURLToPath(executable);
    accessSync(path, constants.X_OK);
    // A folder may be entered, which accessSync() takes for the same.
    return statSync(path).isFile() ? path : undefined;
  } catch {
    return undefined;
  }
}
