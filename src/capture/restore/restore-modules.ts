// Loads in this process what travelled as module and name.
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { types } from 'node:util';
import { MissingExportError } from '../../errors';
import type { Inside } from '../captured';
import { findInside } from '../module-insides';

export function loadModule(id: string, names: string[], require: NodeJS.Require): unknown {
  let found: unknown = require(id);
  for (const name of names) {
    if (found === null || found === undefined || !(name in Object(found))) {
      throw new MissingExportError(id, names.join('.'));
    }
    found = (found as Record<string, unknown>)[name];
  }
  return found;
}

/** Returns what the module keeps in a variable around something that it exports. */
export function keptAround(inside: Inside, around: unknown): unknown {
  const found = findInside(around, inside);
  if (found === undefined) throw new MissingExportError(inside.id, inside.variable);
  return found;
}

/** What `import * as x` makes of a CommonJS module: its exports, live, and itself as `default`. */
export function makeModuleStar(exported: object): object {
  if (types.isModuleNamespaceObject(exported)) return exported;
  const star: Record<string, unknown> = {};
  for (const name of Object.keys(exported)) {
    if (name === 'default') continue;
    const get = () => (exported as Record<string, unknown>)[name];
    Object.defineProperty(star, name, { enumerable: true, get });
  }
  return Object.defineProperty(star, 'default', { enumerable: true, value: exported });
}

export function makeRequire(file: string | undefined, require: NodeJS.Require): NodeJS.Require {
  return file === undefined ? require : createRequire(file);
}

export function makeImportMeta(file: string, require: NodeJS.Require): object {
  const url = file.startsWith('/') ? pathToFileURL(file).href : file;
  const filename = url.startsWith('file:') ? fileURLToPath(url) : url;
  const resolver = url.startsWith('file:') ? createRequire(url) : require;
  const resolve = (specifier: string) => {
    const found = resolver.resolve(specifier);
    return found.startsWith('/') ? pathToFileURL(found).href : found;
  };
  return Object.assign(Object.create(null), { url, filename, dirname: dirname(filename), resolve });
}
