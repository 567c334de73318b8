// Where the modules that a cell imports lie: their types for the compiler, and how to load them when the cell
// runs.

import { readFileSync } from 'node:fs';
import { createRequire, isBuiltin } from 'node:module';
import { dirname, extname, join } from 'node:path';
import ts from 'typescript';
import { ownModule } from '../../own-modules';
import { isStudents } from './local-files';
import type { StandardLibrary } from './standard-library';

/** `require` when CommonJS can load the module, `import` when only an awaited `import()` can. */
export type Loading = 'require' | 'import';

/** Resolves the modules of one notebook. */
export class ModuleResolver {
  readonly #options: ts.CompilerOptions;
  readonly #host: ts.ModuleResolutionHost;
  readonly #library: StandardLibrary;
  /** Also keeps what the compiler reads of each `package.json`. */
  readonly cache: ts.ModuleResolutionCache;
  readonly #require: NodeJS.Require;
  #forget = false;

  constructor(
    directory: string,
    options: ts.CompilerOptions,
    host: ts.ModuleResolutionHost,
    library: StandardLibrary,
  ) {
    this.#options = options;
    this.#host = host;
    this.#library = library;
    this.cache = ts.createModuleResolutionCache(directory, (name) => name, options);
    this.#require = createRequire(join(directory, 'cell.js'));
  }

  /** Finds a module's types. `parlab` and `tslab` are always those of this installation. */
  resolve(name: string, from: string): ts.ResolvedModuleFull | undefined {
    const found = this.find(name, from);
    if (!found && !isBuiltin(name) && isStudents(from)) this.#forget = true;
    return found;
  }

  /** The same for somebody who does not mind if it is missing. */
  find(name: string, from: string): ts.ResolvedModuleFull | undefined {
    // Node's own modules are declared by @types/node, wherever a package of the same name may lie.
    if (isBuiltin(name)) return this.#onDemand(name, from);
    const asker = isOurs(name) ? __filename : from;
    const known = ownModule(name) ?? name;
    return ts.resolveModuleName(known, asker, this.#options, this.#host, this.cache).resolvedModule;
  }

  /** The library itself names all of Node's modules, which is no demand. */
  #onDemand(name: string, from: string): ts.ResolvedModuleFull | undefined {
    const file = from === this.#library.path ? undefined : this.#library.onDemand.get(name);
    return file === undefined ? undefined : { resolvedFileName: file, extension: ts.Extension.Dts };
  }

  /**
   * Call before each conversion: a module that was missing may have been written or installed since. Returns
   * whether earlier answers hold no longer.
   */
  refresh(changed: boolean): boolean {
    const outdated = this.#forget || changed;
    if (outdated) this.cache.clear();
    this.#forget = false;
    return outdated;
  }

  /**
   * How a cell loads `name`. CommonJS comes first: it gives processes and cells the same copy of a module.
   */
  loading(name: string): Loading {
    if (isBuiltin(name) || isOurs(name)) return 'require';
    const path = this.#path(name);
    if (path instanceof Error) return isClosedToRequire(path) ? 'import' : 'require';
    if (extname(path) === '.mjs' || extname(path) === '.mts') return 'import';
    return extname(path) === '.js' && isInModulePackage(path) ? 'import' : 'require';
  }

  /**
   * Whether Node's own `import()` cannot load `name`: a local TypeScript file, or a package of this
   * installation.
   */
  needsRequire(name: string, from: string): boolean {
    if (isOurs(name)) return true;
    if (!isLocal(name) || this.loading(name) === 'import') return false;
    return /(?<!\.d)\.(ts|tsx|cts)$/.test(this.resolve(name, from)?.resolvedFileName ?? '');
  }

  /** The specifier to write in the program: `./tools.js` may stand for the file `tools.ts`. */
  runtimeSpecifier(name: string, from: string): string {
    if (!isLocal(name) || extname(name) !== '.js') return name;
    const file = this.resolve(name, from)?.resolvedFileName;
    return file && extname(file) === '.ts' ? `${name.slice(0, -'.js'.length)}.ts` : name;
  }

  #path(name: string): string | Error {
    try {
      return this.#require.resolve(name);
    } catch (error) {
      return error as Error;
    }
  }
}

/** Whether `specifier` names a file rather than a package. */
export function isLocal(specifier: string): boolean {
  return /^(\.{0,2}\/|\.{1,2}$|file:)/.test(specifier);
}

function isOurs(name: string): boolean {
  return ownModule(name) !== undefined || name === 'tslab';
}

// A package whose `exports` have nothing for `require`.
function isClosedToRequire(error: Error): boolean {
  return 'code' in error && error.code === 'ERR_PACKAGE_PATH_NOT_EXPORTED';
}

function isInModulePackage(path: string): boolean {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    try {
      const description: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
      return (description as { type?: unknown } | null)?.type === 'module';
    } catch {
      if (folder === dirname(folder)) return false;
    }
  }
}
