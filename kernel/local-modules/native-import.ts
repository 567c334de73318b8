// Node's own `import()`, as if it stood in a given file: in code that is compiled here it would start from
// the folder in which the process works.

import { constants, Script } from 'node:vm';

type Import = (specifier: string, options?: object) => Promise<{ [name: string]: unknown }>;

const known = new Map<string, Import>();

export function nativeImport(specifier: string, from: string, options?: object): ReturnType<Import> {
  let importFrom = known.get(from);
  if (importFrom === undefined) {
    const importModuleDynamically = constants.USE_MAIN_CONTEXT_DEFAULT_LOADER;
    const script = new Script('(name, options) => import(name, options)', {
      filename: from,
      importModuleDynamically,
    });
    importFrom = script.runInThisContext() as Import;
    known.set(from, importFrom);
  }
  return importFrom(specifier, options);
}
