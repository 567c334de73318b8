// Why the settings of a tsconfig.json, or of a file that it extends, do not count.

import { dirname } from 'node:path';
import ts from 'typescript';

export function faultOfFile(error: ts.Diagnostic): ts.Diagnostic {
  return fault('This file is no JSON, so none of its settings count', error);
}

/** What it extends and cannot be read. */
export function faultsOfBases(file: string, readFile: (path: string) => string | undefined): ts.Diagnostic[] {
  // Read so, because then the places of what is wrong are known.
  const source = ts.readJsonConfigFile(file, readFile);
  const host: ts.ParseConfigHost = { ...ts.sys, readFile, readDirectory: () => [] };
  const { errors } = ts.parseJsonSourceFileConfigFileContent(source, host, dirname(file));
  const word = '"extends"';
  const place = { file: source, start: source.text.indexOf(word), length: word.length };
  return errors
    .filter((error) => OF_EXTENDS.has(error.code) || (error.file && error.file !== source))
    .map((error) => ({ ...error, ...(error.file === undefined && place) }))
    .map((error) => fault('What this file extends cannot be read, so its settings do not count', error));
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
