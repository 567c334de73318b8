// A cell with a list of its names behind it: `export {a, b}`. tslab would write that list itself, after a
// program of its own that it makes to learn the names, which takes as long as all the rest.

import ts from 'typescript';
import { asJsxIfNeeded } from './jsx';
import { askTypesAtEnd } from './types-at-end';
import { typescript } from './typescript-internals';

let lists = 0;

/**
 * `code` is the cell as tslab is given it. A list differs from every other, so that its file is parsed and
 * bound anew.
 */
export function withExports(code: string, options: ts.CompilerOptions): string {
  const { names, asking } = namesIn(code, options);
  return names.length === 0 ? code : `${code}\n${asking}export {${names.join(', ')}} // ${++lists}`;
}

/** No statement declares without one of these. */
const DECLARING =
  /\b(?:const|let|var|using|function|class|enum|namespace|module|interface|type|import|declare|abstract)\b/;

function namesIn(code: string, options: ts.CompilerOptions): { names: string[]; asking: string } {
  if (!DECLARING.test(code)) return { names: [], asking: '' };
  // It has a statement of a module before it, as the compiler reads it: otherwise its names would be global
  // ones.
  const file = asJsxIfNeeded(
    ts.createSourceFile('cell.ts', `export {};\n${code}`, ts.ScriptTarget.Latest, true),
  );
  const keys = [...typescript.bind(file, options).keys()];
  const names = keys
    .filter(isOfProgram)
    .map((key) => ts.unescapeLeadingUnderscores(key as ts.__String))
    .filter(isName);
  return { names, asking: askTypesAtEnd(file) };
}

/**
 * TypeScript's own entries, such as `__global` for `declare global`, begin with two underscores, and it gives
 * such a name of a program a third.
 */
function isOfProgram(key: string): boolean {
  return !key.startsWith('__') || key.startsWith('___');
}

/** `declare module 'x'` stands in a file's table of names, too, but is no name that it could export. */
function isName(name: string): boolean {
  return /^[\p{ID_Start}$_]/u.test(name);
}
