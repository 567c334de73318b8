// The list of nodes that a capture builds: every object once, described in turn and not recursively, so that
// a long chain of objects needs no deep stack.
import type { Key, Node, Reference, Value } from './captured';
import { isObject } from './is-object';
import { Layouts } from './layouts';
import { Path } from './path';
import type { PlainData } from './plain-data';

type Describe = (value: object | symbol, path: Path, graph: Graph) => Node;

/** Lists side by side, for a table may have a million objects. */
interface Pending {
  readonly refs: number[];
  readonly values: (object | symbol)[];
  readonly paths: Path[];
}

/** It stands in the place of what is described soon. */
const NOT_YET: Node = { type: 'object' };

interface Watcher {
  next: number;
  watch(object: object, reference: Reference): void;
}

export class Graph {
  readonly nodes: Node[] = [];
  readonly #known = new Map<object | symbol, Reference>();
  readonly #pending: Pending = { refs: [], values: [], paths: [] };
  readonly #watchers: Watcher[] = [];
  readonly #settled = new Set<number>();
  readonly #finishers: (() => void)[] = [];
  readonly #describe: Describe;
  readonly #before: readonly Node[];
  readonly #data: PlainData | undefined;
  readonly #withIdentity = new Set<object>();
  readonly layouts = new Layouts();
  /** What the last capture said in the place of what is described now. */
  before: Node | undefined;

  /** What is of the data is not described: it is referred to by numbers below zero. */
  constructor(describe: Describe, before: readonly Node[] = [], data?: PlainData) {
    this.#describe = describe;
    this.#before = before;
    this.#data = data;
  }

  /** The objects that the nodes stand for. */
  objects(): (object | symbol | undefined)[] {
    const objects: (object | symbol | undefined)[] = new Array(this.nodes.length).fill(undefined);
    for (const [value, { ref }] of this.#known) objects[ref] = value;
    return objects;
  }

  /** What the data leads to is described. */
  referFrom(data: PlainData): Node {
    const items = data.exits.map((ref) => this.refer(data.objects[ref], Path.root('')));
    return { type: 'array', length: items.length, items };
  }

  /** A primitive as it is, or a reference to a node that will be described soon. */
  refer(value: unknown, path: Path): Value {
    if (!isNodeLike(value)) return value as Value;
    const known = this.#known.get(value);
    if (known !== undefined) return known;
    const place = typeof value === 'object' ? this.#data?.placeOf(value) : undefined;
    if (place !== undefined) return { ref: -1 - place };
    const reference = { ref: this.nodes.length };
    this.#known.set(value, reference);
    this.nodes.push(NOT_YET);
    this.#pending.refs.push(reference.ref);
    this.#pending.values.push(value);
    this.#pending.paths.push(path);
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
    const { refs, values, paths } = this.#pending;
    let next = 0;
    do {
      for (; next < refs.length; next++) {
        const ref = refs[next] as number;
        if (this.#settled.has(ref)) continue;
        this.before = this.#before[ref];
        this.nodes[ref] = this.#describe(values[next] as object | symbol, paths[next] as Path, this);
      }
      this.#showToWatchers();
    } while (next < refs.length);
    for (const finish of this.#finishers) finish();
  }

  /** Calls back for every object that travels, also those that come later. */
  forEachObject(watch: Watcher['watch']): void {
    this.#watchers.push({ next: 0, watch });
  }

  #showToWatchers(): void {
    const { refs, values } = this.#pending;
    for (const watcher of this.#watchers) {
      for (; watcher.next < refs.length; watcher.next++) {
        const value = values[watcher.next] as object | symbol;
        if (typeof value !== 'symbol') watcher.watch(value, { ref: refs[watcher.next] as number });
      }
    }
  }

  /** Decides at the end what can only be decided when everything is known. */
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
