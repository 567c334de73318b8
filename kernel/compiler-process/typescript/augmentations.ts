// What a cell adds to the global scope or to a module: `declare global`, `declare module 'lodash'`. Such
// declarations merge by nature, so one of a later cell stands beside the earlier ones. Taken apart into the
// smallest parts, so that a cell that runs again with other text replaces its own.

import ts from 'typescript';

export interface Part {
  /** What a later part of the same key replaces. No name of a program has it. */
  readonly key: string;
  /** A declaration of its own, in everything that is around it. */
  readonly text: string;
}

/** The keys of all that a cell adds so. */
export function augmentedBy(code: string): string[] {
  if (!/\bdeclare\s+(?:global|module)\b/.test(code)) return [];
  const file = ts.createSourceFile('cell.ts', code, ts.ScriptTarget.Latest, true);
  return file.statements
    .filter((each) => ts.isModuleDeclaration(each))
    .filter(isAugmentation)
    .flatMap((each) => partsOf(each, file).map(({ key }) => key));
}

/** What is added to the global scope, of such keys. */
export function globalNames(keys: readonly string[]): string[] {
  return keys
    .map((key) => key.split('.'))
    .flatMap(([scope, name]) => (scope === 'global' && name ? [name] : []));
}

export function isAugmentation({ name, flags }: ts.ModuleDeclaration): boolean {
  return ts.isStringLiteral(name) || (flags & ts.NodeFlags.GlobalAugmentation) !== 0;
}

export function partsOf(declaration: ts.ModuleDeclaration, file: ts.SourceFile): Part[] {
  return partsWithin(declaration, file, (body) => body, '');
}

type Around = (body: string) => string;

function partsWithin(
  declaration: ts.ModuleDeclaration,
  file: ts.SourceFile,
  around: Around,
  keyAround: string,
): Part[] {
  const { body } = declaration;
  const name = declaration.name.getText(file);
  const key = `${keyAround}${name}.`;
  const whole = { key, text: around(declaration.getText(file)) };
  if (!body) return [whole];
  const head = file.text.slice(declaration.getStart(file), body.getStart(file));
  if (ts.isModuleDeclaration(body)) return partsWithin(body, file, (inner) => around(head + inner), key);
  // Its own imports and exports hold for all of it.
  if (!ts.isModuleBlock(body) || body.statements.length === 0 || body.statements.some(ofTheWhole))
    return [whole];
  return body.statements.flatMap((statement) =>
    partsOfStatement(statement, file, (inner) => around(`${head}{\n${inner}\n}`), key),
  );
}

function partsOfStatement(statement: ts.Statement, file: ts.SourceFile, around: Around, key: string): Part[] {
  const part = (name: string, text = statement.getText(file)): Part => ({
    key: key + name,
    text: around(text),
  });
  if (ts.isModuleDeclaration(statement)) return partsWithin(statement, file, around, key);
  if (ts.isInterfaceDeclaration(statement)) return membersOf(statement, file, part);
  if (ts.isVariableStatement(statement)) {
    const { declarations } = statement.declarationList;
    const [first] = declarations;
    const head = file.text.slice(statement.getStart(file), first?.getStart(file));
    return declarations.map((each) => part(each.name.getText(file), `${head}${each.getText(file)};`));
  }
  const name = (statement as ts.DeclarationStatement).name?.getText(file);
  return [part(name ?? statement.getText(file))];
}

function membersOf(
  statement: ts.InterfaceDeclaration,
  file: ts.SourceFile,
  part: (name: string, text?: string) => Part,
): Part[] {
  const name = statement.name.text;
  if (statement.members.length === 0) return [part(name)];
  const open = statement.getText(file).indexOf('{', statement.members.pos - statement.getStart(file) - 1);
  const head = statement.getText(file).slice(0, open + 1);
  return statement.members.map((member) => {
    const text = member.getFullText(file).trim();
    return part(`${name}.${member.name?.getText(file) ?? text}`, `${head}\n${text}\n}`);
  });
}

function ofTheWhole(statement: ts.Statement): boolean {
  return (
    ts.isImportDeclaration(statement) || ts.isExportAssignment(statement) || ts.isExportDeclaration(statement)
  );
}
