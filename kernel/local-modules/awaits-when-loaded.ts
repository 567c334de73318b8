// Whether a local module has to be waited for: it awaits at its top level, or something that it imports does.

import { isBuiltin } from 'node:module';
import { isEsModule } from './es-module';
import { awaitsAtTop, importedNames, parsed } from './es-syntax';
import { isInstalled } from './paths';
import { implementationOf, isTypeScript } from './resolve';

export function awaitsWhenLoaded(file: string, seen = new Set<string>()): boolean {
  if (seen.has(file)) return false;
  seen.add(file);
  if (!isTypeScript(file) && !isEsModule(file)) return false;
  const source = parsed(file);
  if (!source) return false;
  // Of a package, its first file: who waits for nothing loses nothing.
  if (isInstalled(file)) return /\bawait\b/.test(source.text);
  if (awaitsAtTop(source)) return true;
  return importedNames(source).some((name) => {
    const imported = isBuiltin(name) ? undefined : implementationOf(name, file);
    return imported !== undefined && awaitsWhenLoaded(imported, seen);
  });
}
