// What a child gets at its start besides code: the plain values among its arguments and among the variables
// that its target closes over.

import { capture } from '../capture/capture';
import { isReference, type Node, type Value } from '../capture/captured';

/** Primitives, and arrays with their primitives; empty for what cannot travel. */
export function broughtBy(target: (...args: never[]) => unknown, args: readonly unknown[]): unknown[] {
  try {
    const { nodes, root } = capture([target, ...args], { givesIds: false });
    const all = isReference(root) ? nodes[root.ref] : undefined;
    return nodes.flatMap((node) => {
      if (node.type !== 'array') return plain(valuesIn(node));
      return node === all ? plain(node.items) : [plain(node.items), ...plain(node.items)];
    });
  } catch {
    // start() says why.
    return [];
  }
}

function valuesIn(node: Node): readonly Value[] {
  switch (node.type) {
    case 'function':
    case 'class':
      return node.values;
    case 'map':
      return node.entries.flat();
    case 'set':
      return node.items;
    case 'object':
      return (node.properties ?? []).map(([, value]) => value);
    default:
      return [];
  }
}

function plain(values: readonly Value[]): unknown[] {
  return values.filter((value) => !isReference(value));
}
