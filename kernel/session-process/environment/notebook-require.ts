// `require` for cells: as from a file in the notebook's directory, with ParLab's own packages wherever the
// notebook lies, and with the student's TypeScript modules, read anew after they have changed.

import { realpathSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { provideModules } from 'parlab/host';
import type { LocalModule } from '../../conversations/cell-program';
import { isEsModule } from '../../local-modules/es-module';
import { loadLocalModulesWhenAsked } from '../../local-modules/when-asked';
import { ownModule, ownNames } from '../../own-modules';
import { OwnMap, OwnSet } from '../safeguards/pristine';

type ResolveFilename = (request: string, parent: unknown, ...rest: unknown[]) => string;

export function createNotebookRequire(directory: string): NodeJS.Require {
  resolveOwnPackages();
  provideModules(Object.fromEntries(ownNames.map((name) => [name, ownPackage(name) ?? name])));
  loadLocalModulesWhenAsked();
  return createRequire(join(directory, 'notebook.js'));
}

/** `if (require.main === module)` holds in a cell, as in the script that it may once become. */
export function notebookModule(file: string, notebookRequire: NodeJS.Require): NodeJS.Module {
  const made = new Module('.');
  const paths = notebookRequire.resolve.paths('parlab') ?? [];
  Object.assign(made, { filename: file, path: dirname(file), paths, require: notebookRequire });
  notebookRequire.main = made;
  return made;
}

// In a checkout, packages are links. Once a cell has read from a pipe, Node's own resolving forgets to follow
// them (a mode left over from `fstat`), and a second copy of the library would be loaded.
const { native: realPath } = realpathSync;

/** `tslab` is ours as well: notebooks written for tslab run unchanged. */
function ownPackage(request: string): string | undefined {
  if (request === 'tslab') return require.resolve('./tslab-module');
  const known = ownModule(request);
  return known && realPath(require.resolve(known));
}

function resolveOwnPackages(): void {
  const loader = Module as unknown as { _resolveFilename: ResolveFilename };
  const resolve = loader._resolveFilename;
  loader._resolveFilename = function (request, parent, ...rest) {
    const inside = (parent as NodeJS.Module | undefined) === module;
    return (!inside && ownPackage(request)) || resolve.call(this, request, parent, ...rest);
  };
}

const digests = new OwnMap<string, string>();

/** Drops the student's modules that have changed since they were loaded, and those that depend on them. */
export function refreshModules(modules: readonly LocalModule[]): void {
  if (modules.length === 0) return;
  const stale = new OwnSet<string>();
  for (const { path, digest } of modules) {
    const known = digests.get(path);
    if (known !== undefined && known !== digest) stale.add(path);
    digests.set(path, digest);
  }
  if (stale.size === 0) return;
  for (let before = -1; before !== stale.size; ) {
    before = stale.size;
    for (const [path, loaded] of Object.entries(require.cache)) {
      if (loaded?.children.some((child) => stale.has(child.filename))) stale.add(path);
    }
  }
  const paths = modules.map(({ path }) => path);
  if (paths.some(isEsModule))
    (require('../../local-modules/renew') as typeof import('../../local-modules/renew')).renew(paths, stale);
  for (const path of stale) delete require.cache[path];
}
