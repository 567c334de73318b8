// Which contexts, as V8 calls the places where the variables of scopes stand, are around a function, and what
// `this` is in an arrow function. The inspector shows the values of a scope and not which scope it is; V8's heap snapshot
// tells both exactly. It costs some tenths of a second, so nobody asks without need, and what it said of a
// function is remembered: neither ever changes.
import { forgetHeapIds, type HeapSnapshot, takeHeapSnapshot } from './heap-snapshot';
import { heapObjectId, objectByHeapId } from './inspection';

export interface FunctionScope {
  /** V8's words, such as 'Closure (makeCounter)' or 'Block'. */
  readonly description: string;
  readonly values: ReadonlyMap<string, unknown>;
}

/** Ids of contexts, which mean something within one snapshot. */
interface Around {
  readonly snapshot: object;
  readonly contexts: readonly number[];
}

const known = new WeakMap<object, Around>();
const knownThis = new WeakMap<object, { readonly value: unknown }>();

/** Variables that hold what has no id of its own, to know it by. */
const marks = (() => {
  const nothing = undefined;
  const none = null;
  const yes = true;
  const no = false;
  return () => ({ nothing, none, yes, no });
})();

/** For one capture, during which nothing of the program runs. */
export class Contexts {
  /** Stands for the snapshot without keeping it. */
  readonly #taken = {};
  #heap: HeapSnapshot | undefined;

  /**
   * For each function the ids of its scopes' contexts, innermost first. Undefined when the snapshot does not tell.
   */
  around(functions: ReadonlyMap<object, readonly FunctionScope[]>): Map<object, readonly number[]> | undefined {
    const found = new Map<object, readonly number[]>();
    const asked = [...functions.keys()];
    const snapshot = known.get(asked[0] as object)?.snapshot;
    const isKnown = snapshot !== undefined && asked.every((made) => known.get(made)?.snapshot === snapshot);
    for (const [made, scopes] of functions) {
      if (!isKnown) this.#learn(made, scopes);
      const around = known.get(made);
      if (around === undefined) return undefined;
      found.set(made, around.contexts);
    }
    return found;
  }

  /** Undefined when it is a value that has no place of its own: a number, a text. */
  thisOf(arrow: object, candidates: readonly object[]): { readonly value: unknown } | undefined {
    const before = knownThis.get(arrow);
    if (before !== undefined) return before;
    const found = this.#findThis(arrow, candidates);
    if (found !== undefined) knownThis.set(arrow, found);
    return found;
  }

  close(): void {
    if (this.#heap !== undefined) forgetHeapIds();
    this.#heap = undefined;
  }

  #learn(made: object, scopes: readonly FunctionScope[]): void {
    const heap = this.#snapshot();
    if (known.get(made)?.snapshot === this.#taken) return;
    known.delete(made);
    const chain = this.#chain(made);
    const places = placesOf(heap, chain, scopes);
    if (places === undefined) return;
    const contexts = places.map((place) => (place === undefined ? 0 : heap.id(chain[place] as number)));
    known.set(made, { snapshot: this.#taken, contexts });
  }

  #findThis(arrow: object, candidates: readonly object[]): { readonly value: unknown } | undefined {
    const heap = this.#snapshot();
    const context = this.#chain(arrow).find((node) => namesIn(heap, node).has('this'));
    // Outside every function of a module there is none.
    if (context === undefined) return { value: undefined };
    const node = heap.variable(context, 'this');
    const nodes = this.#marks();
    for (const { value, held } of nodes) if (held === node) return { value };
    if (node === undefined) return undefined;
    const id = heap.id(node);
    const near = candidates.find((candidate) => heapObjectId(candidate) === id);
    const value = near ?? objectByHeapId(id);
    return value === undefined ? undefined : { value };
  }

  #marks(): { value: unknown; held: number | undefined }[] {
    const heap = this.#snapshot();
    const { nothing, none, yes, no } = marks();
    const context = this.#chain(marks)[0];
    const held = (name: string) => (context === undefined ? undefined : heap.variable(context, name));
    return [
      { value: nothing, held: held('nothing') },
      { value: none, held: held('none') },
      { value: yes, held: held('yes') },
      { value: no, held: held('no') },
    ];
  }

  #chain(made: object): number[] {
    const heap = this.#snapshot();
    const node = heap.node(heapObjectId(made));
    const chain: number[] = [];
    let context = node === undefined ? undefined : heap.internal(node, 'context');
    for (; context !== undefined; context = heap.internal(context, 'previous')) chain.push(context);
    return chain;
  }

  #snapshot(): HeapSnapshot {
    this.#heap ??= takeHeapSnapshot();
    return this.#heap;
  }
}

/**
 * Which context belongs to which scope. The inspector leaves out contexts that hold no variable that a program can
 * name, so the two lists are laid side by side from either end: where both ways come to the same, there is no other.
 */
function placesOf(
  heap: HeapSnapshot,
  chain: readonly number[],
  scopes: readonly FunctionScope[],
): (number | undefined)[] | undefined {
  const names = chain.map((context) => namesIn(heap, context));
  const fits = (place: number, { values }: FunctionScope) => {
    const context = chain[place] as number;
    for (const [name, value] of values) {
      if (names[place]?.has(name) !== true) return false;
      const isObject = (typeof value === 'object' && value !== null) || typeof value === 'function';
      if (isObject && heap.variable(context, name) === undefined) return false;
    }
    return true;
  };
  // What a script declares outside every function is no part of the chain.
  const sought = scopes.filter(({ description, values }) => description !== 'Script' && values.size > 0);
  const inwards = new Map<FunctionScope, number>();
  let place = chain.length;
  for (const scope of sought.toReversed()) {
    do place--;
    while (place >= 0 && !fits(place, scope));
    if (place < 0) return undefined;
    inwards.set(scope, place);
  }
  place = -1;
  for (const scope of sought) {
    do place++;
    while (place < chain.length && !fits(place, scope));
    if (place !== inwards.get(scope)) return undefined;
  }
  return scopes.map((scope) => inwards.get(scope));
}

/** The names that V8 keeps with a context: of its variables, and of the function around them. */
function namesIn(heap: HeapSnapshot, context: number): Set<string> {
  const info = heap.internal(context, 'scope_info');
  if (info === undefined) return new Set();
  const parts = heap.hidden(info);
  // More than some 75 names stand in a table of their own.
  const tables = parts.filter((part) => /^system \/ .*Table/.test(heap.name(part)));
  return new Set([...parts, ...tables.flatMap((table) => heap.hidden(table))].map((part) => heap.name(part)));
}
