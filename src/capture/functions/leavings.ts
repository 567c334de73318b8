// What a function may leave behind in the process where it has run, by its text alone.
import type { AnyNode, Identifier, Program } from 'acorn';
import { fullAncestor } from 'acorn-walk';
import type { Reference } from 'eslint-scope';

/**
 * The free names through which something may stay: each is to be a variable that the function closes over.
 * 'anything': whatever they are, what the text does may leave something.
 */
export type Leavings = 'anything' | ReadonlySet<string>;

/** JavaScript's own, of which a program may call the methods and read the constants. */
const GLOBALS = new Set(
  [
    'Math JSON Object Array Number String Boolean BigInt Symbol Intl console performance',
    'Map Set Date RegExp Error TypeError RangeError ArrayBuffer DataView structuredClone',
    'Int8Array Uint8Array Uint8ClampedArray Int16Array Uint16Array Int32Array Uint32Array',
    'Float32Array Float64Array BigInt64Array BigUint64Array parseInt parseFloat isNaN isFinite',
    'TextEncoder TextDecoder encodeURIComponent decodeURIComponent',
  ].flatMap((line) => line.split(' ')),
);
const CONSTANTS = new Set(['undefined', 'NaN', 'Infinity']);
/** With one of these names a program may come from any object to one of the process. */
const TELLTALES = new Set(['constructor', 'prototype', '__proto__', 'getPrototypeOf', 'caller', 'callee']);

/** `free`: the references of the program to names that are not declared in it. */
export function leavingsOf(program: Program, free: readonly Reference[]): Leavings {
  const uses = new Map<unknown, string>();
  for (const { identifier } of free) {
    if (!CONSTANTS.has(identifier.name)) uses.set(identifier, identifier.name);
  }
  let mayAllStand = true;
  const left = new Set<string>();
  // A use that the walk does not come to cannot be judged.
  const unseen = new Map(uses);
  fullAncestor(program, (node, _state, ancestors) => {
    const [above, around] = [ancestors.at(-3), ancestors.at(-2)];
    unseen.delete(node);
    mayAllStand &&= mayStand(node);
    if (node.type === 'Identifier' && uses.has(node) && !mayUse(node, around, above)) left.add(node.name);
  });
  for (const name of unseen.values()) left.add(name);
  return mayAllStand ? left : 'anything';
}

function mayStand(node: AnyNode): boolean {
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
    default:
      return true;
  }
}

function isTelltale(node: AnyNode): boolean {
  const name = node.type === 'Identifier' ? node.name : node.type === 'Literal' ? String(node.value) : '';
  return TELLTALES.has(name);
}

/** The name is called, or something of it is, or it is a constant: nothing is put into it or given away. */
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
