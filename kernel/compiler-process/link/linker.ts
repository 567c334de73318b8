// Links a cell to its notebook: rewrites the compiler's JavaScript (an ES module) into a function body in
// which every top-level binding, of this cell or an earlier one, is read and written as `exports.NAME` at the
// time of use.
//
// So a redefinition reaches functions of earlier cells, and what a cell bound before it threw is kept.

import type { AnyNode, ExportNamedDeclaration } from 'acorn';
import MagicString, { type DecodedSourceMap } from 'magic-string';
import { isTopLevel, parse } from '../../syntax-tree';
import { rewriteAwait } from './awaits';
import { type Binding, findBindings } from './bindings';
import {
  rename,
  rewriteAssignment,
  rewriteClass,
  rewriteIdentifier,
  rewriteVariables,
} from './exported-names';
import { rewriteDynamicImport, rewriteImport } from './imports';
import type { ModuleLoading, Rewriting } from './rewriting';

interface Linked {
  readonly javascript: string;
  /** Maps `javascript` back to what was linked. */
  readonly sourceMap: DecodedSourceMap;
  readonly isAsync: boolean;
  /** The names that the cell binds. */
  readonly names: readonly string[];
  /** The names of earlier cells that it speaks of. */
  readonly uses: readonly string[];
}

export function link(javascript: string, earlier: ReadonlySet<string>, modules: ModuleLoading): Linked {
  const text = new MagicString(javascript);
  const tree = parse(javascript);
  const exportLists = tree.program.body.filter(isExportList);
  const { declared, places, used, ofModule, hiding } = findBindings(
    tree.program,
    exportedNames(exportLists),
    earlier,
  );
  const names = new Set(declared.map(({ name }) => name));
  const rewriting: Rewriting = {
    text,
    tree,
    modules,
    isBinding: (node) => node.type === 'Identifier' && places.has(node),
    binds: (name) => names.has(name),
  };
  let isAsync = false;
  for (const node of tree.nodes) isAsync = rewrite(node, rewriting) || isAsync;
  for (const place of ofModule)
    rename(place, `__module${place.name === 'exports' ? '.exports' : ''}`, rewriting);
  const otherName = freeName('$exports', javascript);
  for (const place of hiding) rename(place, otherName, rewriting);
  for (const list of exportLists) text.remove(list.start, list.end);
  text.prepend(prelude(declared));
  return {
    javascript: text.toString(),
    sourceMap: text.generateDecodedMap({ hires: 'boundary' }),
    isAsync,
    names: [...names],
    uses: [...used],
  };
}

/** No variable of the cell has it. */
function freeName(name: string, javascript: string): string {
  return javascript.includes(name) ? freeName(`$${name}`, javascript) : name;
}

/** Returns whether the node makes the cell wait. */
function rewrite(node: AnyNode, rewriting: Rewriting): boolean {
  switch (node.type) {
    case 'Identifier':
      if (rewriting.isBinding(node)) rewriteIdentifier(node, rewriting);
      return false;
    case 'VariableDeclaration':
      rewriteVariables(node, rewriting);
      return false;
    case 'ClassDeclaration':
      rewriteClass(node, rewriting);
      return false;
    case 'AssignmentExpression':
      rewriteAssignment(node, rewriting);
      return false;
    case 'AwaitExpression':
    case 'ForOfStatement':
      return rewriteAwait(node, rewriting) && isTopLevel(node, rewriting.tree);
    case 'ImportDeclaration':
      return rewriteImport(node, rewriting);
    case 'ImportExpression':
      rewriteDynamicImport(node, rewriting);
      return false;
    case 'MetaProperty':
      if (node.meta.name === 'import') rewriting.text.update(node.start, node.end, '__importMeta');
      return false;
    default:
      return false;
  }
}

// On one line, so that what follows keeps its lines. Functions can be called before their line; a `var` that
// is declared again starts anew.
function prelude(declared: readonly Binding[]): string {
  const first = declared.flatMap(({ name, kind }) => {
    if (kind === 'function') return [`exports.${name} = ${name};`];
    return kind === 'var' ? [`exports.${name} = undefined;`] : [];
  });
  return ['"use strict";', ...first, ''].join(' ');
}

function isExportList(node: AnyNode): node is ExportNamedDeclaration {
  return node.type === 'ExportNamedDeclaration';
}

function exportedNames(lists: readonly ExportNamedDeclaration[]): Set<string> {
  const specifiers = lists.flatMap((list) => list.specifiers);
  return new Set(specifiers.flatMap(({ local }) => (local.type === 'Identifier' ? [local.name] : [])));
}
