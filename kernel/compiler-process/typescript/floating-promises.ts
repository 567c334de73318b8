// Finds `lock.acquire();` where `await lock.acquire();` was meant: promises of the library that a statement
// drops, or that the program uses as if they were what they become.

import ts from 'typescript';
import { isLibrary } from '../../our-files';

/** What shows a value as a text. */
const SHOWS = /^console\.\w+$/;

/** Returns one warning for each call of a method of ParLab whose promise is not awaited. */
export function floatingPromises(program: ts.Program, file: ts.SourceFile): ts.Diagnostic[] {
  // Looking at types costs time; most cells call nothing of ours in such a place.
  const suspects = suspectsIn(file);
  if (suspects.length === 0) return [];
  const checker = program.getTypeChecker();
  return suspects
    .filter(({ call }) => givesPromiseOfOurs(call, checker))
    .flatMap((suspect) => {
      const said = saidOf(suspect, file, checker);
      return said === undefined ? [] : [warning(suspect.call, said, file)];
    });
}

interface Suspect {
  readonly call: ts.CallExpression;
  /** `q.get();`, `const name = q.get();`, `console.log(q.get())`. */
  readonly as: 'statement' | 'variable' | 'value';
}

function suspectsIn(file: ts.SourceFile): Suspect[] {
  const found: Suspect[] = [];
  const visit = (node: ts.Node): void => {
    // `() => lock.acquire()` gives the promise to its caller, which may wait.
    if (ts.isCallExpression(node)) {
      if (ts.isExpressionStatement(node.parent)) found.push({ call: node, as: 'statement' });
      else if (isVariable(node.parent)) found.push({ call: node, as: 'variable' });
      else if (isUsedAsValue(node)) found.push({ call: node, as: 'value' });
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function isVariable(node: ts.Node): node is ts.VariableDeclaration & { name: ts.Identifier } {
  return ts.isVariableDeclaration(node) && ts.isIdentifier(node.name);
}

/** A promise as a text is never what was meant: `${name}`, or console.log(name). */
function isUsedAsValue({ parent, pos }: ts.Node): boolean {
  if (ts.isTemplateSpan(parent)) return true;
  return (
    ts.isCallExpression(parent) &&
    parent.arguments.some((argument) => argument.pos === pos) &&
    SHOWS.test(parent.expression.getText())
  );
}

function givesPromiseOfOurs(call: ts.CallExpression, checker: ts.TypeChecker): boolean {
  const signature = checker.getResolvedSignature(call);
  const declaration = signature?.getDeclaration();
  if (!signature || !declaration || !isLibrary(declaration.getSourceFile().fileName)) return false;
  return signature.getReturnType().symbol?.name === 'Promise';
}

function saidOf({ call, as }: Suspect, file: ts.SourceFile, checker: ts.TypeChecker): string | undefined {
  const shown = shownText(call, file);
  switch (as) {
    case 'statement':
      return `Nobody waits for this promise: write \`await ${shown}\`.`;
    case 'value':
      return `This shows a promise, not what it becomes: write \`await ${shown}\`.`;
    case 'variable': {
      const { name } = call.parent as ts.VariableDeclaration & { name: ts.Identifier };
      if (!isOnlyShown(name, file, checker)) return undefined;
      return `\`${name.text}\` is a promise, not what it becomes: write \`${name.text} = await ${shown}\`.`;
    }
    default:
      return as satisfies never;
  }
}

/** Anything else that is done with it may be a wait: then or later, here or by whom it is given to. */
function isOnlyShown(name: ts.Identifier, file: ts.SourceFile, checker: ts.TypeChecker): boolean {
  const symbol = checker.getSymbolAtLocation(name);
  let shown = 0;
  let others = 0;
  const visit = (node: ts.Node): void => {
    // What the compiler is given behind the cell: its names and their types.
    if (ts.isExportDeclaration(node) || ts.isTypeAliasDeclaration(node)) return;
    if (ts.isIdentifier(node) && node !== name && node.text === name.text) {
      if (checker.getSymbolAtLocation(node) === symbol) {
        if (isUsedAsValue(node)) shown++;
        else others++;
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return shown > 0 && others === 0;
}

function shownText(call: ts.CallExpression, file: ts.SourceFile): string {
  const text = call.getText(file);
  return text.length > 60 || text.includes('\n') ? `${call.expression.getText(file)}(…)` : text;
}

function warning(call: ts.CallExpression, messageText: string, file: ts.SourceFile): ts.Diagnostic {
  const start = call.getStart(file);
  const category = ts.DiagnosticCategory.Warning;
  return { category, code: 0, file, start, length: call.end - start, messageText };
}
