// `/// <reference … />` at the beginning of a cell. A line that tslab puts before each cell hides it from
// TypeScript: so it is said again before all declarations, from where it holds for the notebook, as it holds
// for a program.

import { dirname, resolve } from 'node:path';
import ts from 'typescript';
import { libraryFile } from './standard-library';

interface Reference extends ts.FileReference {
  readonly kind: 'lib' | 'types' | 'path';
}

/** TypeScript's own numbers and words for one that leads nowhere. */
const NOT_FOUND = {
  lib: { code: 2726, said: 'Cannot find lib definition for' },
  types: { code: 2688, said: 'Cannot find type definition file for' },
  path: { code: 6053, said: 'File not found:' },
} as const;

/** Each as a line of its own. */
export function referenceLines(code: string): string[] {
  return referencesIn(code).map(({ kind, fileName }) => `/// <reference ${kind}="${fileName}" />\n`);
}

/** `start`: how many characters of the file come before the cell. */
export function unknownReferences(program: ts.Program, file: ts.SourceFile, start: number): ts.Diagnostic[] {
  return referencesIn(file.text.slice(start))
    .filter((reference) => !isKnown(reference, program, file))
    .map(({ kind, fileName, pos, end }) => ({
      category: ts.DiagnosticCategory.Error,
      code: NOT_FOUND[kind].code,
      file,
      start: start + pos,
      length: end - pos,
      messageText: `${NOT_FOUND[kind].said} '${fileName}'.`,
    }));
}

function referencesIn(code: string): Reference[] {
  if (!code.includes('<reference')) return [];
  const { libReferenceDirectives, typeReferenceDirectives, referencedFiles } = ts.preProcessFile(code, false);
  const of = (kind: Reference['kind'], found: readonly ts.FileReference[]): Reference[] =>
    found.map((each) => ({ ...each, kind }));
  return [
    ...of('lib', libReferenceDirectives),
    ...of('types', typeReferenceDirectives),
    ...of('path', referencedFiles),
  ];
}

function isKnown({ kind, fileName }: Reference, program: ts.Program, file: ts.SourceFile): boolean {
  if (kind === 'lib') return ts.sys.fileExists(libraryFile(fileName.toLowerCase()));
  if (kind === 'path') return ts.sys.fileExists(resolve(dirname(file.fileName), fileName));
  const options = program.getCompilerOptions();
  const { resolvedTypeReferenceDirective } = ts.resolveTypeReferenceDirective(
    fileName,
    file.fileName,
    options,
    ts.sys,
  );
  return resolvedTypeReferenceDirective?.resolvedFileName !== undefined;
}
