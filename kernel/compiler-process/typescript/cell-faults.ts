// What TypeScript lets pass, and no cell can do: the mistake would come to light far from its place, or as
// the program runs.

import ts from 'typescript';
import { namespacesOfGlobalName } from './own-globals';
import { unknownReferences } from './references';
import { isHidden } from './unnamed-types';

/** Types of Node that a notebook has of its own: all others share those in the standard library. */
const OF_NODE = /[\\/]@types[\\/]node[\\/]/;
const OURS = /^parlab(?:\/|$)/;
/** TypeScript's own number of "Module … has no default export". */
const NO_DEFAULT = 1192;
/** TypeScript's own number of the same, with "Did you mean to use 'import { … } from …' instead?". */
const IN_BRACES = 2613;
/** TypeScript's own number of "Cannot find name …". */
const NO_NAME = 2304;

/** TypeScript's own number of "Module … declares … locally, but it is not exported". */
const NOT_EXPORTED = 2459;

/** TypeScript's own number of "Augmentations for the global scope can only be …". */
const OF_GLOBAL_SCOPE = 2669;

/** Names that modules have and cells do not, and what a cell has in their place. */
export const ofModules: ReadonlyMap<string, string> = new Map([
  ['__dirname', 'import.meta.dirname'],
  ['__filename', 'import.meta.filename'],
]);

export function cellFaults(program: ts.Program, file: ts.SourceFile): ts.Diagnostic[] {
  const imports = file.statements.flatMap((statement) => defaultImport(program, statement, file));
  return [
    ...unknownReferences(program, file, file.text.indexOf('\n') + 1),
    ...imports,
    ...namesOfModules(program, file),
    ...notExported(program, file),
    ...namespacesOfGlobalName(program, file).map(({ name }) => newNamespace(name, file)),
  ];
}

function newNamespace(name: ts.ModuleName, file: ts.SourceFile): ts.Diagnostic {
  const said =
    `This is a new \`${name.text}\` of the notebook. ` +
    `To add to the global one, write \`declare global { namespace ${name.text} { … } }\`.`;
  return fault(name, OF_GLOBAL_SCOPE, said, file);
}

/** TypeScript would let them pass: a type of a later cell may be written by such a name. */
function notExported(program: ts.Program, file: ts.SourceFile): ts.Diagnostic[] {
  const checker = program.getTypeChecker();
  const imported = file.statements.filter(ts.isImportDeclaration).flatMap(({ importClause }) => {
    const bindings = importClause?.namedBindings;
    return bindings && ts.isNamedImports(bindings) ? [...bindings.elements] : [];
  });
  return imported.flatMap(({ name, propertyName = name }) => {
    const symbol = checker.getSymbolAtLocation(name);
    const isAlias = symbol && (symbol.flags & ts.SymbolFlags.Alias) !== 0;
    if (!isAlias || !isHidden(checker.getAliasedSymbol(symbol))) return [];
    const said = `Its module declares \`${propertyName.text}\` and does not export it.`;
    return [fault(propertyName, NOT_EXPORTED, said, file)];
  });
}

/**
 * `import Process from 'parlab'`: TypeScript would take the whole module for the default that is not there.
 */
function defaultImport(program: ts.Program, statement: ts.Statement, file: ts.SourceFile): ts.Diagnostic[] {
  if (!ts.isImportDeclaration(statement)) return [];
  const name = statement.importClause?.name;
  const { text } = statement.moduleSpecifier as ts.StringLiteral;
  if (name === undefined || !OURS.test(text)) return [];
  const checker = program.getTypeChecker();
  const module = checker.getSymbolAtLocation(statement.moduleSpecifier);
  const exported = module ? checker.getExportsOfModule(module) : [];
  const isExported = exported.some((each) => each.name === name.text);
  return [fault(name, isExported ? IN_BRACES : NO_DEFAULT, `${text} has no default export.`, file)];
}

/** Returns the names that stand for Node's declaration of them, and not for what a cell has made. */
function namesOfModules(program: ts.Program, file: ts.SourceFile): ts.Diagnostic[] {
  if (!/__(?:dir|file)name/.test(file.text)) return [];
  const checker = program.getTypeChecker();
  const found = new Map<string, ts.Identifier>();
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && ofModules.has(node.text) && !found.has(node.text)) {
      const { declarations = [] } = checker.getSymbolAtLocation(node) ?? {};
      const isOfNode = declarations.every((declaration) => {
        const from = declaration.getSourceFile();
        return program.isSourceFileDefaultLibrary(from) || OF_NODE.test(from.fileName);
      });
      if (declarations.length > 0 && isOfNode) found.set(node.text, node);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return [...found].map(([name, node]) =>
    fault(node, NO_NAME, `A cell has no \`${name}\`: write \`${ofModules.get(name)}\`.`, file),
  );
}

function fault(node: ts.Node, code: number, messageText: string, file: ts.SourceFile): ts.Diagnostic {
  const start = node.getStart(file);
  return { category: ts.DiagnosticCategory.Error, code, file, start, length: node.end - start, messageText };
}

// TypeScript 7016: a package without types. Its values are `any`, as in any notebook that just wants to use
// it.
const WITHOUT_TYPES = 7016;
/** TypeScript's of `import fs = require('fs')` in an ES module: here it is imported all the same. */
const REQUIRED = 1202;

export function isForStudents(diagnostic: ts.Diagnostic): boolean {
  const { category, code } = diagnostic;
  return category === ts.DiagnosticCategory.Error && code !== WITHOUT_TYPES && code !== REQUIRED;
}
