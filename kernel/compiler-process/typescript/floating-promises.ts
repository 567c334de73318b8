// Finds `lock.acquire();` where `await lock.acquire();` was meant: promises of the library that a statement
// drops.

import ts from 'typescript';
import { isLibrary } from '../../our-files';

/** One warning for each statement that calls a method of ParLab and does nothing with the promise. */
export function floatingPromises(program: ts.Program, file: ts.SourceFile): ts.Diagnostic[] {
  // Looking at types costs time; most cells call nothing of ours in a statement of its own.
  const calls = callStatements(file);
  if (calls.length === 0) return [];
  const checker = program.getTypeChecker();
  return calls.flatMap((call) => {
    const signature = checker.getResolvedSignature(call);
    const declaration = signature?.getDeclaration();
    if (!signature || !declaration || !isLibrary(declaration.getSourceFile().fileName)) return [];
    if (signature.getReturnType().symbol?.name !== 'Promise') return [];
    const start = call.getStart(file);
    const text = call.getText(file);
    const shown = text.length > 60 || text.includes('\n') ? `${call.expression.getText(file)}(…)` : text;
    return {
      category: ts.DiagnosticCategory.Warning,
      code: 0,
      file,
      start,
      length: call.end - start,
      messageText: `Nobody waits for this promise: write \`await ${shown}\`.`,
    };
  });
}

function callStatements(file: ts.SourceFile): ts.CallExpression[] {
  const calls: ts.CallExpression[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isExpressionStatement(node) && ts.isCallExpression(node.expression)) calls.push(node.expression);
    // `() => lock.acquire()` gives the promise to its caller, which may wait.
    ts.forEachChild(node, visit);
  };
  visit(file);
  return calls;
}
