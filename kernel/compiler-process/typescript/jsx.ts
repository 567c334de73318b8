// JSX in cells. A cell is read as TypeScript first, in which `<T>x` is an assertion, and as TSX only if that
// makes sense of it.

import ts from 'typescript';
import { typescript } from './typescript-internals';

/** The file itself, or what it is when read as TSX. */
export function asJsxIfNeeded(file: ts.SourceFile): ts.SourceFile {
  if (!file.text.includes('<') || typescript.syntaxErrorsOf(file).length === 0) return file;
  const jsx = readAsTsx(file.fileName, file.text);
  if (typescript.syntaxErrorsOf(jsx).length > 0) return file;
  // The program that keeps files between two cells tells them apart by this.
  return Object.assign(jsx, { version: (file as unknown as { version?: string }).version });
}

function readAsTsx(name: string, text: string): ts.SourceFile {
  return ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
}
