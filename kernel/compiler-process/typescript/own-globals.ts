// Interfaces of cells that have the name of a global one. As in any module they are new ones, where the
// student may have meant to add to the global one.

import ts from 'typescript';

export interface OwnGlobal {
  /** The name with its type parameters, such as `Array<T>`. */
  readonly written: string;
  readonly name: string;
  readonly isGeneric: boolean;
  readonly members: ReadonlySet<string>;
}

interface CheckerInternals {
  resolveName(
    name: string,
    location: ts.Node | undefined,
    meaning: ts.SymbolFlags,
    excludesGlobals: boolean,
  ): ts.Symbol | undefined;
}

/** Returns the globals of the cell and of earlier ones. */
export function ownGlobals(program: ts.Program, cell: ts.SourceFile): OwnGlobal[] {
  const found: OwnGlobal[] = [];
  for (let scope: ts.Node | undefined = cell; scope; scope = scope.parent) {
    const { locals } = scope as { locals?: ReadonlyMap<string, ts.Symbol> };
    for (const { name, flags, declarations = [], members } of locals?.values() ?? []) {
      const [declaration] = declarations.filter(ts.isInterfaceDeclaration);
      if (!declaration || flags & ts.SymbolFlags.Value) continue;
      if (!globalOf(name, ts.SymbolFlags.Interface | ts.SymbolFlags.Class, program)) continue;
      const parameters = declaration.typeParameters?.map((each) => each.getText(declaration.getSourceFile()));
      found.push({
        name,
        written: parameters ? `${name}<${parameters.join(', ')}>` : name,
        isGeneric: parameters !== undefined,
        members: new Set([...(members?.keys() ?? [])].map(String)),
      });
    }
  }
  return found;
}

/** `namespace NodeJS { interface ProcessEnv { … } }`: no cell would make another one of types alone. */
export function namespacesOfGlobalName(program: ts.Program, cell: ts.SourceFile): ts.ModuleDeclaration[] {
  return cell.statements
    .filter(ts.isModuleDeclaration)
    .filter(({ name, body }) => ts.isIdentifier(name) && hasOnlyTypes(body))
    .filter(({ name, flags }) => {
      const isAugmentation = (flags & ts.NodeFlags.GlobalAugmentation) !== 0;
      return !isAugmentation && globalOf(name.text, ts.SymbolFlags.Namespace, program) !== undefined;
    });
}

function globalOf(name: string, meaning: ts.SymbolFlags, program: ts.Program): ts.Symbol | undefined {
  const checker = program.getTypeChecker() as ts.TypeChecker & CheckerInternals;
  return checker.resolveName(name, undefined, meaning, false);
}

function hasOnlyTypes(body: ts.ModuleDeclaration['body']): boolean {
  if (!body) return false;
  if (!ts.isModuleBlock(body)) return ts.isModuleDeclaration(body) && hasOnlyTypes(body.body);
  return body.statements.every(
    (each) =>
      ts.isInterfaceDeclaration(each) ||
      ts.isTypeAliasDeclaration(each) ||
      (ts.isModuleDeclaration(each) && hasOnlyTypes(each.body)),
  );
}
