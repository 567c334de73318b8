// `export` in a cell: every top-level binding is exported anyway, so the keyword is blanked out. Lengths stay, so
// that positions stay.

import ts from 'typescript';

export function withoutExports(code: string): string {
  if (!/\bexport\b/.test(code)) return code;
  const file = ts.createSourceFile('cell.ts', code, ts.ScriptTarget.Latest, false);
  let result = code;
  const blank = (start: number, end: number): void => {
    result = result.slice(0, start) + result.slice(start, end).replace(/[^\r\n]/g, ' ') + result.slice(end);
  };
  for (const statement of file.statements) {
    if (ts.isExportDeclaration(statement) && !statement.moduleSpecifier && !renames(statement)) {
      blank(statement.getStart(file), statement.end);
    } else if (ts.isExportAssignment(statement) && !statement.isExportEquals) {
      blank(statement.getStart(file), statement.expression.getStart(file));
    } else if (ts.canHaveModifiers(statement)) {
      for (const modifier of ts.getModifiers(statement) ?? []) {
        if (!isExportKeyword(modifier)) continue;
        blank(modifier.getStart(file), modifier.end);
      }
    }
  }
  return result;
}

function isExportKeyword({ kind }: ts.Modifier): boolean {
  return kind === ts.SyntaxKind.ExportKeyword || kind === ts.SyntaxKind.DefaultKeyword;
}

function renames({ exportClause }: ts.ExportDeclaration): boolean {
  return (
    !!exportClause &&
    ts.isNamedExports(exportClause) &&
    exportClause.elements.some((each) => each.propertyName)
  );
}
