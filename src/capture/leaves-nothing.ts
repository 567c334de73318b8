// Whether a captured program can leave nothing behind in the process where it has run: no variable, property
// or timer of that process leads to anything of it afterwards. Only what is seen at once to be so counts.
import type { Captured, FunctionNode, Node } from './captured';
import { readAgain } from './functions/source';

const HARMLESS = new Set<Node['type']>([
  ...(['object', 'array', 'map', 'set', 'error', 'clone', 'view', 'url', 'url-search-params'] as const),
  ...(['symbol', 'function', 'prototype'] as const),
]);

export function leavesNothing({ nodes }: Captured): boolean {
  return nodes.every((node) => HARMLESS.has(node.type) && (node.type !== 'function' || isHarmless(node)));
}

function isHarmless({ source, names, id, homePrototype, privateOwner }: FunctionNode): boolean {
  if (id !== undefined || homePrototype !== undefined || privateOwner !== undefined) return false;
  const leavings = readAgain(source)?.leavings ?? 'anything';
  return leavings !== 'anything' && [...leavings].every((name) => names.includes(name));
}
