// What the compiler refuses, as an error under the cell: the student's own line, marked.

import { errorTitle, warningTitle } from 'parlab/host/error-title';
import type { CellDiagnostic } from '../../conversations/cells';
import type { ShownError } from '../../conversations/session';

/** A notebook full of mistakes is read from the top. */
const SHOWN = 10;

/** `cell` names the cell as stack traces do. */
export function showDiagnostics(diagnostics: readonly CellDiagnostic[], cell: string): ShownError {
  const [first] = diagnostics;
  const others = diagnostics.length - 1;
  const more = others > 0 ? ` (and ${others} more)` : '';
  const shown = diagnostics.slice(0, SHOWN).flatMap((diagnostic) => lines(diagnostic, cell));
  const left = diagnostics.length > SHOWN ? [`… and ${diagnostics.length - SHOWN} more.`] : [];
  return {
    name: 'TypeScriptError',
    message: first ? `${place(first, cell)}: ${first.message}${more}` : `${cell} cannot be compiled.`,
    traceback: [...shown, ...left],
  };
}

/** Empty if there is none. */
export function showWarnings(warnings: readonly CellDiagnostic[], cell: string): string {
  const shown = warnings.map(
    (warning) => `${warningTitle(warning.message)}\n${placeLines(warning, cell).join('\n')}\n`,
  );
  return shown.join('');
}

function lines(diagnostic: CellDiagnostic, cell: string): string[] {
  const { message, code } = diagnostic;
  return [`${errorTitle('TypeScriptError', message)} (TS${code})`, ...placeLines(diagnostic, cell)];
}

/** Returns lines in the shape of every other error: the place, and below it the line with its mark. */
function placeLines(diagnostic: CellDiagnostic, cell: string): string[] {
  const [line = '', mark = ''] = diagnostic.excerpt.split('\n');
  return [`    at ${place(diagnostic, cell)}`, `    > ${line}`, `      ${mark}`];
}

function place({ file, line, column }: CellDiagnostic, cell: string): string {
  return `${file ?? cell}:${line}:${column}`;
}
