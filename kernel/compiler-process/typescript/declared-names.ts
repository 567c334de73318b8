// The names that a cell would bind: also of one that does not compile. What it would import is none of its
// making: a line of Python, `from x import Y`, takes nothing away from the notebook's own Y.

import ts from 'typescript';
import { typescript } from './typescript-internals';

export function declaredNames(code: string): string[] {
  const file = ts.createSourceFile('cell.ts', code, ts.ScriptTarget.Latest, true);
  const symbols = [...typescript.bind(file, {}).entries()];
  return symbols.filter(([, { flags }]) => !(flags & ts.SymbolFlags.Alias)).map(([name]) => String(name));
}
