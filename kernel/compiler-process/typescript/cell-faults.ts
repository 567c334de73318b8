// What TypeScript lets pass, and no cell can do: the mistake would come to light far from its place, or as
// the program runs.

import ts from 'typescript';

const OURS = /^parlab(?:\/|$)/;
/** TypeScript's own number of "Module … has no default export". */
const NO_DEFAULT = 1192;
/** TypeScript's own number of "Cannot find name …". */
const NO_NAME = 2304;

/** Names that modules have and cells do not, and what a cell has in their place. */
export const ofModules: ReadonlyMap<string, string> = new Map([
  ['__dirname', 'import.meta.dirname'],
  ['__filename', 'import.meta.filename'],
]);

export function cellFaults(file: ts.SourceFile): ts.Diagnostic[] {
  return [...file.statements.flatMap((statement) => defaultImport(statement, file)), ...namesOfModules(file)];
}

/**
 * `import Process from 'parlab'`: TypeScript would take the whole module for the default that is not there.
 */
function defaultImport(statement: ts.Statement, file: ts.SourceFile): ts.Diagnostic[] {
  if (!ts.isImportDeclaration(statement)) return [];
  const name = statement.importClause?.name;
  const { text } = statement.moduleSpecifier as ts.StringLiteral;
  if (name === undefined || !OURS.test(text)) return [];
  const instead = `import { ${name.text} } from '${text}'`;
  return [fault(name, NO_DEFAULT, `Names of ${text} are imported in braces: write \`${instead}\`.`, file)];
}

/** Unless the cell has its own of that name. */
function namesOfModules(file: ts.SourceFile): ts.Diagnostic[] {
  if (!/__(?:dir|file)name/.test(file.text)) return [];
  const found = new Map<string, ts.Identifier[]>();
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && ofModules.has(node.text)) {
      found.set(node.text, [...(found.get(node.text) ?? []), node]);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return [...found].flatMap(([name, nodes]) => {
    const isOwn = nodes.some((node) => (node.parent as ts.NamedDeclaration).name === node);
    const said = `A cell has no \`${name}\`: write \`${ofModules.get(name)}\`.`;
    return isOwn ? [] : [fault(nodes[0] as ts.Identifier, NO_NAME, said, file)];
  });
}

function fault(node: ts.Node, code: number, messageText: string, file: ts.SourceFile): ts.Diagnostic {
  const start = node.getStart(file);
  return { category: ts.DiagnosticCategory.Error, code, file, start, length: node.end - start, messageText };
}

// TypeScript 7016: a package without types. Its values are `any`, as in any notebook that just wants to use
// it.
const WITHOUT_TYPES = 7016;

export function isForStudents(diagnostic: ts.Diagnostic): boolean {
  return diagnostic.category === ts.DiagnosticCategory.Error && diagnostic.code !== WITHOUT_TYPES;
}
