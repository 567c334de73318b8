// Which modules at hand export a name: ParLab's own and Node's.

import { readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import ts from 'typescript';
import { typescript } from './typescript-internals';

const OURS = { parlab: 'src', 'parlab/widgets': 'kernel/widgets' };

type ModulesByName = ReadonlyMap<string, readonly string[]>;

let ours: ModulesByName | undefined;
let nodes: ModulesByName | undefined;

/** As they are written in an import; where ParLab has the name, Node's of the same name is hardly meant. */
export function modulesWith(name: string, program: ts.Program): readonly string[] {
  return namesOfOurs().get(name) ?? namesOfNode(program).get(name) ?? [];
}

/** Ours first. */
export function namesBeginningWith(written: string, program: ts.Program): string[] {
  const beginning = (names: ModulesByName) =>
    [...names.keys()].filter((name) => name.startsWith(written)).sort();
  return [...new Set([...beginning(namesOfOurs()), ...beginning(namesOfNode(program))])];
}

export function importOf(name: string, module: string): string {
  return `import { ${name} } from '${module}'`;
}

/** Read from the declarations, which the program need not have loaded. */
function namesOfOurs(): ModulesByName {
  ours ??= collect(Object.entries(OURS).map(([module, folder]) => [module, exportsIn(folder)]));
  return ours;
}

/** The same for every program: they are looked through once. */
function namesOfNode(program: ts.Program): ModulesByName {
  if (nodes) return nodes;
  const checker = program.getTypeChecker();
  // Node's declarations name each module with `node:` and without.
  const modules = checker
    .getAmbientModules()
    .filter(({ name }) => /^"node:/.test(name) && isBuiltin(name.slice(1, -1)));
  nodes = collect(
    modules.map((module) => [
      module.name.slice(1, -1),
      typescript.valuesOf(module, checker).filter((name) => name !== 'default'),
    ]),
  );
  return nodes;
}

function collect(exported: [module: string, names: string[]][]): ModulesByName {
  const modules = new Map<string, string[]>();
  for (const [module, names] of exported) {
    for (const name of names) modules.set(name, [...(modules.get(name) ?? []), module]);
  }
  return modules;
}

function exportsIn(folder: string): string[] {
  const text = readFileSync(join(__dirname, '..', '..', folder, 'index.d.ts'), 'utf8');
  const file = ts.createSourceFile('index.ts', text, ts.ScriptTarget.Latest);
  return file.statements.flatMap((statement) =>
    ts.isExportDeclaration(statement) && statement.exportClause && ts.isNamedExports(statement.exportClause)
      ? statement.exportClause.elements.map(({ name }) => name.text)
      : [],
  );
}
