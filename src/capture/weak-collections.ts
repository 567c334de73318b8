// A WeakMap that a function closes over, as compilers make for private fields and programs for memories.
// Nobody can list it, but the other process can only ask for objects that travel with it, and for those its
// contents are known.
import type { Node } from './captured';
import type { Graph } from './graph';
import type { Path } from './path';

export function describeWeak(value: object, path: Path, graph: Graph): Node | undefined {
  if (!path.isVariable || !(value instanceof WeakMap || value instanceof WeakSet)) return undefined;
  const node: Node & { type: 'weak' } = {
    type: 'weak',
    kind: value instanceof WeakMap ? 'WeakMap' : 'WeakSet',
    entries: [],
  };
  graph.forEachObject((object, reference) => {
    if (!value.has(object)) return;
    const held = value instanceof WeakMap ? graph.refer(value.get(object), path.index('the value')) : true;
    node.entries.push([reference, held]);
  });
  return node;
}
