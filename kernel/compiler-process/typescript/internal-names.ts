// What the library calls itself, and marks so, and what a module does not export: no completion offers it,
// and no help shows it.

import ts from 'typescript';
import { isLibrary } from '../../our-files';
import { ofModules } from './cell-faults';
import { isSetAside } from './set-aside';
import { isHidden } from './unnamed-types';

export function isInternal(symbol: ts.Symbol | undefined): boolean {
  if (symbol && isHidden(symbol)) return true;
  const declarations = symbol?.declarations ?? [];
  return declarations.length > 0 && declarations.every(isMarked);
}

export function isMarked(declaration: ts.Node): boolean {
  const file = declaration.getSourceFile();
  if (!isLibrary(file.fileName)) return false;
  // Documentation is parsed only where it is asked for: here the text says enough.
  const comments = ts.getLeadingCommentRanges(file.text, declaration.pos) ?? [];
  const last = comments.at(-1);
  return last !== undefined && /@internal\b/.test(file.text.slice(last.pos, last.end));
}

/** Whether a student may want this completion: what is internal she does not, nor what cells do not have. */
export function isOffered({ name, symbol }: ts.CompletionEntry & { symbol?: ts.Symbol }): boolean {
  // TypeScript's way of writing a symbol begins with two underscores and an at sign.
  return !ofModules.has(name) && !name.startsWith('__@') && !isSetAside(name) && !isInternal(symbol);
}
