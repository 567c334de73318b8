// How this process loads .ts files, so that its children load them alike.
import type { REGISTER_INSTANCE, Service } from 'ts-node';

/**
 * The settings of ts-node that are plain data and that a child needs. It is not ts-node's own type: whoever
 * imports ParLab would load the types of the whole compiler.
 */
export interface TypeScriptSetup {
  cwd?: string;
  project?: string;
  projectSearchDir?: string;
  skipProject?: boolean;
  compilerOptions?: object;
  moduleTypes?: Record<string, 'cjs' | 'esm' | 'package'>;
  preferTsExts?: boolean;
  experimentalResolver?: boolean;
  /** A file that makes `require` load TypeScript, in the place of all this. */
  loader?: string;
}

let inherited: TypeScriptSetup | undefined;

/** A child takes the setup over; it has not loaded ts-node as long as nothing needs it. */
export function inheritTypeScript(setup: TypeScriptSetup | undefined): void {
  inherited = setup;
}

/**
 * Under this symbol whoever runs the program, such as the kernel, names that file to any copy of the library.
 */
const LOADER = Symbol.for('parlab.loadTypeScript');

/** Undefined where nothing loads TypeScript. */
export function typeScriptSetup(): TypeScriptSetup | undefined {
  const service = process[Symbol.for('ts-node.register.instance') as typeof REGISTER_INSTANCE] as
    | Service
    | undefined;
  if (service === undefined) {
    const { [LOADER]: loader } = process as { [LOADER]?: string };
    return loader === undefined ? inherited : { loader };
  }
  const { cwd, project, projectSearchDir, skipProject, compilerOptions, moduleTypes } = service.options;
  const { preferTsExts, experimentalResolver } = service.options;
  const known = {
    cwd,
    project,
    projectSearchDir,
    skipProject,
    compilerOptions,
    moduleTypes,
    preferTsExts,
    experimentalResolver,
  };
  return Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined));
}

/** ts-node alone makes no CommonJS of the last. */
export const LOADED_AS_TYPESCRIPT = ['.ts', '.tsx', '.cts', '.mts'] as const;

/** What the file `loader` exports. */
export interface Loader {
  loadModule(module: NodeJS.Module, file: string): void;
  loadWhole(file: string, require: NodeJS.Require): Promise<void> | undefined;
}

/** Loads the files that are TypeScript; undefined unless one of them has to be waited for. */
export function whenLoaded(files: Iterable<string>, require: NodeJS.Require): Promise<unknown> | undefined {
  const loader = typeScriptSetup()?.loader;
  if (loader === undefined) return undefined;
  const own = [...files].filter((file) => LOADED_AS_TYPESCRIPT.some((each) => file.endsWith(each)));
  if (own.length === 0) return undefined;
  const { loadWhole } = require(loader) as Loader;
  const pending = own.flatMap((file) => loadWhole(file, require) ?? []);
  return pending.length === 0 ? undefined : Promise.all(pending);
}
