// A default import from a module that has no default export.

import ts from 'typescript';
import type { Rule, Slip } from './slip';

/** "Module … has no default export."; the same where it exports that very name: "Did you mean to use …?" */
const NO_DEFAULT = 1192;
const IN_BRACES = 2613;

function noDefault({ node, code }: Slip): string | undefined {
  let around = node;
  while (around && !ts.isImportDeclaration(around)) around = around.parent;
  const { name, namedBindings } = around?.importClause ?? {};
  if (!around || !name) return undefined;
  const from = around.moduleSpecifier.getText();
  const module = from.slice(1, -1);
  if (code === IN_BRACES) {
    const others = namedBindings && ts.isNamedImports(namedBindings) ? namedBindings.elements : [];
    const names = [name, ...others].map((each) => each.getText()).join(', ');
    return `Names of ${module} are imported in braces: write \`import { ${names} } from ${from}\`.`;
  }
  const instead = namedBindings
    ? `\`import ${namedBindings.getText()} from ${from}\``
    : `\`import { … } from ${from}\`, with names that it exports`;
  return `${module} has no default export: write ${instead}.`;
}

export const importSlips: { readonly [name: string]: Rule } = {
  'a default that a module does not have': { codes: [NO_DEFAULT, IN_BRACES], say: noDefault },
};
