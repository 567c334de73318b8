// Which file is loaded for a name that a file of the student's imports: the one from which TypeScript takes
// the types, if that is no declaration.

import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { resolutionOf } from './meaning';
import { projectOf } from './project';

/** Returns undefined for what TypeScript does not find. */
export function implementationOf(name: string, from: string): string | undefined {
  // An option that TypeScript keeps to itself: no declarations.
  const options = { ...resolutionOf(projectOf(dirname(from))), noDtsResolution: true };
  const path = name.startsWith('file:') ? pathOf(name) : name;
  if (path === undefined) return undefined;
  return ts.resolveModuleName(path, from, options, ts.sys).resolvedModule?.resolvedFileName;
}

/** Returns undefined for an address that no file of this machine has. */
function pathOf(url: string): string | undefined {
  try {
    return fileURLToPath(url);
  } catch {
    return undefined;
  }
}

export function isTypeScript(file: string): boolean {
  return /(?<!\.d)\.(?:ts|tsx|mts|cts)$/.test(file);
}
