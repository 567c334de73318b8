// Reads V8's heap snapshot while it comes: one long JSON text, in pieces, as long as the heap is large. Of
// its edges only those inside V8 are kept.

/** What an edge is, by its place in V8's list of kinds. */
export interface Kinds {
  context: number;
  internal: number;
  hidden: number;
}

interface Head {
  snapshot: { meta: { node_fields: string[]; edge_fields: string[]; edge_types: [string[], ...unknown[]] } };
}

/** A list of numbers that grows: tens of millions in a large program. */
export class Numbers {
  #array = new Uint32Array(1 << 16);
  length = 0;

  push(value: number): void {
    if (this.length === this.#array.length) {
      const larger = new Uint32Array(this.length * 2);
      larger.set(this.#array);
      this.#array = larger;
    }
    this.#array[this.length++] = value;
  }

  at(index: number): number {
    return this.#array[index] as number;
  }

  indexOf(value: number): number {
    return this.#array.subarray(0, this.length).indexOf(value);
  }
}

const NODES = '"nodes":[';
const EDGES = '"edges":[';
const STRINGS = '"strings":[';
const ZERO = 48;

export class SnapshotReader {
  readonly #ids = new Numbers();
  readonly #names = new Numbers();
  readonly #sizes = new Numbers();
  readonly #counts = new Numbers();
  readonly #firsts = new Numbers();
  readonly #edges = new Numbers();
  #part: 'head' | 'nodes' | 'before edges' | 'edges' | 'before strings' | 'strings' = 'head';
  #text = '';
  #strings: string[] = [];
  #nodeFields: string[] = [];
  #edgeFields: string[] = [];
  #kinds: Kinds = { context: 0, internal: 0, hidden: 0 };

  /** The number that is being read, if one is, and the row that is being filled. */
  #number = -1;
  #row: number[] = [];
  #node = 0;
  #left = 0;

  /** Whether all of it has come. */
  get isAtEnd(): boolean {
    return this.#part === 'strings';
  }

  push(chunk: string): void {
    let at = 0;
    while (at < chunk.length) {
      if (this.#part === 'nodes') at = this.#readNumbers(chunk, at, this.#nodeFields.length, this.#addNode);
      else if (this.#part === 'edges') {
        at = this.#readNumbers(chunk, at, this.#edgeFields.length, this.#addEdge);
      } else if (this.#part === 'strings') {
        this.#strings.push(chunk.slice(at));
        at = chunk.length;
      } else at = this.#seek(chunk, at);
    }
  }

  finish() {
    const text = this.#strings.join('');
    const strings = JSON.parse(`[${text.slice(0, text.lastIndexOf(']'))}]`) as string[];
    // The edges of the last nodes: they have none.
    while (this.#firsts.length <= this.#ids.length) this.#firsts.push(this.#edges.length);
    return {
      ids: this.#ids,
      names: this.#names,
      sizes: this.#sizes,
      firsts: this.#firsts,
      edges: this.#edges,
      strings,
      kinds: this.#kinds,
    };
  }

  /** Goes on to where the next list begins. */
  #seek(chunk: string, from: number): number {
    const word = this.#part === 'head' ? NODES : this.#part === 'before edges' ? EDGES : STRINGS;
    const before = this.#text.length;
    this.#text += chunk.slice(from);
    const found = this.#text.indexOf(word);
    if (found < 0) return chunk.length;
    if (this.#part === 'head') this.#readHead(this.#text.slice(0, found));
    this.#text = '';
    this.#part = this.#part === 'head' ? 'nodes' : this.#part === 'before edges' ? 'edges' : 'strings';
    return from + found + word.length - before;
  }

  #readHead(text: string): void {
    const { meta } = (JSON.parse(`${text.slice(0, text.lastIndexOf(','))}}`) as Head).snapshot;
    this.#nodeFields = meta.node_fields;
    this.#edgeFields = meta.edge_fields;
    const kinds = meta.edge_types[0];
    this.#kinds = {
      context: kinds.indexOf('context'),
      internal: kinds.indexOf('internal'),
      hidden: kinds.indexOf('hidden'),
    };
  }

  #readNumbers(chunk: string, from: number, fields: number, add: (row: number[]) => void): number {
    for (let at = from; at < chunk.length; at++) {
      const digit = chunk.charCodeAt(at) - ZERO;
      if (digit >= 0 && digit <= 9) {
        this.#number = (this.#number < 0 ? 0 : this.#number * 10) + digit;
        continue;
      }
      if (this.#number >= 0) {
        this.#row.push(this.#number);
        this.#number = -1;
        if (this.#row.length === fields) {
          add.call(this, this.#row);
          this.#row.length = 0;
        }
      }
      if (chunk[at] === ']') {
        this.#part = this.#part === 'nodes' ? 'before edges' : 'before strings';
        return at + 1;
      }
    }
    return chunk.length;
  }

  #addNode(row: number[]): void {
    const field = (name: string) => row[this.#nodeFields.indexOf(name)] as number;
    this.#ids.push(field('id'));
    this.#names.push(field('name'));
    this.#sizes.push(field('self_size'));
    this.#counts.push(field('edge_count'));
  }

  #addEdge(row: number[]): void {
    const [kind, name, to] = row as [number, number, number];
    // Edges come node by node.
    while (this.#left === 0 && this.#node < this.#counts.length) {
      this.#firsts.push(this.#edges.length);
      this.#left = this.#counts.at(this.#node++);
    }
    this.#left--;
    const { context, internal, hidden } = this.#kinds;
    if (kind !== context && kind !== internal && kind !== hidden) return;
    this.#edges.push(kind);
    this.#edges.push(name);
    this.#edges.push(to / this.#nodeFields.length);
  }
}
