// Which ES modules have to be loaded again when some files have changed: these, and whatever imports them.

import { isBuiltin } from 'node:module';
import { isEsModule } from './es-module';
import { importedNames, parsed } from './es-syntax';
import { loadRenewed } from './load';
import { markRenewed } from './renewed';
import { implementationOf } from './resolve';

/** `files`: all that may import one that has changed. */
export function renew(files: readonly string[], changed: ReadonlySet<string>): void {
  const imports = new Map(files.map((file) => [file, importsOf(file)]));
  const stale = new Set(files.filter((file) => changed.has(file)));
  for (let before = -1; before !== stale.size; ) {
    before = stale.size;
    for (const [file, imported] of imports) if (imported.some((each) => stale.has(each))) stale.add(file);
  }
  const renewed = [...stale].filter(isEsModule);
  for (const file of renewed) markRenewed(file);
  if (renewed.length > 0) loadRenewed();
}

function importsOf(file: string): string[] {
  const source = parsed(file);
  const names = source ? importedNames(source).filter((name) => !isBuiltin(name)) : [];
  return names.flatMap((name) => implementationOf(name, file) ?? []);
}
