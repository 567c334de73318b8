// The list of nodes that a capture builds: every object once, described in turn and not recursively, so that
// a long chain of objects needs no deep stack.
import type { Key, Node, Reference, Value } from './captured';
import { isObject } from './is-object';
import type { Path } from './path';

export type Describe = (value: object | symbol, path: Path, graph: Graph) => Node;

interface Pending {
  ref: number;
  value: object | symbol;
  path: Path;
}

interface Watcher {
  next: number;
  watch(object: object, reference: Reference): void;
}

export class Graph {
  readonly nodes: Node[] = [];
  readonly #known = new Map<object | symbol, Reference>();
  readonly #pending: Pending[] = [];
  readonly #watchers: Watcher[] = [];
  readonly #settled = new Set<number>();
  readonly #finishers: (() => void)[] = [];
  readonly #describe: Describe;
  readonly #withIdentity = new Set<object>();

  constructor(describe: Describe) {
    this.#describe = describe;
  }

  /** A primitive as it is, or a reference to a node that will be described soon. */
  refer(value: unknown, path: Path): Value {
    if (!isNodeLike(value)) return value as Value;
    const known = this.#known.get(value);
    if (known !== undefined) return known;
    const reference = { ref: this.nodes.length };
    this.#known.set(value, reference);
    this.nodes.push({ type: 'object' });
    this.#pending.push({ ref: reference.ref, value, path });
    return reference;
  }

  referKey(key: string | symbol, path: Path): Key {
    return typeof key === 'string' ? key : (this.refer(key, path) as Reference);
  }

  /** Describes a value by a node of its own, known before anything comes upon the value by another way. */
  place(value: object, node: Node): Reference {
    const known = this.#known.get(value);
    if (known !== undefined) return known;
    const reference = this.add(node);
    this.#known.set(value, reference);
    return reference;
  }

  /** The same, but also for a value that was come upon before. */
  settle(value: object, node: Node): void {
    const { ref } = this.place(value, node);
    this.nodes[ref] = node;
    this.#settled.add(ref);
  }

  /** It is to be the same one wherever it arrives. */
  keepIdentity(value: object): void {
    this.#withIdentity.add(value);
  }

  *withIdentity(): Generator<[value: object, node: Node]> {
    for (const value of this.#withIdentity) {
      const reference = this.#known.get(value);
      if (reference !== undefined) yield [value, this.nodes[reference.ref] as Node];
    }
  }

  /** A node that stands for no object of this process. */
  add(node: Node): Reference {
    this.nodes.push(node);
    return { ref: this.nodes.length - 1 };
  }

  /** Describes what was referred to, until nothing new appears. */
  complete(): void {
    let next = 0;
    do {
      for (; next < this.#pending.length; next++) {
        const { ref, value, path } = this.#pending[next] as Pending;
        if (!this.#settled.has(ref)) this.nodes[ref] = this.#describe(value, path, this);
      }
      this.#showToWatchers();
    } while (next < this.#pending.length);
    for (const finish of this.#finishers) finish();
  }

  /** Calls back for every object that travels, also those that come later. */
  forEachObject(watch: Watcher['watch']): void {
    this.#watchers.push({ next: 0, watch });
  }

  #showToWatchers(): void {
    for (const watcher of this.#watchers) {
      for (; watcher.next < this.#pending.length; watcher.next++) {
        const { ref, value } = this.#pending[watcher.next] as Pending;
        if (typeof value !== 'symbol') watcher.watch(value, { ref });
      }
    }
  }

  /** For what can only be decided when everything is known. */
  onceComplete(finish: () => void): void {
    this.#finishers.push(finish);
  }
}

export function isPrimitive(value: unknown): value is Exclude<Value, Reference> {
  return !isNodeLike(value);
}

function isNodeLike(value: unknown): value is object | symbol {
  return isObject(value) || typeof value === 'symbol';
}
