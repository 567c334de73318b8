// What an ES module imports by name is a variable of another module. The other process loads that module
// anew, so its functions and its variables must both be those of the new one, as they are where a compiler
// wrote `module.name`.
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { type Program, parse } from 'acorn';
import type { Script } from './functions/scripts';
import { entryFile, type ModulePlace } from './modules';

interface Import {
  specifier: string;
  /** `default`, or the name there. */
  name: string;
  /** The file, once it is known. */
  id: string | undefined;
}

const read = new WeakMap<Script, Map<string, Import>>();

/**
 * Returns what a variable that is imported by name stands for, if it has that value there. Only of the
 * program's own files: a package may have one build for `import` and one for `require`.
 */
export function importedFrom(variable: string, value: unknown, script: Script): ModulePlace | undefined {
  const found =
    script.isModule && script.url.startsWith('file:') ? importsOf(script).get(variable) : undefined;
  if (found === undefined || !OWN_FILE.test(found.specifier)) return undefined;
  try {
    found.id ??= fileOf(found.specifier, script);
    const { id } = found;
    if (id === entryFile()) return undefined;
    const exported: unknown = require(id);
    const isWhole = found.name === 'default' && exported === value;
    const isIt = isWhole || Object.is((exported as Record<string, unknown>)[found.name], value);
    return isIt ? { id, names: isWhole ? [] : [found.name] } : undefined;
  } catch {
    return undefined; // It has a top-level await, or its loader finds it in another way.
  }
}

function fileOf(specifier: string, { url }: Script): string {
  return createRequire(url).resolve(specifier.startsWith('file:') ? fileURLToPath(specifier) : specifier);
}

const OWN_FILE = /^(?:\.|\/|file:)/;

function importsOf(script: Script): Map<string, Import> {
  const before = read.get(script);
  if (before !== undefined) return before;
  const found = new Map<string, Import>();
  read.set(script, found);
  for (const statement of programOf(script)?.body ?? []) {
    if (statement.type !== 'ImportDeclaration') continue;
    const specifier = String(statement.source.value);
    for (const part of statement.specifiers) {
      if (part.type === 'ImportNamespaceSpecifier') continue;
      const name = part.type === 'ImportDefaultSpecifier' ? 'default' : nameOf(part.imported);
      found.set(part.local.name, { specifier, name, id: undefined });
    }
  }
  return found;
}

function nameOf(
  imported: { type: 'Identifier'; name: string } | { type: 'Literal'; value?: unknown },
): string {
  return imported.type === 'Identifier' ? imported.name : String(imported.value);
}

function programOf({ text }: Script): Program | undefined {
  try {
    return parse(text, { ecmaVersion: 'latest', sourceType: 'module' });
  } catch {
    return undefined; // Syntax that is newer than the parser.
  }
}
