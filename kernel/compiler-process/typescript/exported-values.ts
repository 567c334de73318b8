// The values that a module exports, read from the syntax of its file or declarations, which no program need
// have loaded. An `export =` tells too little for that.

import { readFileSync } from 'node:fs';
import ts from 'typescript';

/** The file behind a specifier. */
export type Resolve = (specifier: string, from: string) => string | undefined;

/** Returns the names without `default`. A file that cannot be read exports nothing. */
export function exportedValues(path: string, resolve: Resolve): string[] {
  const values = new Set<string>();
  collect(path, resolve, values, new Set());
  return [...values];
}

function collect(path: string, resolve: Resolve, values: Set<string>, seen: Set<string>): void {
  if (seen.has(path)) return;
  seen.add(path);
  const file = parsed(path);
  if (!file) return;
  for (const statement of file.statements) {
    if (ts.isExportDeclaration(statement)) {
      if (statement.isTypeOnly) continue;
      const from = statement.moduleSpecifier as ts.StringLiteral | undefined;
      if (statement.exportClause) {
        for (const name of namesIn(statement.exportClause, from ? undefined : file)) values.add(name);
        continue;
      }
      const next = from && resolve(from.text, path);
      if (next !== undefined) collect(next, resolve, values, seen);
    } else if (isExported(statement)) {
      for (const name of valuesDeclaredBy(statement)) values.add(name);
    }
  }
  values.delete('default');
}

function parsed(path: string): ts.SourceFile | undefined {
  try {
    return ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest);
  } catch {
    return undefined;
  }
}

/** `declaredIn`: the file itself, if it exports names of its own. */
function namesIn(clause: ts.NamedExportBindings, declaredIn: ts.SourceFile | undefined): string[] {
  if (ts.isNamespaceExport(clause)) return [clause.name.text];
  const types = declaredIn ? typesDeclaredIn(declaredIn) : new Set<string>();
  return clause.elements
    .filter(({ isTypeOnly, name, propertyName = name }) => !isTypeOnly && !types.has(propertyName.text))
    .map(({ name }) => name.text);
}

function typesDeclaredIn(file: ts.SourceFile): Set<string> {
  const types = file.statements
    .filter((each) => ts.isInterfaceDeclaration(each) || ts.isTypeAliasDeclaration(each))
    .map(({ name }) => name.text);
  const values = new Set(file.statements.flatMap(valuesDeclaredBy));
  return new Set(types.filter((name) => !values.has(name)));
}

function isExported(statement: ts.Statement): boolean {
  const modifiers = ts.canHaveModifiers(statement) ? ts.getModifiers(statement) : undefined;
  const has = (kind: ts.SyntaxKind) => modifiers?.some((modifier) => modifier.kind === kind) ?? false;
  return has(ts.SyntaxKind.ExportKeyword) && !has(ts.SyntaxKind.DefaultKeyword);
}

function valuesDeclaredBy(statement: ts.Statement): string[] {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.flatMap(({ name }) =>
      ts.isIdentifier(name) ? [name.text] : [],
    );
  }
  const isValue =
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isEnumDeclaration(statement);
  return isValue && statement.name ? [statement.name.text] : [];
}
