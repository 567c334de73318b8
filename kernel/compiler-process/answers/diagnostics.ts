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
  const { line, column, quoted } = placeIn(text, position);
  return {
    line,
    column,
    message: shortMessage(ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n')),
    code,
    ...(!isCell && { file: relative(directory, file.fileName) }),
    excerpt: excerpt(quoted, line, column, length),
  };
}

/** There may be one for each word of a long text: nothing is made of what stands before it. */
function placeIn(text: string, position: number): { line: number; column: number; quoted: string } {
  let [line, begins] = [1, 0];
  for (let at = text.indexOf('\n'); at >= 0 && at < position; at = text.indexOf('\n', at + 1)) {
    [line, begins] = [line + 1, at + 1];
  }
  const end = text.indexOf('\n', begins);
  const quoted = text.slice(begins, end < 0 ? text.length : end).replace(/\r$/, '');
  return { line, column: position - begins + 1, quoted };
}

function excerpt(whole: string, line: number, place: number, length: number): string {
  const { text, column } = quotedLine(whole, place);
  const gutter = `${line} | `;
  const carets = Math.max(1, Math.min(length, text.length - column + 1));
  // Tabs stay tabs, so that the carets stand below what they mark.
  const indent = text.slice(0, column - 1).replace(/[^\t]/g, ' ');
  return `${gutter}${text}\n${' '.repeat(gutter.length - 2)}| ${indent}${'^'.repeat(carets)}`;
}
