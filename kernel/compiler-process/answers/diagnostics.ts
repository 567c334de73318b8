// What the compiler finds wrong, as a student reads it: the place in her own text, marked, and the message.

import { relative } from 'node:path';
import { quotedLine, shortMessage } from 'parlab/host/short-error';
import ts from 'typescript';
import type { CellDiagnostic } from '../../conversations/cells';

/** A cell as it was written, and how many characters stand before it in the file that the compiler saw. */
interface WrittenCell {
  readonly code: string;
  readonly fileName: string;
  readonly offset: number;
}

export function describe(diagnostic: ts.Diagnostic, cell: WrittenCell, directory: string): CellDiagnostic {
  const { file, start = 0, length = 0, code } = diagnostic;
  const isCell = file === undefined || file.fileName === cell.fileName;
  const text = isCell ? cell.code : file.text;
  const position = isCell ? Math.min(Math.max(start - cell.offset, 0), text.length) : start;
  const before = text.slice(0, position).split(/\r?\n/);
  const line = before.length;
  const column = (before.at(-1) ?? '').length + 1;
  return {
    line,
    column,
    message: shortMessage(ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n')),
    code,
    ...(!isCell && { file: relative(directory, file.fileName) }),
    excerpt: excerpt(text.split(/\r?\n/)[line - 1] ?? '', line, column, length),
  };
}

function excerpt(whole: string, line: number, place: number, length: number): string {
  const { text, column } = quotedLine(whole, place);
  const gutter = `${line} | `;
  const carets = Math.max(1, Math.min(length, text.length - column + 1));
  // Tabs stay tabs, so that the carets stand below what they mark.
  const indent = text.slice(0, column - 1).replace(/[^\t]/g, ' ');
  return `${gutter}${text}\n${' '.repeat(gutter.length - 2)}| ${indent}${'^'.repeat(carets)}`;
}
