// The names that a cell would bind: also of one that does not compile. What it would import is none of its
// making: a line of Python, `from x import Y`, takes nothing away from the notebook's own Y.

import ts from 'typescript';
import { typescript } from './typescript-internals';

/** A definition in Python makes nothing, and is meant to. */
const PYTHON_FUNCTION = /^(?:async[ \t]+)?def[ \t]+([\p{L}_$][\p{L}\d_$]*)/gmu;

export function declaredNames(code: string): string[] {
  const file = ts.createSourceFile('cell.ts', code, ts.ScriptTarget.Latest, true);
  const symbols = [...typescript.bind(file, {}).entries()];
  const bound = symbols.filter(([, { flags }]) => !(flags & ts.SymbolFlags.Alias));
  const inPython = [...code.matchAll(PYTHON_FUNCTION)].map(([, name]) => name as string);
  return [...new Set([...bound.map(([name]) => String(name)), ...inPython])];
}
