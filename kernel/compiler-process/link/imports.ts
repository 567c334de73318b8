// Imports of a cell: which names of `exports` take what from which module, loaded by `require` where that
// can.
//
// A name is a property like any other binding, which a later cell may replace and a child process can read.
// Until then it is what the module exports at any time; what Node and we export never changes.

import { isBuiltin } from 'node:module';
import type { Identifier, ImportDeclaration, ImportExpression, Literal } from 'acorn';
import type { Rewriting } from './rewriting';

/** Returns whether the cell has to wait for the module. */
export function rewriteImport(node: ImportDeclaration, rewriting: Rewriting): boolean {
  const { text, tree, modules } = rewriting;
  const written = String(node.source.value);
  const { loading, specifier } = modules.moduleOf(written);
  const awaited = loading === 'import';
  const name = JSON.stringify(specifier);
  const loaded = awaited ? `await __interruptible(__import(require, ${name}))` : `require(${name})`;
  text.update(node.start, node.end, bindAll(node, loaded, awaited, !isFixed(written)));
  // Imports come before everything else, wherever they stand.
  const index = tree.program.body.indexOf(node);
  const first = tree.program.body.slice(0, index).find((each) => each.type !== 'ImportDeclaration');
  if (first) text.move(node.start, node.end, first.start);
  return awaited;
}

function bindAll(node: ImportDeclaration, loaded: string, isNamespace: boolean, isLive: boolean): string {
  const [only] = node.specifiers;
  if (!only) return `${loaded};`;
  if (node.specifiers.length === 1) return bind(only, loaded, isNamespace, isLive);
  // A block of its own, so that no name of the cell can collide with this one.
  const bindings = node.specifiers.map((each) => bind(each, '$module', isNamespace, isLive));
  return `{ const $module = ${loaded}; ${bindings.join(' ')} }`;
}

type Specifier = ImportDeclaration['specifiers'][number];

function bind(specifier: Specifier, loaded: string, isNamespace: boolean, isLive: boolean): string {
  const { name } = specifier.local;
  const imported = specifier.type === 'ImportSpecifier' ? nameOf(specifier.imported) : 'default';
  if (isLive && imported !== 'default')
    return `__liveImport(exports, ${JSON.stringify(name)}, ${loaded}, ${JSON.stringify(imported)});`;
  return `exports.${name} = ${take(specifier, loaded, isNamespace)};`;
}

function isFixed(specifier: string): boolean {
  return isBuiltin(specifier) || /^parlab(?:$|\/)/.test(specifier);
}

function take(specifier: Specifier, loaded: string, isNamespace: boolean): string {
  const module = loaded.startsWith('await ') ? `(${loaded})` : loaded;
  // All of a CommonJS module is its `exports` object itself: the same thing in a child process, found by its
  // name.
  if (specifier.type === 'ImportNamespaceSpecifier') return loaded;
  const name = specifier.type === 'ImportSpecifier' ? nameOf(specifier.imported) : 'default';
  if (name !== 'default' || isNamespace) return `${module}${access(name)}`;
  // Only a module that was compiled from an ES module has a `default` to take; any other is its own default.
  return `((module) => module?.__esModule ? module.default : module)(${loaded})`;
}

/** `import(x)` → `__import(require, x)`, which finds what TypeScript finds, from the notebook's folder. */
export function rewriteDynamicImport(node: ImportExpression, { text }: Rewriting): void {
  text.update(node.start, node.start + 'import'.length, '__import');
  text.appendLeft(node.source.start, 'require, ');
}

function nameOf(imported: Identifier | Literal): string {
  return imported.type === 'Identifier' ? imported.name : String(imported.value);
}

function access(name: string): string {
  return /^[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*$/u.test(name)
    ? `.${name}`
    : `[${JSON.stringify(name)}]`;
}
