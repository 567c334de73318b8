// What TypeScript knows of an expression, in words: of what type it is, what it has, what its place asks for.

import ts from 'typescript';

export interface AboutNodes {
  /** The type of an expression as TypeScript writes it. */
  typeOf(node: ts.Node): string;
  /** What an expression has, by name. */
  membersOf(node: ts.Node): readonly string[];
  /** Whether `using` can give back what an expression becomes once it is awaited. */
  isDisposedLater(node: ts.Node): boolean;
  /** What the place of an expression asks for: some text, one of these, or none. */
  textFor(node: ts.Node): 'any' | 'none' | readonly string[];
  /** Whether it is a namespace that a cell declares. */
  isOwnNamespace(node: ts.Node): boolean;
  /** The parameters of what is called that must be given, each with its type. */
  parametersOf(call: ts.CallExpression | ts.NewExpression): readonly Parameter[];
}

/** This cell, and what earlier ones have declared. */
const OF_CELLS = /\/__\w+__\.(?:d\.)?ts$/;

interface Parameter {
  readonly name: string;
  readonly type: string;
}

export function aboutNodes(checker: ts.TypeChecker): AboutNodes {
  return {
    typeOf: (node) => checker.typeToString(checker.getTypeAtLocation(node)),
    membersOf: (node) =>
      checker
        .getTypeAtLocation(node)
        .getApparentProperties()
        .map(({ name }) => name),
    isDisposedLater(node) {
      const awaited = checker.getAwaitedType(checker.getTypeAtLocation(node));
      return (awaited?.getApparentProperties() ?? []).some(({ name }) => /^__@(?:async)?dispose/i.test(name));
    },
    textFor(node) {
      const wanted = ts.isExpression(node) ? checker.getContextualType(node) : undefined;
      const kinds = wanted?.isUnion() ? wanted.types : wanted ? [wanted] : [];
      if (kinds.some(({ flags }) => flags & ts.TypeFlags.String)) return 'any';
      const texts = kinds.flatMap((kind) => (kind.isStringLiteral() ? [kind.value] : []));
      return texts.length > 0 ? texts : 'none';
    },
    isOwnNamespace(node) {
      const symbol = checker.getSymbolAtLocation(node);
      const isAlias = symbol && (symbol.flags & ts.SymbolFlags.Alias) !== 0;
      const declared = isAlias ? checker.getAliasedSymbol(symbol) : symbol;
      return (declared?.declarations ?? []).some(
        (each) => ts.isModuleDeclaration(each) && OF_CELLS.test(each.getSourceFile().fileName),
      );
    },
    parametersOf(call) {
      const signature = checker.getResolvedSignature(call);
      const isNeeded = ({ valueDeclaration: it }: ts.Symbol): boolean =>
        it === undefined || !ts.isParameter(it) || !(it.questionToken || it.initializer || it.dotDotDotToken);
      return (signature?.getParameters() ?? []).filter(isNeeded).map((each) => ({
        name: each.name,
        type: checker.typeToString(checker.getTypeOfSymbolAtLocation(each, call)),
      }));
    },
  };
}
