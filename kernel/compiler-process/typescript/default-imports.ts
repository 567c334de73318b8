// `import Process from 'parlab'`: our modules have no default export, but TypeScript would take the whole module
// for one, and the mistake would come to light far from its place.

import ts from 'typescript';

const OURS = /^parlab(?:\/|$)/;
/** TypeScript's own number of "Module … has no default export". */
const NO_DEFAULT = 1192;

export function defaultImports(file: ts.SourceFile): ts.Diagnostic[] {
  return file.statements.flatMap((statement) => {
    if (!ts.isImportDeclaration(statement)) return [];
    const name = statement.importClause?.name;
    const { text } = statement.moduleSpecifier as ts.StringLiteral;
    if (name === undefined || !OURS.test(text)) return [];
    return {
      category: ts.DiagnosticCategory.Error,
      code: NO_DEFAULT,
      file,
      start: name.getStart(file),
      length: name.text.length,
      messageText: `Names of ${text} are imported in braces: write \`import { ${name.text} } from '${text}'\`.`,
    };
  });
}
