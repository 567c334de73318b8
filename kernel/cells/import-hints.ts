// A name that nothing declares, but that a module at hand exports: which import was forgotten.

import { readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import ts from 'typescript';

// Cannot find name 'x'; the same with "Did you mean 'y'?".
const UNKNOWN_NAME = new Set([2304, 2552]);
/** More would be a list to choose from. */
const MOST = 2;

const ours = new Map<string, ReadonlySet<string>>();

/** A sentence for the end of the diagnostic's message, or an empty text. */
export function importHint(
  { code, file, start = 0, length = 0 }: ts.Diagnostic,
  program: ts.Program,
): string {
  if (!UNKNOWN_NAME.has(code) || !file) return '';
  const name = file.text.slice(start, start + length);
  const modules = modulesWith(name, program);
  if (modules.length === 0 || modules.length > MOST) return '';
  const imports = modules.map((module) => `import { ${name} } from '${module}';`);
  return `\nTo use the one of a module, write first: ${imports.join('   or   ')}`;
}

function modulesWith(name: string, program: ts.Program): string[] {
  const own = ['parlab', 'parlab/widgets'].filter((module) => exportsOfOurs(module).has(name));
  if (own.length > 0) return own;
  const found = program
    .getTypeChecker()
    .getAmbientModules()
    .filter(({ exports }) => exports?.has(ts.escapeLeadingUnderscores(name)))
    // Node's declarations name each module with `node:` and without.
    .map(({ name: quoted }) => `node:${quoted.slice(1, -1).replace(/^node:/, '')}`);
  return [...new Set(found)].filter((module) => isBuiltin(module));
}

/** Read from the declarations, which the program need not have loaded. */
function exportsOfOurs(module: string): ReadonlySet<string> {
  const known = ours.get(module);
  if (known) return known;
  const folder = join(__dirname, '..', '..', module === 'parlab' ? 'src' : 'kernel/widgets');
  const file = ts.createSourceFile(
    'index.ts',
    readFileSync(join(folder, 'index.d.ts'), 'utf8'),
    ts.ScriptTarget.Latest,
  );
  const names = new Set<string>();
  for (const statement of file.statements) {
    if (!ts.isExportDeclaration(statement) || !statement.exportClause) continue;
    if (ts.isNamedExports(statement.exportClause)) {
      for (const { name } of statement.exportClause.elements) names.add(name.text);
    }
  }
  ours.set(module, names);
  return names;
}
