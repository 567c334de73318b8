// Top-level names become properties of `exports`: where they are used, and where they are declared.

import type {
  AnyNode,
  AssignmentExpression,
  Expression,
  Identifier,
  VariableDeclaration,
  VariableDeclarator,
} from 'acorn';
import { RESULT_NAME } from '../typescript/last-expression';
import type { Rewriting } from './rewriting';

/** `n` → `exports.n`, wherever the syntax around it wants more than that. */
export function rewriteIdentifier(node: Identifier, { text, tree }: Rewriting): void {
  const parent = tree.parentOf(node);
  if (!parent || parent.type === 'ExportSpecifier') return;
  const member = `exports.${node.name}`;
  if (isShorthand(node, parent, tree.parentOf(parent))) {
    text.update(node.start, node.end, `${node.name}: ${member}`);
  } else if (isCalled(node, parent)) {
    // It is called as a plain function: `exports` must not become its `this`. The parenthesis belongs to it,
    // because that is where the engine sees the call.
    const end = text.original[node.end] === '(' ? node.end + 1 : node.end;
    text.update(node.start, end, `(0, ${member})${text.original.slice(node.end, end)}`);
  } else {
    text.update(node.start, node.end, member);
  }
}

/** Another name, or an expression, in the place of an identifier; a property keeps the name that it has. */
export function rename(node: Identifier, name: string, { text, tree }: Rewriting): void {
  const parent = tree.parentOf(node);
  const isAlsoKey = parent !== undefined && isShorthand(node, parent, tree.parentOf(parent));
  text.update(node.start, node.end, isAlsoKey ? `${node.name}: ${name}` : name);
}

/** `class A {}` → `exports.A = class A {};` */
export function rewriteClass(
  node: AnyNode & { type: 'ClassDeclaration' },
  { text, tree, binds }: Rewriting,
): void {
  if (!node.id || tree.parentOf(node)?.type !== 'Program' || !binds(node.id.name)) return;
  // It stands in place of the keyword and not before it: a debugger stops where the statement begins.
  text.update(node.start, node.start + 'class'.length, `exports.${node.id.name} = class`);
  text.appendLeft(node.end, ';');
}

/**
 * `const n = 1` → `exports.n = 1`: the keyword goes, the assignment stays; the names are rewritten on their
 * own.
 */
export function rewriteVariables(node: VariableDeclaration, rewriting: Rewriting): void {
  const { text } = rewriting;
  const exported = node.declarations.map((declarator) => bindsExported(declarator.id, rewriting));
  if (!exported.includes(true)) return;
  const inLoopHead = isLoopHead(node, rewriting.tree.parentOf(node));
  let from = node.start;
  node.declarations.forEach((declarator, index) => {
    const isExported = exported[index] === true;
    const separator = index === 0 ? '' : inLoopHead ? ', ' : '; ';
    const opening = !isExported ? `${node.kind} ` : isTakenApart(declarator) ? '(' : '';
    text.update(from, declarator.id.start, `${separator}${opening}`);
    if (isExported) rewriteDeclarator(declarator, node, rewriting);
    from = declarator.end;
  });
}

function rewriteDeclarator(
  declarator: VariableDeclarator,
  around: VariableDeclaration,
  rewriting: Rewriting,
): void {
  const { text } = rewriting;
  const { id, init } = declarator;
  if (!init) {
    // A `var` has been set by the prelude; in `for (var x of …)` it is the loop that sets it.
    if (around.kind !== 'var') text.appendLeft(declarator.end, ' = undefined');
    return;
  }
  if (isTakenApart(declarator)) text.appendLeft(declarator.end, ')');
  else if (id.type === 'Identifier') nameAnonymous(init, id.name, rewriting);
}

/** `const { a } = b`: as an assignment it needs parentheses. */
function isTakenApart({ id, init }: VariableDeclarator): boolean {
  return id.type !== 'Identifier' && init != null;
}

/** `f = () => …` → `exports.f = { f: () => … }.f` */
export function rewriteAssignment(node: AssignmentExpression, rewriting: Rewriting): void {
  if (node.operator !== '=' || node.left.type !== 'Identifier' || !rewriting.isBinding(node.left)) return;
  if (node.left.name === RESULT_NAME) return;
  nameAnonymous(node.right, node.left.name, rewriting);
}

// `const f = () => …` names the function `f`, `exports.f = () => …` would not.
function nameAnonymous(value: Expression, name: string, { text }: Rewriting): void {
  const isAnonymous =
    value.type === 'ArrowFunctionExpression' ||
    ((value.type === 'FunctionExpression' || value.type === 'ClassExpression') && !value.id);
  if (!isAnonymous) return;
  text.appendRight(value.start, `{ ${name}: `);
  text.appendLeft(value.end, ` }.${name}`);
}

function bindsExported(pattern: AnyNode | null, rewriting: Rewriting): boolean {
  switch (pattern?.type) {
    case 'Identifier':
      return rewriting.isBinding(pattern);
    case 'ObjectPattern':
      return pattern.properties.some((each) =>
        bindsExported(each.type === 'Property' ? each.value : each, rewriting),
      );
    case 'ArrayPattern':
      return pattern.elements.some((each) => bindsExported(each, rewriting));
    case 'AssignmentPattern':
      return bindsExported(pattern.left, rewriting);
    case 'RestElement':
      return bindsExported(pattern.argument, rewriting);
    default:
      return false;
  }
}

function isLoopHead(node: VariableDeclaration, parent: AnyNode | undefined): boolean {
  if (parent?.type === 'ForStatement') return parent.init === node;
  return (parent?.type === 'ForOfStatement' || parent?.type === 'ForInStatement') && parent.left === node;
}

function isShorthand(node: Identifier, parent: AnyNode, around: AnyNode | undefined): boolean {
  if (parent.type === 'Property') return parent.shorthand && parent.value === node;
  if (parent.type !== 'AssignmentPattern' || parent.left !== node) return false;
  return around?.type === 'Property' && around.shorthand;
}

function isCalled(node: Identifier, parent: AnyNode): boolean {
  if (parent.type === 'CallExpression') return parent.callee === node;
  return parent.type === 'TaggedTemplateExpression' && parent.tag === node;
}
