// A name that nothing declares, but that a module at hand exports: which import was forgotten.

import ts from 'typescript';

// Cannot find name 'x'; the same with "Did you mean 'y'?".
const UNKNOWN_NAME = new Set([2304, 2552]);
/** More would be a list to choose from. */
const MOST = 2;

/**
 * The diagnostic, with a sentence behind its message if there is one to say. `importsOf`: the statements that
 * import a name.
 */
export function withImportHint(
  diagnostic: ts.Diagnostic,
  importsOf: (name: string) => readonly string[],
): ts.Diagnostic {
  const hint = importHint(diagnostic, importsOf);
  if (hint === '') return diagnostic;
  return { ...diagnostic, messageText: ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n') + hint };
}

function importHint(
  { code, file, start = 0, length = 0 }: ts.Diagnostic,
  importsOf: (name: string) => readonly string[],
): string {
  if (!UNKNOWN_NAME.has(code) || !file) return '';
  const imports = importsOf(file.text.slice(start, start + length));
  if (imports.length === 0 || imports.length > MOST) return '';
  return `\nTo use the one of a module, write first: ${imports.map((each) => `${each};`).join('   or   ')}`;
}
