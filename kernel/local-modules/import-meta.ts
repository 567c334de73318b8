// What `import.meta` is where there is no ES module: in a cell, in a local module and in a script.

import { isBuiltin } from 'node:module';
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';

export interface ImportMetaOfFile {
  readonly url: string;
  readonly filename: string;
  readonly dirname: string;
  resolve(specifier: string): string;
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
