// What is known of a place in a cell: of the name at the cursor, or of the call whose brackets it stands in.

import ts from 'typescript';
import { isLibrary } from '../../our-files';
import { isInternal, isMarked } from './internal-names';
import { quickInfoAt, typescript } from './typescript-internals';

/** Help in the shape that tslab passes on; behind it stands what only a call has. */
export interface Help extends ts.QuickInfo {
  /** The parameter whose turn it is: its name, and what is known of it. */
  readonly parameter?: { readonly name: string; readonly text: string; readonly options: readonly Option[] };
}

/** A property of options that a parameter takes. */
interface Option {
  readonly name: string;
  readonly type: string;
  readonly text: string;
}

/** How many options are shown: more would hide the rest. */
const MOST_OPTIONS = 8;

export function helpAt(
  program: ts.Program,
  file: ts.SourceFile,
  position: number,
  cancellation: ts.CancellationToken,
): Help | undefined {
  const checker = program.getTypeChecker();
  const node = typescript.touchingName(file, position);
  if (isName(node)) {
    const known = quickInfoAt(file, checker, cancellation, position);
    if (known) return withClass(known, node, checker);
  }
  return callAround(program, file, position, cancellation);
}

/** White space touches the file itself, whose symbol is no name of anybody's. */
function isName(node: ts.Node): boolean {
  return (
    ts.isIdentifier(node) || ts.isPrivateIdentifier(node) || ts.isStringLiteralLike(node) || isWord(node)
  );
}

function isWord({ kind }: ts.Node): boolean {
  return kind === ts.SyntaxKind.ThisKeyword || kind === ts.SyntaxKind.SuperKeyword;
}

/** TypeScript tells of `new Lock` what its constructor says of itself; what a lock is, its class says. */
function withClass(known: ts.QuickInfo, node: ts.Node, checker: ts.TypeChecker): ts.QuickInfo {
  const { parent } = node;
  if (!ts.isNewExpression(parent) || parent.expression !== node) return known;
  const own = classOf(node, checker);
  const declaration = ourConstructor(checker.getTypeAtLocation(node).getConstructSignatures());
  const shown = declaration && newText(node, declaration, checker);
  return {
    ...known,
    ...(shown !== undefined && { displayParts: [{ kind: 'text', text: shown }] }),
    ...(own && {
      documentation: own.getDocumentationComment(checker),
      tags: own.getJsDocTags(checker),
    }),
  };
}

/** The first that programs may call, or else any. */
function ourConstructor(signatures: readonly ts.Signature[]): ts.SignatureDeclaration | undefined {
  const declarations = signatures.flatMap(({ declaration }) =>
    declaration && !ts.isJSDocSignature(declaration) && isLibrary(declaration.getSourceFile().fileName)
      ? declaration
      : [],
  );
  return declarations.find((each) => !isMarked(each)) ?? declarations[0];
}

function newText(node: ts.Node, declaration: ts.SignatureDeclaration, checker: ts.TypeChecker): string {
  // Made by the library alone.
  if (isMarked(declaration)) return `class ${node.getText()}`;
  const parameters = declaration.parameters.map((each) => each.getText()).join(', ');
  const { typeParameters = [] } = (classOf(node, checker)?.declarations?.[0] ?? {}) as ts.ClassDeclaration;
  const names = typeParameters.map(({ name }) => name.text).join(', ');
  return `new ${node.getText()}${names === '' ? '' : `<${names}>`}(${parameters})`;
}

function classOf(node: ts.Node, checker: ts.TypeChecker): ts.Symbol | undefined {
  const symbol = checker.getSymbolAtLocation(node);
  const meant = symbol && symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  return meant &&
    (meant.getDocumentationComment(checker).length > 0 || meant.getJsDocTags(checker).length > 0)
    ? meant
    : undefined;
}

function callAround(
  program: ts.Program,
  file: ts.SourceFile,
  position: number,
  cancellation: ts.CancellationToken,
): Help | undefined {
  const found = typescript.signatureHelpAt(program, file, position, cancellation);
  if (!found) return undefined;
  const items = found.items.filter(({ tags }) => !tags.some(({ name }) => name === 'internal'));
  const item = found.items[found.selectedItemIndex];
  const shown = item && items.includes(item) ? item : items[0];
  if (!shown) return undefined;
  const checker = program.getTypeChecker();
  const call = callAt(file, found.applicableSpan.start);
  const own = call && ts.isNewExpression(call) ? classOf(call.expression, checker) : undefined;
  const active = shown.parameters[Math.min(found.argumentIndex, shown.parameters.length - 1)];
  const word = call && ts.isNewExpression(call) ? 'new ' : '';
  return {
    kind: ts.ScriptElementKind.unknown,
    kindModifiers: '',
    textSpan: found.applicableSpan,
    displayParts: [{ kind: 'text', text: word }, ...partsOf(shown)],
    documentation: own?.getDocumentationComment(checker) ?? shown.documentation,
    tags: own?.getJsDocTags(checker) ?? shown.tags,
    ...(active && {
      parameter: {
        name: active.name,
        text: ts.displayPartsToString(active.documentation),
        options: call ? optionsOf(call, active.name, checker) : [],
      },
    }),
  };
}

function partsOf(item: ts.SignatureHelpItem): ts.SymbolDisplayPart[] {
  const parameters = item.parameters.flatMap(({ displayParts }, index) =>
    index === 0 ? displayParts : [...item.separatorDisplayParts, ...displayParts],
  );
  return [...item.prefixDisplayParts, ...parameters, ...item.suffixDisplayParts];
}

/** The innermost call whose arguments begin there. */
function callAt(file: ts.SourceFile, position: number): ts.CallExpression | ts.NewExpression | undefined {
  let found: ts.CallExpression | ts.NewExpression | undefined;
  const visit = (node: ts.Node): void => {
    const isCall = ts.isCallExpression(node) || ts.isNewExpression(node);
    if (isCall && node.expression.end <= position && position <= node.end) found = node;
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** Lists the options of a parameter that takes options of the library's, each with its text. */
function optionsOf(
  call: ts.CallExpression | ts.NewExpression,
  name: string,
  checker: ts.TypeChecker,
): Option[] {
  const signature = checker.getResolvedSignature(call);
  const parameter = signature?.parameters.find((each) => each.name === name);
  if (!parameter) return [];
  const type = checker.getNonNullableType(checker.getTypeOfSymbolAtLocation(parameter, call));
  return checker
    .getPropertiesOfType(type)
    .filter((each) => isOption(each) && !isInternal(each))
    .slice(0, MOST_OPTIONS)
    .map((each) => ({
      name: each.flags & ts.SymbolFlags.Optional ? `${each.name}?` : each.name,
      type: checker.typeToString(checker.getNonNullableType(checker.getTypeOfSymbolAtLocation(each, call))),
      text: ts.displayPartsToString(each.getDocumentationComment(checker)),
    }));
}

function isOption({ valueDeclaration }: ts.Symbol): boolean {
  return (
    valueDeclaration !== undefined &&
    ts.isPropertySignature(valueDeclaration) &&
    isLibrary(valueDeclaration.getSourceFile().fileName)
  );
}
