// A cell without what only a whole file may have: `export` and a first line for a shell. Every top-level
// binding is exported anyway, so the keyword is blanked out; what would be exported by default has a name or
// is the cell's value; and what a cell would pass on is imported. Lengths stay, so that positions stay.

import ts from 'typescript';

/** The name of a function or a class that has none. */
const DEFAULT_NAME = 'default_';
/** The expression behind it cannot be taken for a block, or for more of the statement before. */
const BEFORE_VALUE = 'void 0,';

export function asStatements(code: string): string {
  const commented = code.replace(/^#!/, '//');
  return /\bexport\b/.test(commented) ? withoutExports(commented) : commented;
}

function withoutExports(code: string): string {
  const file = ts.createSourceFile('cell.ts', code, ts.ScriptTarget.Latest, false);
  let result = code;
  const replace = (start: number, text: string): void => {
    result = result.slice(0, start) + text + result.slice(start + text.length);
  };
  const blank = (start: number, end: number): void =>
    replace(start, code.slice(start, end).replace(/[^\r\n]/g, ' '));
  /** What is shorter than the place that it takes. */
  const write = (start: number, end: number, text: string): void => {
    blank(start, end);
    const [line = ''] = code.slice(start, end).split(/[\r\n]/);
    // There is no room in a first line that is too short: then the keywords stand alone in their lines.
    replace(line.length < text.length ? end - text.length : start, text);
  };
  for (const statement of file.statements) {
    const start = statement.getStart(file);
    if (ts.isExportDeclaration(statement)) {
      if (!statement.moduleSpecifier) blank(start, statement.end);
      else replace(start, 'import');
      // `export * from 'x'` names nothing: only the module is loaded.
      if (statement.moduleSpecifier && !statement.exportClause) {
        blank(start + 'import'.length, statement.moduleSpecifier.getStart(file));
      }
    } else if (ts.isExportAssignment(statement)) {
      write(start, statement.expression.getStart(file), BEFORE_VALUE);
    } else if (isNameless(statement)) {
      const { from, to, text } = named(statement, file);
      write(from, to, text);
    } else if (ts.canHaveModifiers(statement)) {
      for (const modifier of ts.getModifiers(statement) ?? []) {
        if (isExportKeyword(modifier)) blank(modifier.getStart(file), modifier.end);
      }
    }
  }
  return result;
}

type Nameless = ts.FunctionDeclaration | ts.ClassDeclaration;

function isNameless(statement: ts.Statement): statement is Nameless {
  const isOne = ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement);
  return isOne && !statement.name && (statement.modifiers ?? []).some(isExportKeyword);
}

/** `export default async function* (` → `async function* default_ (`: in the place of the keywords. */
function named(statement: Nameless, file: ts.SourceFile): { from: number; to: number; text: string } {
  const [first] = (statement.modifiers ?? []).filter(isExportKeyword);
  const kept = (statement.modifiers ?? []).filter((each) => ts.isModifier(each) && !isExportKeyword(each));
  const keyword = statement.kind === ts.SyntaxKind.ClassDeclaration ? 'class' : 'function';
  const last = statement.modifiers?.end ?? statement.getStart(file);
  const isGenerator = ts.isFunctionDeclaration(statement) && statement.asteriskToken !== undefined;
  const to = isGenerator
    ? (statement.asteriskToken as ts.Node).end
    : file.text.indexOf(keyword, last) + keyword.length;
  const words = [
    ...kept.map((each) => each.getText(file)),
    `${keyword}${isGenerator ? '*' : ''}`,
    DEFAULT_NAME,
  ];
  return { from: first?.getStart(file) ?? last, to, text: words.join(' ') };
}

function isExportKeyword({ kind }: ts.ModifierLike): boolean {
  return kind === ts.SyntaxKind.ExportKeyword || kind === ts.SyntaxKind.DefaultKeyword;
}
