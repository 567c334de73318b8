// Where the modules that a cell imports lie: their types for the compiler, and how to load them when the cell
// runs.

import { readFileSync, statSync } from 'node:fs';
import { createRequire, isBuiltin } from 'node:module';
import { basename, delimiter, dirname, join } from 'node:path';
import ts from 'typescript';
import { awaitsWhenLoaded } from '../../local-modules/awaits-when-loaded';
import { isEsModule } from '../../local-modules/es-module';
import { resolutionOf } from '../../local-modules/meaning';
import { isLocal } from '../../local-modules/paths';
import { projectOf } from '../../local-modules/project';
import { implementationOf, isTypeScript } from '../../local-modules/resolve';
import { ownModule } from '../../own-modules';
import { isStudents } from './local-files';
import type { StandardLibrary } from './standard-library';

/** `require` when CommonJS can load the module, `import` when only an awaited `import()` can. */
type Loading = 'require' | 'import';

export interface RuntimeModule {
  readonly loading: Loading;
  /** What to write in the program. */
  readonly specifier: string;
}

/** Resolves the modules of one notebook. */
export class ModuleResolver {
  readonly #options: ts.CompilerOptions;
  readonly #host: ts.ModuleResolutionHost;
  readonly #library: StandardLibrary;
  /** It also keeps what the compiler reads of each `package.json`. */
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

  /** Does the same for a caller that does not mind if it is missing. */
  find(name: string, from: string): ts.ResolvedModuleFull | undefined {
    // Node's own modules are declared by @types/node, wherever a package of the same name may lie.
    if (isBuiltin(name)) return this.#onDemand(name, from);
    const asker = isOurs(name) ? __filename : from;
    const known = ownModule(name) ?? name;
    return this.#resolve(known, asker) ?? (isLocal(name) ? undefined : this.#onNodePath(known));
  }

  #resolve(name: string, from: string): ts.ResolvedModuleFull | undefined {
    // Each file by the names of its own project.
    const options = { ...this.#options, ...resolutionOf(projectOf(dirname(from))) };
    return ts.resolveModuleName(name, from, options, this.#host, this.cache).resolvedModule;
  }

  /** `require` looks there, too. */
  #onNodePath(name: string): ts.ResolvedModuleFull | undefined {
    const folders = (process.env.NODE_PATH ?? '').split(delimiter);
    const inside = folders.filter((folder) => basename(folder) === 'node_modules');
    for (const folder of inside) {
      const found = this.#resolve(name, join(dirname(folder), 'any.ts'));
      if (found) return found;
    }
    return undefined;
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
   * How a cell loads `name`: TypeScript as the file in which its types are, anything else as Node finds it.
   */
  moduleOf(name: string, from: string): RuntimeModule {
    if (isBuiltin(name) || isOurs(name)) return { loading: 'require', specifier: name };
    const file = implementationOf(name, from);
    if (file === undefined || !isTypeScript(file)) return { loading: this.#loading(name), specifier: name };
    return { loading: awaitsWhenLoaded(file) ? 'import' : 'require', specifier: file };
  }

  /** CommonJS comes first: it gives processes and cells the same copy of a module. */
  #loading(name: string): Loading {
    const path = this.#path(name);
    if (path instanceof Error) return isClosedToRequire(path) ? 'import' : 'require';
    return isEsModule(path) || isRefusal(path) ? 'import' : 'require';
  }

  #path(name: string): string | Error {
    try {
      return this.#require.resolve(name);
    } catch (error) {
      return error as Error;
    }
  }
}

function isOurs(name: string): boolean {
  return ownModule(name) !== undefined || name === 'tslab';
}

// A package whose `exports` have nothing for `require`.
function isClosedToRequire(error: Error): boolean {
  return 'code' in error && error.code === 'ERR_PACKAGE_PATH_NOT_EXPORTED';
}

const LONGEST_REFUSAL = 4096;

/** What a package has for `require` when it is an ES module alone: a file that does nothing but throw. */
function isRefusal(path: string): boolean {
  if (!path.endsWith('.cjs') && !path.endsWith('.js')) return false;
  if (statSync(path).size > LONGEST_REFUSAL) return false;
  const { statements } = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest);
  const others = statements.filter(({ kind }) => kind !== ts.SyntaxKind.ThrowStatement);
  return statements.length > others.length && others.every(isDirective);
}

function isDirective(statement: ts.Statement): boolean {
  return ts.isExpressionStatement(statement) && ts.isStringLiteral(statement.expression);
}
