// A cell's value: its last statement, if that is an expression, is stored where the session finds it.

import ts from 'typescript';
import { asksTypes } from './types-at-end';

/**
 * The name under which the notebook keeps the value of a cell's last expression, until the session takes it.
 */
export const RESULT_NAME = '__result';

/**
 * Turns a last statement `E;` into `__result = E;`, and says so. To run before any other transformation,
 * since `using` moves what follows it into a `try`.
 */
export function keepLastExpression(file: ts.SourceFile, kept: () => void): ts.SourceFile {
  const index = file.statements.findLastIndex(
    (statement) => !ts.isExportDeclaration(statement) && !asksTypes(statement),
  );
  const last = file.statements[index];
  if (!last || !ts.isExpressionStatement(last)) return file;
  const { factory } = ts;
  const place = factory.createIdentifier(RESULT_NAME);
  const assignment = ts.setSourceMapRange(factory.createAssignment(place, last.expression), last);
  const statements = [...file.statements];
  statements[index] = factory.updateExpressionStatement(last, assignment);
  kept();
  return factory.updateSourceFile(file, statements);
}
