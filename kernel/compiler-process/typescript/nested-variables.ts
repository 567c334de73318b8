// Declares the `var`s that stand inside loops and blocks of a cell: top-level names, which no library exports
// and the compiler therefore leaves out of its declarations.

import ts from 'typescript';
import { typescript } from './typescript-internals';

export function nestedVariables(program: ts.Program, file: ts.SourceFile): string {
  const checker = program.getTypeChecker();
  const locals = [...typescript.bind(file, program.getCompilerOptions()).values()];
  return locals
    .filter(isNested)
    .map((symbol) => declare(symbol, checker))
    .join('');
}

function isNested({ valueDeclaration }: ts.Symbol): boolean {
  const declaration =
    valueDeclaration && ts.isBindingElement(valueDeclaration)
      ? ts.walkUpBindingElementsAndPatterns(valueDeclaration)
      : valueDeclaration;
  if (!declaration || !ts.isVariableDeclaration(declaration)) return false;
  const statement = declaration.parent.parent;
  return !ts.isVariableStatement(statement) || !ts.isSourceFile(statement.parent);
}

function declare(symbol: ts.Symbol, checker: ts.TypeChecker): string {
  const { NoTruncation, UseAliasDefinedOutsideCurrentScope } = ts.TypeFormatFlags;
  const flags = NoTruncation | UseAliasDefinedOutsideCurrentScope;
  return `declare var ${symbol.name}: ${checker.typeToString(checker.getTypeOfSymbol(symbol), undefined, flags)};\n`;
}
