// Whether a captured program can leave nothing behind in the process where it has run: no variable, property
// or timer of that process leads to anything of it afterwards. Only what is seen at once to be so counts.
import { type AnyNode, type Identifier, parse } from 'acorn';
import { fullAncestor } from 'acorn-walk';
import { analyze } from 'eslint-scope';
import type { Captured, FunctionNode, Node } from './captured';

const HARMLESS = new Set<Node['type']>([
  ...(['object', 'array', 'map', 'set', 'error', 'clone', 'view', 'url', 'url-search-params'] as const),
  ...(['symbol', 'function', 'prototype'] as const),
]);

/** JavaScript's own, of which a program may call the methods and read the constants. */
const GLOBALS = new Set([
  ...[
    'Math',
    'JSON',
    'Object',
    'Array',
    'Number',
    'String',
    'Boolean',
    'BigInt',
    'Symbol',
    'Intl',
    'console',
  ],
  ...[
    'Map',
    'Set',
    'Date',
    'RegExp',
    'Error',
    'TypeError',
    'RangeError',
    'ArrayBuffer',
    'DataView',
    'performance',
  ],
  ...[
    'Int8Array',
    'Uint8Array',
    'Uint8ClampedArray',
    'Int16Array',
    'Uint16Array',
    'Int32Array',
    'Uint32Array',
  ],
  ...['Float32Array', 'Float64Array', 'BigInt64Array', 'BigUint64Array', 'parseInt', 'parseFloat', 'isNaN'],
  ...[
    'isFinite',
    'structuredClone',
    'TextEncoder',
    'TextDecoder',
    'encodeURIComponent',
    'decodeURIComponent',
  ],
]);
const CONSTANTS = new Set(['undefined', 'NaN', 'Infinity']);
/** Whoever names them may come from any object to one of the process. */
const TELLTALES = new Set(['constructor', 'prototype', '__proto__', 'getPrototypeOf', 'caller', 'callee']);

export function leavesNothing({ nodes }: Captured): boolean {
  return nodes.every((node) => HARMLESS.has(node.type) && (node.type !== 'function' || isHarmless(node)));
}

function isHarmless({ source, names, id, homePrototype, privateOwner }: FunctionNode): boolean {
  if (id !== undefined || homePrototype !== undefined || privateOwner !== undefined) return false;
  let program: ReturnType<typeof parse>;
  try {
    program = parse(`(${source})`, { ecmaVersion: 'latest', ranges: true });
  } catch {
    return false;
  }
  const known = new Set(names);
  const through = analyze(program as never, { ecmaVersion: 2022, sourceType: 'script' }).globalScope?.through;
  const free = new Set<unknown>();
  for (const { identifier } of through ?? []) {
    if (!known.has(identifier.name) && !CONSTANTS.has(identifier.name)) free.add(identifier);
  }
  let isHarmless = true;
  // A use that the walk does not come to cannot be judged.
  const unseen = new Set(free);
  fullAncestor(program, (node, _state, ancestors) => {
    const [above, around] = [ancestors.at(-3), ancestors.at(-2)];
    unseen.delete(node);
    isHarmless &&= mayStand(node, free, around, above);
  });
  return isHarmless && unseen.size === 0;
}

function mayStand(
  node: AnyNode,
  free: ReadonlySet<unknown>,
  around: AnyNode | undefined,
  above: AnyNode | undefined,
): boolean {
  switch (node.type) {
    case 'ThisExpression':
    case 'Super':
    case 'AwaitExpression':
    case 'ImportExpression':
    case 'MetaProperty':
    case 'WithStatement':
    case 'ClassExpression':
    case 'ClassDeclaration':
      return false;
    case 'FunctionExpression':
    case 'FunctionDeclaration':
    case 'ArrowFunctionExpression':
      return !node.async;
    case 'MemberExpression':
      return node.computed || !isTelltale(node.property);
    case 'ObjectExpression':
    case 'ObjectPattern':
      return node.properties.every(
        (each) => each.type !== 'Property' || each.computed || !isTelltale(each.key),
      );
    case 'Literal':
      return !isTelltale(node);
    case 'Identifier':
      return !free.has(node) || mayUse(node, around, above);
    default:
      return true;
  }
}

function isTelltale(node: AnyNode): boolean {
  const name = node.type === 'Identifier' ? node.name : node.type === 'Literal' ? String(node.value) : '';
  return TELLTALES.has(name);
}

/** It is called, or something of it is, or it is a constant: nothing is put into it, and nobody gets it. */
function mayUse(node: Identifier, around: AnyNode | undefined, above: AnyNode | undefined): boolean {
  if (!GLOBALS.has(node.name)) return false;
  if (around?.type === 'CallExpression' || around?.type === 'NewExpression') return around.callee === node;
  if (around?.type === 'BinaryExpression') return around.operator === 'instanceof' && around.right === node;
  if (around?.type !== 'MemberExpression' || around.computed || around.object !== node) return false;
  if (above?.type === 'CallExpression' && above.callee === around) return true;
  if (above?.type === 'NewExpression' && above.callee === around) return true;
  const isPut = above?.type === 'AssignmentExpression' || above?.type === 'UpdateExpression';
  return !isPut && around.property.type === 'Identifier' && /^[A-Z][A-Z0-9_]*$/.test(around.property.name);
}
