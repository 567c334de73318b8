// Constants that have a value at the end of their cell though they might have had none, as after
// `const m = map.get(k); if (!m) throw …`. Within one file TypeScript knows it; here the cell asks, in a
// statement of types behind it.

import ts from 'typescript';

const ASKING = '$typesAtEnd';

/** Asks for types at the end of the cell. Only a branch makes a type narrower. */
export function askTypesAtEnd(file: ts.SourceFile): string {
  if (!file.statements.some(ts.isIfStatement)) return '';
  const names = file.statements.flatMap(constantsIn);
  return names.length === 0 ? '' : `type ${ASKING} = [${names.map((name) => `typeof ${name}`).join(', ')}]; `;
}

export function asksTypes(statement: ts.Statement): boolean {
  return ts.isTypeAliasDeclaration(statement) && statement.name.text === ASKING;
}

export function presentAtEnd(program: ts.Program, file: ts.SourceFile): string[] {
  const checker = program.getTypeChecker();
  const asked = file.statements.filter(ts.isTypeAliasDeclaration).find(asksTypes)?.type;
  if (!asked || !ts.isTupleTypeNode(asked)) return [];
  const nothing = ts.TypeFlags.Undefined | ts.TypeFlags.Null;
  const mayBeNothing = (type: ts.Type) =>
    (type.isUnion() ? type.types : [type]).some(({ flags }) => (flags & nothing) !== 0);
  return asked.elements.flatMap((element) => {
    if (!ts.isTypeQueryNode(element)) return [];
    const symbol = checker.getSymbolAtLocation(element.exprName);
    const isNarrower =
      symbol &&
      mayBeNothing(checker.getTypeOfSymbol(symbol)) &&
      !mayBeNothing(checker.getTypeFromTypeNode(element));
    return isNarrower ? [element.exprName.getText(file)] : [];
  });
}

function constantsIn(statement: ts.Statement): string[] {
  if (!ts.isVariableStatement(statement)) return [];
  const { flags, declarations } = statement.declarationList;
  if (!(flags & ts.NodeFlags.Const)) return [];
  return declarations.flatMap(({ name }) => (ts.isIdentifier(name) ? [name.text] : []));
}
