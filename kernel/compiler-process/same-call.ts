// Whether a student's cell is the given one with another answer in it, such as `answer('cores', 'b')`. By
// what is said, not by how: comments, a semicolon, an `await` or the letter in a variable change nothing.

import ts from 'typescript';

/** `given`: as the notebook has it, with texts where the answers belong. */
export function isSameButForTexts(given: string, written: string): boolean {
  const wanted = statementsIn(given);
  const found = statementsIn(written).filter((each) => !isText(each));
  const places = found.map((each) => wanted.findIndex((other) => isSame(other, each)));
  return !places.includes(-1) && wanted.every((_, place) => places.includes(place));
}

function statementsIn(code: string): readonly ts.Node[] {
  const { statements } = ts.createSourceFile('cell.ts', code, ts.ScriptTarget.Latest, true);
  return statements.filter((each) => !ts.isEmptyStatement(each));
}

/** `const mine = 'b';` */
function isText(statement: ts.Node): boolean {
  return (
    ts.isVariableStatement(statement) &&
    statement.declarationList.declarations.every(
      ({ initializer }) => initializer !== undefined && ts.isStringLiteralLike(initializer),
    )
  );
}

function isSame(given: ts.Node, written: ts.Node): boolean {
  const [one, other] = [bare(given), bare(written)];
  if (ts.isStringLiteralLike(one)) return isName(one) ? hasText(other, one.text) : isAnswer(other);
  if (one.kind !== other.kind) return false;
  const [parts, others] = [partsOf(one), partsOf(other)];
  if (parts.length === 0) return others.length === 0 && one.getText() === other.getText();
  return parts.length === others.length && parts.every((part, at) => isSame(part, others[at] as ts.Node));
}

function bare(node: ts.Node): ts.Node {
  const isAround = ts.isAwaitExpression(node) || ts.isParenthesizedExpression(node);
  return isAround ? bare(node.expression) : node;
}

function partsOf(node: ts.Node): ts.Node[] {
  const parts: ts.Node[] = [];
  ts.forEachChild(node, (part) => void parts.push(part));
  return parts;
}

/** Which module, or which question: the first of several arguments. */
function isName(text: ts.Node): boolean {
  const { parent } = text;
  if (ts.isCallExpression(parent)) return parent.arguments.length > 1 && parent.arguments[0] === text;
  return ts.isImportDeclaration(parent);
}

/** A letter, with or without its quotes; no call, and no text that has code in it. */
function isAnswer(node: ts.Node): boolean {
  return ts.isStringLiteralLike(node) || ts.isIdentifier(node) || ts.isNumericLiteral(node);
}

function hasText(node: ts.Node, text: string): boolean {
  return ts.isStringLiteralLike(node) && node.text === text;
}
