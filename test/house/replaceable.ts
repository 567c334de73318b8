// What a program may replace while ours runs (fake timers do): such names as the sources read them when they are called, and not once
// when they are loaded.

import ts from 'typescript';
import type { Source } from './sources';

const NAMES = new Set([
  ...['setTimeout', 'setInterval', 'setImmediate', 'clearTimeout', 'clearInterval', 'clearImmediate'],
  ...['queueMicrotask', 'structuredClone'],
]);

const MEMBERS: { readonly [object: string]: readonly string[] } = {
  Date: ['now'],
  Math: ['random'],
  performance: ['now'],
  process: ['nextTick', 'hrtime', 'uptime'],
  console: ['log', 'error', 'warn', 'info', 'debug', 'table'],
};

/** Modules whose names are read from the module at each call. */
const OF_NODE = /^node:(timers|timers\/promises|perf_hooks|console)$/;

export interface Read {
  readonly line: number;
  readonly what: string;
}

/** What stands at the top of a file is read when it is loaded, before any program; what stands in a function, later. */
export function readsWhenCalled({ file, text }: Source): Read[] {
  const tree = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const ours = namesOfFile(tree);
  const found: Read[] = [];
  const visit = (node: ts.Node, isCalled: boolean): void => {
    if (ts.isTypeNode(node)) return;
    if (isCalled && isReplaceable(node, ours)) {
      const { line } = tree.getLineAndCharacterOfPosition(node.getStart());
      found.push({ line: line + 1, what: node.getText() });
    }
    ts.forEachChild(node, (child) => visit(child, isCalled || ts.isFunctionLike(node)));
  };
  visit(tree, false);
  return found;
}

function isReplaceable(node: ts.Node, ours: ReadonlySet<string>): boolean {
  if (ts.isPropertyAccessExpression(node)) {
    const object = node.expression.getText().replace(/^globalThis\./, '');
    if (object === 'globalThis') return NAMES.has(node.name.text);
    return MEMBERS[object]?.includes(node.name.text) === true && (object === 'process' || !ours.has(object));
  }
  if (!ts.isIdentifier(node) || !NAMES.has(node.text) || ours.has(node.text)) return false;
  const { parent } = node;
  return !(ts.isPropertyAccessExpression(parent) || ts.isPropertyAssignment(parent)) || parent.name !== node;
}

/** Imports from files of ours, and what is taken at the top of the file. */
function namesOfFile(tree: ts.SourceFile): Set<string> {
  const names = new Set<string>();
  for (const statement of tree.statements) {
    if (ts.isVariableStatement(statement)) {
      for (const { name } of statement.declarationList.declarations) add(name, names);
    }
    if (!ts.isImportDeclaration(statement)) continue;
    const bindings = statement.importClause?.namedBindings;
    if (!bindings || !ts.isNamedImports(bindings)) continue;
    if (OF_NODE.test((statement.moduleSpecifier as ts.StringLiteral).text)) continue;
    for (const { name } of bindings.elements) names.add(name.text);
  }
  return names;
}

function add(name: ts.BindingName, names: Set<string>): void {
  if (ts.isIdentifier(name)) names.add(name.text);
  else for (const element of name.elements) if (ts.isBindingElement(element)) add(element.name, names);
}
