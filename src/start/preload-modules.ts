// Modules that warm processes load before they get a task: Python's `set_forkserver_preload()`.
import { createRequire } from 'node:module';
import { InvalidArgumentError } from '../errors';
import { moduleHome } from '../identity/module-home';
import { usePreloads } from './preloads';
import { emptyStock } from './stock';

/**
 * Lets children start faster that need large modules: processes load these modules while they wait to become
 * a child. The names are as for `require()` in the main file of the program. Threads load them when they need
 * them. A module that throws does so only in the child that really requires it. Python's
 * `multiprocessing.set_forkserver_preload()`.
 *
 * @throws InvalidArgumentError for a module that is not found.
 * @example
 * setForkserverPreload(['node:zlib']);
 * const child = new Process({ target: () => import('node:zlib').then(({ gzip }) => console.log(gzip.name)) });
 * child.start();
 * await child.join(); // → …
 */
export function setForkserverPreload(moduleNames: readonly string[]): void {
  if (!Array.isArray(moduleNames) || !moduleNames.every((name) => typeof name === 'string')) {
    throw new InvalidArgumentError('moduleNames', 'a list of strings', moduleNames);
  }
  const require = createRequire(moduleHome());
  usePreloads(moduleNames.map((name) => find(name, require)));
  emptyStock();
}

function find(name: string, require: NodeJS.Require): string {
  try {
    return require.resolve(name);
  } catch {
    throw new InvalidArgumentError('moduleNames', `modules that ${moduleHome()} could require`, name);
  }
}
