// Variables that begin as null or undefined and are given their value in a later cell: within one file
// TypeScript lets their type follow what they are given.

import ts from 'typescript';

/** The names of those at the top level of a cell that say no type of their own. */
export function evolvingVariables(file: ts.SourceFile): Set<string> {
  const names = new Set<string>();
  for (const statement of file.statements) {
    if (!ts.isVariableStatement(statement)) continue;
    const { flags, declarations } = statement.declarationList;
    if (flags & ts.NodeFlags.Constant) continue;
    for (const { name, type, initializer } of declarations) {
      if (ts.isIdentifier(name) && !type && initializer && isNothing(initializer)) names.add(name.text);
    }
  }
  return names;
}

function isNothing(expression: ts.Expression): boolean {
  if (ts.isParenthesizedExpression(expression)) return isNothing(expression.expression);
  if (expression.kind === ts.SyntaxKind.NullKeyword || ts.isVoidExpression(expression)) return true;
  return ts.isIdentifier(expression) && expression.text === 'undefined';
}
