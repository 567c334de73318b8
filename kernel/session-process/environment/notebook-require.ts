// `require` for cells: as from a file in the notebook's directory, with ParLab's own packages wherever the
// notebook lies, and with the student's TypeScript modules, read anew after they have changed.

import { realpathSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { provideModules } from 'parlab/host';
import type { LocalModule } from '../../conversations/cell-program';
import { leaveOurs } from '../../our-files';
import { ownModule, ownNames } from '../../own-modules';
import { OwnMap, OwnSet } from '../safeguards/pristine';

type ResolveFilename = (request: string, parent: unknown, ...rest: unknown[]) => string;

export function createNotebookRequire(directory: string): NodeJS.Require {
  resolveOwnPackages();
  provideModules(Object.fromEntries(ownNames.map((name) => [name, ownPackage(name) ?? name])));
  loadTypeScriptWhenAsked(directory);
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
export function ownPackage(request: string): string | undefined {
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

const TYPESCRIPT = ['.ts', '.tsx', '.cts'];

/** ts-node brings the whole compiler: it is loaded with the first TypeScript file. */
function loadTypeScriptWhenAsked(directory: string): void {
  const loadJavaScript = require.extensions['.js'];
  let registered = false;
  for (const extension of TYPESCRIPT) {
    if (require.extensions[extension]) continue; // a Node that strips types by itself
    require.extensions[extension] = (loaded, file) => {
      // ts-node wraps this very function: to load what it has compiled.
      if (registered) return loadJavaScript?.(loaded, file);
      registerTsNode(directory);
      // Only now: an interrupt may have cut the first attempt.
      registered = true;
      return require.extensions[extension]?.(loaded, file);
    };
  }
}

// TypeScript asks for it in a project whose files lie in a folder below; nothing is written here that could
// depend on it.
const NO_ROOT_DIR = 5011;

function registerTsNode(directory: string): void {
  const { register } = require('ts-node') as typeof import('ts-node');
  const service = register({
    cwd: directory,
    // The kernel has checked the types when it converted the cell.
    transpileOnly: true,
    ignoreDiagnostics: [NO_ROOT_DIR],
    compilerOptions: {
      module: 'commonjs',
      moduleResolution: 'bundler',
      target: 'es2022',
      esModuleInterop: true,
    },
  });
  leaveOurs(service);
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
  for (const path of stale) delete require.cache[path];
}
