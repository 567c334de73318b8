// Lets a child require .ts files where its parent could. Only the first such file loads ts-node, which takes
// longer than all the rest.
import Module from 'node:module';
import { dirname, sep } from 'node:path';
import { LOADED_AS_TYPESCRIPT, type Loader, type TypeScriptSetup } from '../identity/typescript-setup';

type Load = (module: NodeJS.Module, filename: string) => void;

const LIBRARY = dirname(__dirname) + sep;
const EXTENSIONS = ['.ts', '.tsx', '.cts'] as const;

// TypeScript asks for it in a project whose files lie in a folder below; nothing is written here that could
// depend on it.
const NO_ROOT_DIR = 5011;

/** `setup` is undefined when the parent runs without ts-node. */
export function loadTypeScriptOnDemand(require: NodeJS.Require, setup: TypeScriptSetup | undefined): void {
  const loaders = (Module as unknown as { _extensions: Record<string, Load | undefined> })._extensions;
  const loader = setup?.loader;
  if (loader !== undefined) {
    for (const extension of LOADED_AS_TYPESCRIPT) {
      loaders[extension] = (module, filename) => {
        const { loadModule } = require(loader) as Loader;
        loadModule(module, filename);
      };
    }
    return;
  }
  for (const extension of EXTENSIONS) {
    // Newer Nodes strip types themselves, and a preload may have brought its own compiler: theirs to load,
    // then.
    if (loaders[extension] !== undefined && setup === undefined) continue;
    loaders[extension] = (module, filename) => {
      for (const each of EXTENSIONS) delete loaders[each];
      // The parent has checked the types; a child that did it again would begin half a second later.
      const service = tsNodeOf(require).register({
        ...setup,
        transpileOnly: true,
        ignoreDiagnostics: [NO_ROOT_DIR],
      });
      // A project with `allowJs` that has the library as a link would have it compiled anew.
      const { ignored } = service;
      service.ignored = (file) => file.startsWith(LIBRARY) || ignored(file);
      (loaders[extension] ?? loaders['.js'])?.(module, filename);
    };
  }
}

/** The program's own, so that parent and child compile alike; else ours. */
function tsNodeOf(programRequire: NodeJS.Require): typeof import('ts-node') {
  try {
    return programRequire('ts-node') as typeof import('ts-node');
  } catch {
    return require('ts-node') as typeof import('ts-node');
  }
}
