// A name that nothing declares, but that a module at hand exports: which import was forgotten.

import type ts from 'typescript';
import { importOf, modulesWith } from './modules-by-name';

// Cannot find name 'x'; the same with "Did you mean 'y'?".
const UNKNOWN_NAME = new Set([2304, 2552]);
/** More would be a list to choose from. */
const MOST = 2;

/** A sentence for the end of the diagnostic's message, or an empty text. */
export function importHint(
  { code, file, start = 0, length = 0 }: ts.Diagnostic,
  program: ts.Program,
): string {
  if (!UNKNOWN_NAME.has(code) || !file) return '';
  const name = file.text.slice(start, start + length);
  const modules = modulesWith(name, program);
  if (modules.length === 0 || modules.length > MOST) return '';
  const imports = modules.map((module) => `${importOf(name, module)};`);
  return `\nTo use the one of a module, write first: ${imports.join('   or   ')}`;
}
