// The statements of a cell, and which names each of them gives a meaning. Reads the text; compiles nothing.

import ts from 'typescript';
import type { Binding, Statement } from '../statement';

export function statementsOf(code: string): Statement[] {
  const file = ts.createSourceFile('cell.ts', code, ts.ScriptTarget.Latest, true);
  return file.statements.map((each) => ({ text: each.getText(file), binds: bindingsOf(each) }));
}

function bindingsOf(statement: ts.Statement): Binding[] {
  if (ts.isImportDeclaration(statement)) return importedBy(statement);
  const declared = ts.isVariableStatement(statement)
    ? statement.declarationList.declarations.flatMap(({ name }) => namesIn(name))
    : namesIn((statement as ts.DeclarationStatement).name);
  const assigned: string[] = [];
  const local = new Set(declared);
  const visit = (node: ts.Node): void => {
    assigned.push(...namesIn(assignedBy(node)));
    if (isVarOfCell(node)) {
      for (const name of namesIn(node.name)) if (!declared.includes(name)) declared.push(name);
    } else if (ts.isVariableDeclaration(node) || ts.isParameter(node)) {
      for (const name of namesIn(node.name)) local.add(name);
    }
    ts.forEachChild(node, visit);
  };
  visit(statement);
  const others = new Set(assigned.filter((name) => !local.has(name)));
  return [
    ...declared.map((name) => ({ name })),
    ...[...others].map((name): Binding => ({ name, isAssigned: true })),
  ];
}

/** A `var` in a block belongs to the function around it, or to the cell. */
function isVarOfCell(node: ts.Node): node is ts.VariableDeclaration {
  if (!ts.isVariableDeclaration(node) || ts.getCombinedNodeFlags(node) & ts.NodeFlags.BlockScoped)
    return false;
  return ts.findAncestor(node, ts.isFunctionLike) === undefined;
}

/** Returns the names, also those of `[a, b]` and `{ c }`, as a declaration or as an assignment has it. */
function namesIn(target: ts.Node | undefined): string[] {
  if (target === undefined || ts.isPropertyAccessExpression(target)) return [];
  if (ts.isElementAccessExpression(target)) return [];
  if (ts.isIdentifier(target)) return [target.text];
  const names: string[] = [];
  ts.forEachChild(target, (child) => void names.push(...namesIn(child)));
  return names;
}

function importedBy({ importClause, moduleSpecifier }: ts.ImportDeclaration): Binding[] {
  const module = moduleSpecifier.getText().slice(1, -1);
  const named = importClause?.namedBindings;
  const all: Binding[] = [];
  if (importClause?.name) all.push({ name: importClause.name.text, from: `${module} default` });
  if (named && ts.isNamespaceImport(named)) all.push({ name: named.name.text, from: `${module} *` });
  if (named && ts.isNamedImports(named)) {
    for (const { name, propertyName = name } of named.elements) {
      all.push({ name: name.text, from: `${module} ${propertyName.text}` });
    }
  }
  return all;
}

/** The target of `x = …`, `x += …`, `x++` or `for (x of …)`. */
function assignedBy(node: ts.Node): ts.Node | undefined {
  if (ts.isBinaryExpression(node)) {
    const { kind } = node.operatorToken;
    const assigns = kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
    return assigns ? node.left : undefined;
  }
  if (ts.isPostfixUnaryExpression(node)) return node.operand;
  if (ts.isPrefixUnaryExpression(node)) {
    const { operator } = node;
    const assigns = operator === ts.SyntaxKind.PlusPlusToken || operator === ts.SyntaxKind.MinusMinusToken;
    return assigns ? node.operand : undefined;
  }
  if (ts.isForOfStatement(node) || ts.isForInStatement(node)) {
    return ts.isVariableDeclarationList(node.initializer) ? undefined : node.initializer;
  }
  return undefined;
}
