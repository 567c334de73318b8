// The object in which shared variables live on the other side.
import type { Reference, Value } from '../captured';
import type { Graph } from '../graph';

export interface Box {
  hold(graph: Graph, name: string, value: Value): Reference;
}
