// Why the settings of a tsconfig.json, or of a file that it extends, do not count.

import ts from 'typescript';

/** `error`: in the text of the file, or without a place where there is no text, since it cannot be read. */
export function faultOfFile(path: string, error: ts.Diagnostic): ts.Diagnostic {
  if (error.file) return fault('This file is no JSON, so none of its settings count', error);
  const file = ts.createSourceFile(path, '', ts.ScriptTarget.JSON);
  return fault('This file cannot be read, so none of its settings count', {
    ...error,
    file,
    start: 0,
    length: 0,
  });
}

/** Of the errors in a tsconfig.json, those of what it extends. */
export function faultsOfBases(file: string, errors: readonly ts.Diagnostic[]): ts.Diagnostic[] {
  return errors
    .filter(({ code, file: other }) => OF_EXTENDS.has(code) || (other && other.fileName !== file))
    .map((error) => (error.file ? error : { ...error, ...placeOfExtends(file) }))
    .map((error) => fault('What this file extends cannot be read, so its settings do not count', error));
}

function placeOfExtends(path: string): Pick<ts.Diagnostic, 'file' | 'start' | 'length'> {
  const file = ts.readJsonConfigFile(path, ts.sys.readFile);
  const word = '"extends"';
  return { file, start: file.text.indexOf(word), length: word.length };
}

/** A file is not there; cannot be read; extends itself. */
const OF_EXTENDS: ReadonlySet<number> = new Set([6053, 5083, 18000]);

/** A warning, which has no number of TypeScript's. */
function fault(consequence: string, error: ts.Diagnostic): ts.Diagnostic {
  const why = ts.flattenDiagnosticMessageText(error.messageText, '\n');
  return {
    ...error,
    category: ts.DiagnosticCategory.Warning,
    code: 0,
    messageText: `${consequence}: ${why}`,
  };
}
