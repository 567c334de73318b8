// Whether an expression, or a constructor, does nothing but make new things: then it may run where nothing of
// the program should, and the program cannot tell.
import type { AnyNode, Expression, FunctionExpression, Pattern, Property, SpreadElement } from 'acorn';

const MAKERS = new Set([
  ...['Map', 'Set', 'WeakMap', 'WeakSet', 'Array', 'Object', 'Date', 'RegExp', 'URL', 'ArrayBuffer'],
  ...['Uint8Array', 'Int32Array', 'Float64Array', 'Float32Array', 'Uint32Array', 'BigInt64Array'],
  ...['Error', 'RangeError', 'TypeError', 'SyntaxError'],
]);
const CALLED = new Set(['Number', 'String', 'Boolean', 'BigInt', 'Symbol', 'parseInt', 'parseFloat']);
const ASKED = new Set(['Math', 'Number', 'String', 'Array', 'Date', 'performance', 'JSON']);

/** The value of a field, say. */
export function isPure(node: AnyNode | null | undefined): boolean {
  if (node === null || node === undefined) return true;
  switch (node.type) {
    case 'Literal':
    case 'Identifier':
    case 'ThisExpression':
    case 'Super':
    case 'PrivateIdentifier':
    case 'ArrowFunctionExpression':
    case 'FunctionExpression':
      return true;
    case 'TemplateLiteral':
      return node.expressions.every(isPure);
    case 'ArrayExpression':
      return node.elements.every(isPure);
    case 'ObjectExpression':
      return node.properties.every(isPureProperty);
    case 'SpreadElement':
      return isPure(node.argument);
    case 'UnaryExpression':
      return node.operator !== 'delete' && isPure(node.argument);
    case 'BinaryExpression':
    case 'LogicalExpression':
      return isPure(node.left) && isPure(node.right);
    case 'ConditionalExpression':
      return isPure(node.test) && isPure(node.consequent) && isPure(node.alternate);
    case 'ParenthesizedExpression':
    case 'ChainExpression':
      return isPure(node.expression);
    case 'MemberExpression':
      return isPure(node.object) && (!node.computed || isPure(node.property));
    case 'NewExpression':
      return (
        node.callee.type === 'Identifier' && MAKERS.has(node.callee.name) && node.arguments.every(isPure)
      );
    case 'CallExpression':
      return isPureCallee(node.callee) && node.arguments.every(isData);
    default:
      return false;
  }
}

/** Code that is given a function may call it. */
function isData(node: Expression | SpreadElement): boolean {
  if (node.type === 'ArrowFunctionExpression')
    return node.body.type !== 'BlockStatement' && isPure(node.body);
  return node.type !== 'FunctionExpression' && isPure(node);
}

function isPureProperty(property: Property | SpreadElement): boolean {
  if (property.type === 'SpreadElement') return isPure(property);
  return (!property.computed || isPure(property.key)) && isPure(property.value);
}

function isPureCallee(callee: AnyNode): boolean {
  if (callee.type === 'Identifier') return CALLED.has(callee.name);
  if (callee.type !== 'MemberExpression' || callee.computed || callee.property.type !== 'Identifier')
    return false;
  if (callee.object.type === 'Identifier') return ASKED.has(callee.object.name);
  // `new Array(9).fill(0)`
  const isNew = callee.object.type === 'NewExpression' || callee.object.type === 'ArrayExpression';
  return isNew && callee.property.name === 'fill' && isPure(callee.object);
}

/** It may write into its object, unless a private setter would hear of it, and may throw. */
export function isPureConstructor(
  { params, body }: FunctionExpression,
  setters: ReadonlySet<string>,
): boolean {
  return params.every(isPurePattern) && body.body.every((statement) => isPureStatement(statement, setters));
}

function isPureStatement(statement: AnyNode | null | undefined, setters: ReadonlySet<string>): boolean {
  const isFine = (node: AnyNode | null | undefined) => isPureStatement(node, setters);
  if (statement === null || statement === undefined) return true;
  switch (statement.type) {
    case 'ExpressionStatement':
      return isPureStep(statement.expression, setters);
    case 'VariableDeclaration':
      return statement.declarations.every(({ id, init }) => isPurePattern(id) && isPure(init));
    case 'IfStatement':
      return isPure(statement.test) && isFine(statement.consequent) && isFine(statement.alternate);
    case 'BlockStatement':
      return statement.body.every(isFine);
    case 'ThrowStatement':
      return isPure(statement.argument) || statement.argument.type === 'NewExpression';
    case 'EmptyStatement':
      return true;
    default:
      return false;
  }
}

function isPureStep(step: Expression, setters: ReadonlySet<string>): boolean {
  if (step.type === 'CallExpression' && step.callee.type === 'Super') return step.arguments.every(isPure);
  if (step.type !== 'AssignmentExpression' || step.operator !== '=') return isPure(step);
  const { left, right } = step;
  if (left.type !== 'MemberExpression' || left.object.type !== 'ThisExpression' || left.computed)
    return false;
  if (left.property.type === 'PrivateIdentifier' && setters.has(left.property.name)) return false;
  return right.type === 'AssignmentExpression' ? isPureStep(right, setters) : isPure(right);
}

function isPurePattern(pattern: Pattern | null): boolean {
  switch (pattern?.type) {
    case undefined:
    case 'Identifier':
      return true;
    case 'AssignmentPattern':
      return isPurePattern(pattern.left) && isPure(pattern.right);
    case 'RestElement':
      return isPurePattern(pattern.argument);
    case 'ArrayPattern':
      return pattern.elements.every(isPurePattern);
    case 'ObjectPattern':
      return pattern.properties.every((property) =>
        property.type === 'RestElement'
          ? isPurePattern(property.argument)
          : (!property.computed || isPure(property.key)) && isPurePattern(property.value),
      );
    default:
      return false;
  }
}
