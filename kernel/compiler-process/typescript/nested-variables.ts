// Declares the `var`s that stand inside loops and blocks of a cell: top-level names, which no library exports
// and the compiler therefore leaves out of its declarations.

import ts from 'typescript';
import { typescript } from './typescript-internals';

const printer = ts.createPrinter();

export function nestedVariables(program: ts.Program, file: ts.SourceFile): string {
  const checker = program.getTypeChecker();
  const locals = [...typescript.bind(file, program.getCompilerOptions()).values()];
  return locals
    .filter(isNested)
    .map((symbol) => declare(symbol, file, checker))
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

function declare(symbol: ts.Symbol, file: ts.SourceFile, checker: ts.TypeChecker): string {
  const { NoTruncation, AllowNodeModulesRelativePaths } = ts.NodeBuilderFlags;
  const flags = NoTruncation | AllowNodeModulesRelativePaths;
  const type = checker.typeToTypeNode(checker.getTypeOfSymbol(symbol), file, flags);
  const written = type ? printer.printNode(ts.EmitHint.Unspecified, type, file) : 'any';
  return `declare var ${symbol.name}: ${written};\n`;
}
