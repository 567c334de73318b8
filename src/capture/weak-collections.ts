// A WeakMap around a function, as compilers make for private fields and programs for memories. It cannot be
// listed, but the other process can only ask for objects that travel with it, and for those its contents are
// known.
import { types } from 'node:util';
import type { Node } from './captured';
import type { Graph } from './graph';
import type { Path } from './path';

export function describeWeak(value: object, path: Path, graph: Graph): Node | undefined {
  const isMap = types.isWeakMap(value);
  if (!path.isAroundFunction || !(isMap || types.isWeakSet(value))) return undefined;
  const node: Node & { type: 'weak' } = {
    type: 'weak',
    kind: isMap ? 'WeakMap' : 'WeakSet',
    entries: [],
  };
  graph.forEachObject((object, reference) => {
    if (!value.has(object)) return;
    const held = isMap ? graph.refer(value.get(object), path.index('the value')) : true;
    node.entries.push([reference, held]);
  });
  return node;
}
