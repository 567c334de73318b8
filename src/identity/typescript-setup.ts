// How this process loads .ts files, so that its children load them alike.
import type { REGISTER_INSTANCE, Service } from 'ts-node';

/**
 * Those settings of ts-node that are plain data and that a child needs. Not ts-node's own type: whoever
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

/** In a child, which has not loaded ts-node as long as nothing needs it. */
export function inheritTypeScript(setup: TypeScriptSetup | undefined): void {
  inherited = setup;
}

/** Where whoever runs this program, such as the kernel, names that file: to any copy of the library. */
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
