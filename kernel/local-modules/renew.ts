// Which ES modules have to be loaded again when some files have changed: these, and whatever imports them.

import { isBuiltin } from 'node:module';
import { isEsModule } from './es-module';
import { importedNames, parsed } from './es-syntax';
import { loadRenewed } from './load';
import { markRenewed } from './renewed';
import { implementationOf } from './resolve';

/** `files`: all that may import one that has changed. */
export function renew(files: readonly string[], changed: ReadonlySet<string>): void {
  const known = new Map<string, boolean>(files.map((file) => [file, changed.has(file)]));
  const isStale = (file: string): boolean => {
    const before = known.get(file);
    if (before !== false) return before === true;
    known.delete(file);
    const stale = importsOf(file).some(isStale);
    known.set(file, stale);
    return stale;
  };
  const stale = files.filter((file) => isEsModule(file) && isStale(file));
  for (const file of stale) markRenewed(file);
  if (stale.length > 0) loadRenewed();
}

function importsOf(file: string): string[] {
  const source = parsed(file);
  const names = source ? importedNames(source).filter((name) => !isBuiltin(name)) : [];
  return names.flatMap((name) => implementationOf(name, file) ?? []);
}
