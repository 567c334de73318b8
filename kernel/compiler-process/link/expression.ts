// What someone asks a debugger to evaluate, in the student's TypeScript and names: JavaScript for the place
// where it is evaluated.

import ts from 'typescript';
import { link } from './linker';
import type { ModuleLoading } from './rewriting';

class ExpressionError extends Error {
  override readonly name = 'ExpressionError';
}

/** `names`: bindings of the notebook that no variable of the place hides. They become `exports.NAME`. */
export function linkExpression(code: string, names: ReadonlySet<string>, modules: ModuleLoading): string {
  const { outputText, diagnostics = [] } = ts.transpileModule(code, {
    reportDiagnostics: true,
    compilerOptions: {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.ESNext,
      verbatimModuleSyntax: true,
    },
  });
  const wrong = diagnostics[0];
  if (wrong) throw new ExpressionError(ts.flattenDiagnosticMessageText(wrong.messageText, '\n'));
  const linked = link(outputText, names, modules);
  if (linked.isAsync) {
    throw new ExpressionError(
      'An await cannot be evaluated here, because nothing goes on meanwhile: leave it out.',
    );
  }
  return linked.javascript;
}
