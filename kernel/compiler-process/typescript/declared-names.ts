// The names that a cell would bind: also of one that does not compile.

import ts from 'typescript';
import { typescript } from './typescript-internals';

export function declaredNames(code: string): string[] {
  const file = ts.createSourceFile('cell.ts', code, ts.ScriptTarget.Latest, true);
  return [...typescript.bind(file, {}).keys()].map(String);
}
