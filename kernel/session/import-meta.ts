// What `import.meta` is in a cell: the notebook's file as far as the front end tells its name.

import { isBuiltin } from 'node:module';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';

export interface CellImportMeta {
  readonly url: string;
  readonly filename: string;
  readonly dirname: string;
  resolve(specifier: string): string;
}

export function createImportMeta(directory: string, require: NodeJS.Require): CellImportMeta {
  // Jupyter Server names the notebook in the kernel's environment.
  const name = basename(process.env.JPY_SESSION_NAME ?? '') || 'notebook.ipynb';
  const filename = join(directory, name);
  return {
    url: pathToFileURL(filename).href,
    filename,
    dirname: directory,
    resolve(specifier) {
      if (isBuiltin(specifier)) return specifier.startsWith('node:') ? specifier : `node:${specifier}`;
      return pathToFileURL(require.resolve(specifier)).href;
    },
  };
}
