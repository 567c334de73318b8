// Types that no library could name in its declarations, and cells can: those of a package that only another
// package has (as pnpm lays them out), and those that a module uses and does not export. TypeScript would
// write `any`, or a name that means nothing to later cells. The same holds for types of earlier cells whose
// names the cell gives to something else.

import ts from 'typescript';
import { typescript } from './typescript-internals';

/** How TypeScript writes down types that the program does not. */
const WRITERS = [
  'createTypeOfDeclaration',
  'createReturnTypeOfSignatureDeclaration',
  'createTypeOfExpression',
] as const;

type Writer = (
  node: ts.Node,
  enclosing: ts.Node,
  flags: ts.NodeBuilderFlags,
  internalFlags: number,
  tracker: Tracker,
) => ts.TypeNode | undefined;

interface Tracker {
  readonly moduleResolverHost: object;
  trackSymbol(symbol: ts.Symbol, from: ts.Node | undefined, meaning: ts.SymbolFlags): boolean;
}

type Resolver = { readonly [name in (typeof WRITERS)[number]]: Writer } & {
  isSymbolAccessible(
    symbol: ts.Symbol,
    from: ts.Node | undefined,
    meaning: ts.SymbolFlags,
    findsAliases: boolean,
  ): { accessibility: number };
};

interface CheckerInternals {
  getEmitResolver(...parameters: unknown[]): Resolver;
}

const ACCESSIBLE = 0;
/** What was exported here for the names of types alone; its module does not export it. */
const hidden = new WeakSet<ts.Symbol>();

/** Their names, by the files. */
const hiddenIn = new Map<string, Set<ts.__String>>();

const undos: (() => void)[] = [];

export function isHidden(symbol: ts.Symbol): boolean {
  return hidden.has(symbol);
}

/** Returns such a name as it is written in a declaration of the cell. */
export function shadowed(name: string): string {
  return `${name}$shadowed`;
}

const OF_EARLIER_CELLS = /\bimport\("[^"]*__(?:prev|settled)__"\)\.([\p{ID_Continue}$]+)/gu;

/** While `emit` runs for the cell, they are written as imports of the files that they stand in. */
export function withUnnamedTypes(program: ts.Program, cell: ts.SourceFile, emit: () => string): string {
  const checker = program.getTypeChecker() as ts.TypeChecker & CheckerInternals;
  const { getEmitResolver } = checker;
  checker.getEmitResolver = (...parameters) => {
    const resolver = getEmitResolver(...parameters);
    const writers = WRITERS.map((name) => [name, opening(resolver, resolver[name], cell)]);
    return { ...resolver, ...Object.fromEntries(writers) };
  };
  try {
    return emit().replace(OF_EARLIER_CELLS, (_, name: string) => shadowed(name));
  } finally {
    checker.getEmitResolver = getEmitResolver;
    for (const undo of undos.splice(0)) undo();
  }
}

function opening(resolver: Resolver, write: Writer, cell: ts.SourceFile): Writer {
  const { AllowNodeModulesRelativePaths, WriteClassExpressionAsTypeLiteral } = ts.NodeBuilderFlags;
  return (node, enclosing, flags, internalFlags, tracker) => {
    let hasHidden = false;
    const meeting: Tracker = {
      moduleResolverHost: tracker.moduleResolverHost,
      trackSymbol(symbol, from, meaning) {
        if (symbol.flags & ts.SymbolFlags.TypeParameter) return false;
        const { accessibility } = resolver.isSymbolAccessible(symbol, from, meaning, false);
        hasHidden ||= accessibility !== ACCESSIBLE && exportFromItsFile(symbol, cell);
        return false;
      },
    };
    const given = flags | AllowNodeModulesRelativePaths;
    // Without this a class without a name would be written as what it has.
    const named = given & ~WriteClassExpressionAsTypeLiteral;
    const written = write(node, enclosing, named, internalFlags, meeting);
    return hasHidden ? written : write(node, enclosing, given, internalFlags, tracker);
  };
}

function exportFromItsFile(
  symbol: ts.Symbol & { parent?: ts.Symbol | undefined },
  cell?: ts.SourceFile,
): boolean {
  const file = symbol.declarations?.[0]?.parent;
  if (!file || !ts.isSourceFile(file) || file === cell) return false;
  const { symbol: module } = file as ts.SourceFile & { symbol?: ts.Symbol };
  const { exports } = module ?? {};
  if (!module || !exports || exports.has(symbol.escapedName)) return false;
  const { parent } = symbol;
  symbol.parent = module;
  exports.set(symbol.escapedName, symbol);
  if (cell && isAround(cell, file)) {
    undos.push(() => {
      symbol.parent = parent;
      exports.delete(symbol.escapedName);
    });
  } else {
    hidden.add(symbol);
    const names = hiddenIn.get(file.fileName) ?? new Set();
    hiddenIn.set(file.fileName, names.add(symbol.escapedName));
  }
  return true;
}

/** Exports again, for a program that may have read some of the files anew. */
export function exportHiddenAgain(program: ts.Program): void {
  for (const [fileName, names] of hiddenIn) {
    const file = program.getSourceFile(fileName);
    const locals = file && typescript.bind(file, program.getCompilerOptions());
    for (const name of names) {
      const symbol = locals?.get(name as string);
      if (symbol) exportFromItsFile(symbol);
    }
  }
}

/** The declarations of earlier cells. */
function isAround(cell: ts.SourceFile, file: ts.SourceFile): boolean {
  for (let each: ts.Node | undefined = cell; each; each = each.parent) if (each === file) return true;
  return false;
}
