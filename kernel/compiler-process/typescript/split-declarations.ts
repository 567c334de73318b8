// The declarations that the compiler's `.d.ts` of a cell is made of, one a name.

import ts from 'typescript';
import type { Declaration, Meaning } from '../../conversations/memory';
import { isAugmentation, partsOf } from './augmentations';

/** Variables that may become anything later, and such as have a value by the end of their cell. */
export type Evolving = ReadonlyMap<string, 'any' | 'present'>;

export function split(emitted: string, evolving: Evolving): Declaration[] {
  const file = ts.createSourceFile('cell.d.ts', emitted, ts.ScriptTarget.Latest, true);
  return file.statements.flatMap((statement) => declarationsOf(statement, file, evolving));
}

function declarationsOf(statement: ts.Statement, file: ts.SourceFile, evolving: Evolving): Declaration[] {
  const whole = (name: string, ...meanings: Meaning[]): Declaration[] => [
    { name, meanings, text: statement.getFullText(file).trimStart() },
  ];
  if (ts.isExportDeclaration(statement)) return [];
  if (ts.isVariableStatement(statement)) return variables(statement, file, evolving);
  if (ts.isImportDeclaration(statement)) return imports(statement, file);
  if (ts.isFunctionDeclaration(statement)) return whole(nameOf(statement), 'value');
  if (ts.isClassDeclaration(statement) || ts.isEnumDeclaration(statement)) {
    return whole(nameOf(statement), 'value', 'type');
  }
  if (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement)) {
    return whole(nameOf(statement), 'type');
  }
  if (ts.isModuleDeclaration(statement)) {
    if (isAugmentation(statement)) {
      return partsOf(statement, file).map(({ key, text }) => ({ name: key, meanings: ['namespace'], text }));
    }
    return whole(statement.name.getText(file), 'value', 'namespace');
  }
  // `import A = N.B`.
  if (ts.isImportEqualsDeclaration(statement)) return whole(nameOf(statement), 'value', 'type', 'namespace');
  // This takes whatever a later TypeScript adds.
  return whole(statement.getText(file), 'value', 'type', 'namespace');
}

function nameOf(declaration: ts.DeclarationStatement): string {
  return declaration.name?.text ?? '';
}

function variables(statement: ts.VariableStatement, file: ts.SourceFile, evolving: Evolving): Declaration[] {
  const list = statement.declarationList;
  const documentation = ts.getJSDocCommentsAndTags(statement).filter(ts.isJSDoc);
  const before = documentation.map((comment) => `${comment.getText(file)}\n`).join('');
  const kind = list.flags & ts.NodeFlags.Const ? 'const' : list.flags & ts.NodeFlags.Let ? 'let' : 'var';
  return list.declarations.map((declaration) => {
    const name = declaration.name.getText(file);
    const late = evolving.get(name);
    const type = late === 'any' ? 'any' : late && `NonNullable<${declaration.type?.getText(file)}>`;
    const declared = type ? `${name}: ${type}` : declaration.getText(file);
    return { name, meanings: ['value'], text: `${before}declare ${kind} ${declared};` };
  });
}

// One declaration a name, so that a later cell can replace a single one of them.
function imports(statement: ts.ImportDeclaration, file: ts.SourceFile): Declaration[] {
  const clause = statement.importClause;
  if (!clause) return [];
  const from = `from ${statement.moduleSpecifier.getText(file)}${statement.attributes?.getText(file) ?? ''};`;
  const keyword = clause.phaseModifier === ts.SyntaxKind.TypeKeyword ? 'import type' : 'import';
  const declare = (name: ts.Identifier, binding: string): Declaration => ({
    name: name.text,
    meanings: ['value', 'type', 'namespace'],
    text: `${keyword} ${binding} ${from}`,
  });
  const found = clause.name ? [declare(clause.name, clause.name.text)] : [];
  const bindings = clause.namedBindings;
  if (!bindings) return found;
  if (ts.isNamespaceImport(bindings)) return [...found, declare(bindings.name, bindings.getText(file))];
  return [...found, ...bindings.elements.map((each) => declare(each.name, `{ ${each.getText(file)} }`))];
}
