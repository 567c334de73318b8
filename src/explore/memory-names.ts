// What shared memory is called that has no name of its own: as the variable of the program that holds it, or
// by its class and a number.
import { type Captured, isReference, type Node, type Value } from '../capture/captured';

interface MemoryName {
  /** 'Value', 'Array' … */
  readonly kind: string;
  readonly name: string;
}

const classes: Readonly<Record<string, string>> = {
  'raw-value': 'RawValue',
  value: 'Value',
  'shared-array': 'Array',
  'shared-memory': 'SharedMemory',
  'shareable-list': 'ShareableList',
};

/** Returns the names, by the place of the memory. */
export function memoryNames({ nodes }: Captured): Map<number, MemoryName> {
  const variables = variablesIn(nodes);
  const found = new Map<number, MemoryName>();
  const counts = new Map<string, number>();
  // The outer ones last, for they say best what it is.
  const order = ['view', 'raw-value', 'value', 'shared-array', 'shared-memory', 'shareable-list'];
  const kindOf = (node: Node) => (node.type === 'composite' ? node.kind : node.type);
  const own = nodes.flatMap((node, ref) => (order.includes(kindOf(node)) ? [{ node, ref }] : []));
  own.sort((a, b) => order.indexOf(kindOf(a.node)) - order.indexOf(kindOf(b.node)));
  for (const { node, ref } of own) {
    const offset = memoryBelow(node, nodes);
    if (offset === undefined) continue;
    const kind = classes[kindOf(node)] ?? 'RawArray';
    const variable = variables.get(ref) ?? found.get(offset)?.name;
    found.set(offset, { kind, name: variable ?? '' });
  }
  for (const [offset, { kind, name }] of [...found].sort(([a], [b]) => a - b)) {
    if (name !== '') continue;
    const number = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, number);
    found.set(offset, { kind, name: `${kind}-${number}` });
  }
  return found;
}

/** Finds the variables of functions first, then what properties of objects are called. */
function variablesIn(nodes: readonly Node[]): Map<number, string> {
  const found = new Map<number, string>();
  const note = (name: string, value: Value | undefined) => {
    if (value !== undefined && isReference(value) && !found.has(value.ref)) found.set(value.ref, name);
  };
  for (const node of nodes) {
    if (node.type === 'function' || node.type === 'class') {
      for (const [at, name] of node.names.entries()) note(name, node.values[at]);
    }
  }
  for (const node of nodes) {
    if (node.type !== 'object') continue;
    for (const [key, value] of node.properties ?? []) if (typeof key === 'string') note(key, value);
  }
  return found;
}

function memoryBelow(node: Node | undefined, nodes: readonly Node[]): number | undefined {
  if (node === undefined) return undefined;
  const below = (value: Value | undefined) =>
    value !== undefined && isReference(value) ? memoryBelow(nodes[value.ref], nodes) : undefined;
  if (node.type === 'composite') return below(node.parts[0]);
  if (node.type === 'view') return below(node.buffer);
  return node.type === 'handle' && node.handle.kind === 'shared-buffer'
    ? Number(node.handle.offset)
    : undefined;
}
