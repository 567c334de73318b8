// The local modules that a file of a notebook's program imports, directly or not.

import type ts from 'typescript';
import { isStudents } from './local-files';
import type { ModuleResolver } from './module-resolution';
import { typescript } from './typescript-internals';

export function importedFiles(
  program: ts.Program,
  root: ts.SourceFile,
  resolver: ModuleResolver,
): ts.SourceFile[] {
  const found = new Set<ts.SourceFile>();
  const visit = (file: ts.SourceFile): void => {
    for (const { text } of typescript.importsOf(file)) {
      const path = resolver.resolve(text, file.fileName)?.resolvedFileName;
      const imported = path && isStudents(path) ? program.getSourceFile(path) : undefined;
      if (!imported || imported.isDeclarationFile || imported === root || found.has(imported)) continue;
      found.add(imported);
      visit(imported);
    }
  };
  visit(root);
  return [...found];
}
