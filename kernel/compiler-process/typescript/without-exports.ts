// `export` in a cell: every top-level binding is exported anyway, so the keyword is blanked out, and what a
// cell would pass on from a module it imports. Lengths stay, so that positions stay.

import ts from 'typescript';

export function withoutExports(code: string): string {
  if (!/\bexport\b/.test(code)) return code;
  const file = ts.createSourceFile('cell.ts', code, ts.ScriptTarget.Latest, false);
  let result = code;
  const replace = (start: number, text: string): void => {
    result = result.slice(0, start) + text + result.slice(start + text.length);
  };
  const blank = (start: number, end: number): void =>
    replace(start, code.slice(start, end).replace(/[^\r\n]/g, ' '));
  for (const statement of file.statements) {
    if (ts.isExportDeclaration(statement)) {
      const start = statement.getStart(file);
      if (!statement.moduleSpecifier) blank(start, statement.end);
      else replace(start, 'import');
      // `export * from 'x'` names nothing: only the module is loaded.
      if (statement.moduleSpecifier && !statement.exportClause) {
        blank(start + 'import'.length, statement.moduleSpecifier.getStart(file));
      }
    } else if (ts.isExportAssignment(statement) && !statement.isExportEquals) {
      blank(statement.getStart(file), statement.expression.getStart(file));
    } else if (ts.canHaveModifiers(statement)) {
      for (const modifier of ts.getModifiers(statement) ?? []) {
        if (isExportKeyword(modifier)) blank(modifier.getStart(file), modifier.end);
      }
    }
  }
  return result;
}

function isExportKeyword({ kind }: ts.Modifier): boolean {
  return kind === ts.SyntaxKind.ExportKeyword || kind === ts.SyntaxKind.DefaultKeyword;
}
