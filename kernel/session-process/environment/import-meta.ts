// What `import.meta` is where there is no ES module: in a cell, and in a script.

import { isBuiltin } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

export interface ImportMetaOfFile {
  readonly url: string;
  readonly filename: string;
  readonly dirname: string;
  resolve(specifier: string): string;
}

/** The notebook's file as far as the front end tells its name. */
export function notebookFile(directory: string): string {
  // Jupyter Server names the notebook in the kernel's environment.
  return join(directory, basename(process.env.JPY_SESSION_NAME ?? '') || 'notebook.ipynb');
}

export function createImportMeta(filename: string, require: NodeJS.Require): ImportMetaOfFile {
  return {
    url: pathToFileURL(filename).href,
    filename,
    dirname: dirname(filename),
    resolve(specifier) {
      if (isBuiltin(specifier)) return specifier.startsWith('node:') ? specifier : `node:${specifier}`;
      return pathToFileURL(require.resolve(specifier)).href;
    },
  };
}
