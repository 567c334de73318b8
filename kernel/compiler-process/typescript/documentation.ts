// The documentation of the standard library, of Node's types and of ParLab's would be an eighth of all syntax
// trees. Here it is parsed for one declaration at a time, when TypeScript looks for it.

import ts from 'typescript';
import { typescript } from './typescript-internals';

const undocumented = new WeakSet<ts.SourceFile>();
const documented = new WeakSet<ts.Node>();

/**
 * A file whose documentation is parsed on demand, except that of what is deprecated, which comes last in
 * completions.
 */
export function parseUndocumented(
  name: string,
  text: string,
  parsing: ts.ScriptTarget | ts.CreateSourceFileOptions,
): ts.SourceFile {
  const options = typeof parsing === 'object' ? parsing : { languageVersion: parsing };
  const { ParseNone } = ts.JSDocParsingMode;
  const file = ts.createSourceFile(name, text, { ...options, jsDocParsingMode: ParseNone });
  undocumented.add(file);
  for (const { index } of text.matchAll(/@deprecated\b/g)) {
    const node = nodeBehindComment(file, index);
    if (node) document(node, file);
  }
  return file;
}

/** Lets TypeScript find the documentation of such files from now on. */
export function provideDocumentation(): void {
  typescript.beforeDocumentation((declaration) => {
    const file = declaration.getSourceFile();
    if (!undocumented.has(file)) return;
    // It goes up to what the declaration is part of: a parameter is explained where its function is.
    for (let node: ts.Node = declaration; node !== file; node = node.parent) document(node, file);
  });
}

function document(node: ts.Node, file: ts.SourceFile): void {
  if (documented.has(node)) return;
  documented.add(node);
  typescript.attachDocumentation(node, file);
}

function nodeBehindComment(file: ts.SourceFile, position: number): ts.Node | undefined {
  for (let around: ts.Node = file; ; ) {
    const inside: ts.Node | undefined = ts.forEachChild(around, (child) =>
      child.pos <= position && position < child.end ? child : undefined,
    );
    if (!inside || position < inside.getStart(file)) return inside;
    around = inside;
  }
}
