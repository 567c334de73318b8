// What CommonJS has no word for, written in other words when a local module is compiled: `import.meta`,
// `import()` of what only we can load, and await at the top level.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** What was seen in the file that was compiled last. */
export interface Seen {
  awaits: boolean;
  /** The modules that it names in `import` and `export`, in their order. */
  imports: string[];
}

const { factory } = ts;
const META = '__importMeta';
const IMPORT = '__import';
const ASYNC = factory.createModifier(ts.SyntaxKind.AsyncKeyword);

export function esSyntax(seen: Seen): ts.CustomTransformers {
  return {
    before: [(context) => (file) => replaceImports(file, context, seen)],
    after: [() => (file) => (seen.awaits ? inAsyncFunction(file) : file)],
  };
}

/** Returns undefined if it cannot be read. */
export function parsed(file: string): ts.SourceFile | undefined {
  try {
    return ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest);
  } catch {
    return undefined;
  }
}

/** Whether the file awaits when it is loaded. */
export function awaitsAtTop(file: ts.SourceFile): boolean {
  const awaits = (node: ts.Node): boolean => {
    if (ts.isFunctionLike(node) || ts.isPropertyDeclaration(node) || ts.isClassStaticBlockDeclaration(node))
      return false;
    if (ts.isAwaitExpression(node) || (ts.isForOfStatement(node) && node.awaitModifier)) return true;
    const isUsing =
      ts.isVariableDeclarationList(node) &&
      (node.flags & ts.NodeFlags.AwaitUsing) === ts.NodeFlags.AwaitUsing;
    return isUsing || ts.forEachChild(node, awaits) === true;
  };
  return /\bawait\b/.test(file.text) && awaits(file);
}

/** Returns the names without those of types alone. */
export function importedNames({ statements }: ts.SourceFile): string[] {
  return statements.flatMap((statement) => {
    if (
      ts.isImportDeclaration(statement) &&
      statement.importClause?.phaseModifier !== ts.SyntaxKind.TypeKeyword
    )
      return textOf(statement.moduleSpecifier);
    if (ts.isExportDeclaration(statement) && !statement.isTypeOnly) return textOf(statement.moduleSpecifier);
    if (!ts.isImportEqualsDeclaration(statement) || statement.isTypeOnly) return [];
    const { moduleReference } = statement;
    return ts.isExternalModuleReference(moduleReference) ? textOf(moduleReference.expression) : [];
  });
}

function textOf(specifier: ts.Expression | undefined): string[] {
  return specifier && ts.isStringLiteral(specifier) ? [specifier.text] : [];
}

function replaceImports(file: ts.SourceFile, context: ts.TransformationContext, seen: Seen): ts.SourceFile {
  seen.awaits = awaitsAtTop(file);
  seen.imports = importedNames(file);
  // Without this TypeScript leaves an .mts file the ES module that it is.
  if (context.getCompilerOptions().module === ts.ModuleKind.CommonJS)
    Object.assign(ts.getOriginalNode(file), { impliedNodeFormat: undefined });
  const used = new Set<string>();
  const visit = (node: ts.Node): ts.Node => {
    if (ts.isMetaProperty(node) && node.keywordToken === ts.SyntaxKind.ImportKeyword) {
      used.add(META);
      return factory.createIdentifier(META);
    }
    const inside = ts.visitEachChild(node, visit, context);
    if (!ts.isCallExpression(inside) || inside.expression.kind !== ts.SyntaxKind.ImportKeyword) return inside;
    used.add(IMPORT);
    const required = factory.createIdentifier('require');
    return factory.updateCallExpression(inside, factory.createIdentifier(IMPORT), undefined, [
      required,
      ...inside.arguments,
    ]);
  };
  const replaced = ts.visitEachChild(file, visit, context);
  if (used.size === 0) return replaced;
  return factory.updateSourceFile(replaced, [...[...used].map(declare), ...replaced.statements]);
}

function declare(name: string): ts.Statement {
  const value =
    name === META
      ? call(ours('import-meta.js', 'createImportMeta'), [named('__filename'), named('require')])
      : ours('import.js', 'importFrom');
  const declaration = factory.createVariableDeclaration(name, undefined, undefined, value);
  return factory.createVariableStatement(
    undefined,
    factory.createVariableDeclarationList([declaration], ts.NodeFlags.Const),
  );
}

/** `require('…/FILE').NAME` */
function ours(file: string, name: string): ts.Expression {
  const path = factory.createStringLiteral(join(__dirname, file));
  return factory.createPropertyAccessExpression(call(named('require'), [path]), name);
}

function named(name: string): ts.Identifier {
  return factory.createIdentifier(name);
}

function call(called: ts.Expression, args: ts.Expression[]): ts.CallExpression {
  return factory.createCallExpression(called, undefined, args);
}

/** `module.ended = (async () => { … })();`, behind the directives. */
function inAsyncFunction(file: ts.SourceFile): ts.SourceFile {
  const first = file.statements.findIndex(
    (each) => !ts.isExpressionStatement(each) || !ts.isStringLiteral(each.expression),
  );
  const body = factory.createBlock(file.statements.slice(first), true);
  const run = factory.createArrowFunction([ASYNC], undefined, [], undefined, undefined, body);
  const ended = factory.createPropertyAccessExpression(factory.createIdentifier('module'), 'ended');
  const called = factory.createCallExpression(factory.createParenthesizedExpression(run), undefined, []);
  const statement = factory.createExpressionStatement(factory.createAssignment(ended, called));
  return factory.updateSourceFile(file, [...file.statements.slice(0, first), statement]);
}
