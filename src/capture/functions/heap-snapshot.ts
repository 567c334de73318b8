// V8's picture of the heap: enough of it to follow a function to where its variables stand.
import { getHeapSnapshot } from 'node:v8';
import { type Kinds, type Numbers, SnapshotReader } from './heap-snapshot-reader';
import { inspectorSession, post } from './inspection';

export class HeapSnapshot {
  readonly #ids: Numbers;
  readonly #names: Numbers;
  readonly #sizes: Numbers;
  /** The place of the first kept edge of each node, and one more at the end. */
  readonly #firsts: Numbers;
  /** Kind, name and target, edge by edge. */
  readonly #edges: Numbers;
  readonly #strings: string[];
  readonly #kinds: Kinds;

  constructor(reader: SnapshotReader) {
    const { ids, names, sizes, firsts, edges, strings, kinds } = reader.finish();
    this.#ids = ids;
    this.#names = names;
    this.#sizes = sizes;
    this.#firsts = firsts;
    this.#edges = edges;
    this.#strings = strings;
    this.#kinds = kinds;
  }

  /** The node of the object with this heap object id. */
  node(id: number): number | undefined {
    const index = this.#ids.indexOf(id);
    return index < 0 ? undefined : index;
  }

  id(node: number): number {
    return this.#ids.at(node);
  }

  /** What a string node says; for another, what kind of thing it is. */
  name(node: number): string {
    return this.#strings[this.#names.at(node)] ?? '';
  }

  sizeBytes(node: number): number {
    return this.#sizes.at(node);
  }

  internal(node: number, name: string): number | undefined {
    return this.#named(node, this.#kinds.internal, name);
  }

  /** What a variable of a context holds. */
  variable(context: number, name: string): number | undefined {
    return this.#named(context, this.#kinds.context, name);
  }

  /** What V8 keeps in a thing of its own, in its order. */
  parts(node: number): number[] {
    return this.#targets(node, this.#kinds.hidden);
  }

  /** What a table of V8 holds, in no order. */
  entries(table: number): number[] {
    return this.#targets(table, this.#kinds.internal);
  }

  #targets(node: number, wanted: number): number[] {
    const found: number[] = [];
    this.#each(node, (kind, _name, to) => {
      if (kind === wanted) found.push(to);
    });
    return found;
  }

  #named(node: number, wanted: number, text: string): number | undefined {
    let found: number | undefined;
    this.#each(node, (kind, name, to) => {
      if (kind === wanted && this.#strings[name] === text) found = to;
    });
    return found;
  }

  #each(node: number, visit: (kind: number, name: number, to: number) => void): void {
    const end = this.#firsts.at(node + 1);
    for (let at = this.#firsts.at(node); at < end; at += 3) {
      visit(this.#edges.at(at), this.#edges.at(at + 1), this.#edges.at(at + 2));
    }
  }
}

/**
 * Takes some tenths of a second in a small program and longer in a large one, for V8 first collects what is
 * garbage. Undefined where V8 does not give it.
 */
export function takeHeapSnapshot(): HeapSnapshot | undefined {
  const reader = new SnapshotReader();
  try {
    // From now on ids stay what they are.
    post(inspectorSession(), 'HeapProfiler.enable', {});
    // The inspector's own way ends in a later turn of the loop since Node 22. This stream puts all of its
    // pieces into itself at the first reading: they are taken at once, for together they are larger than the
    // heap.
    const stream = getHeapSnapshot();
    stream.push = (chunk: Buffer | null) => {
      if (chunk !== null) reader.push(chunk.toString('latin1'));
      return true;
    };
    stream.read(0);
    stream.destroy();
  } catch {
    return undefined;
  }
  return reader.isAtEnd ? new HeapSnapshot(reader) : undefined;
}

/** Until then V8 follows every object that it moves, so that ids stay what they are. */
export function forgetHeapIds(): void {
  post(inspectorSession(), 'HeapProfiler.disable', {});
}
