// Finds the contexts around functions in a heap snapshot, and lays them beside the scopes that the
// inspector shows.
import { isObject } from '../is-object';
import type { HeapSnapshot } from './heap-snapshot';
import { heapObjectId } from './inspection';

export interface FunctionScope {
  /** V8's words, such as 'Closure (makeCounter)' or 'Block'. */
  readonly description: string;
  readonly values: ReadonlyMap<string, unknown>;
}

/** Values that have no id of their own are known by the variables that hold them here. */
const four = (() => {
  const nothing = undefined;
  const none = null;
  const yes = true;
  const no = false;
  return () => ({ nothing, none, yes, no });
})();
/** Beside `four`, a context of another size that is known. */
const one = (() => {
  const nothing = undefined;
  return () => nothing;
})();

/** Where V8 keeps the names of more than some 75 variables. */
const TABLE = '(context local names)';

export class HeapContexts {
  readonly #heap: HeapSnapshot;
  readonly #sizeOfOne: number;
  readonly #variableBytes: number;

  constructor(heap: HeapSnapshot) {
    this.#heap = heap;
    const [sizeOfOne, sizeOfFour] = [one, four].map((made) => heap.sizeBytes(this.#chain(made)[0] ?? 0));
    this.#sizeOfOne = sizeOfOne as number;
    this.#variableBytes = ((sizeOfFour as number) - this.#sizeOfOne) / 3;
  }

  /**
   * Returns for each scope of a function the id of its context; 0 for one that has none. Undefined when it is
   * not certain.
   */
  idsAround(made: object, scopes: readonly FunctionScope[]): number[] | undefined {
    const chain = this.#chain(made);
    const places = placesOf(
      chain.map((context) => ({ own: this.#namesIn(context), all: this.#allNamesIn(context) })),
      scopes,
    );
    return places?.map((place) => (place === undefined ? 0 : this.#heap.id(chain[place] as number)));
  }

  /** What `this` is in an arrow function; for an object its id, and what the scopes hold that may be it. */
  thisOf(
    arrow: object,
    scopes: readonly FunctionScope[],
  ): { value: unknown } | { id: number; named: object[] } | undefined {
    const heap = this.#heap;
    const chain = this.#chain(arrow);
    const context = chain.find((at) => this.#namesIn(at).has('this'));
    // Outside every function of a module there is none.
    if (context === undefined) return { value: undefined };
    const node = heap.variable(context, 'this');
    const [mark] = this.#chain(four);
    for (const [name, value] of Object.entries(four())) {
      if (mark !== undefined && heap.variable(mark, name) === node) return { value };
    }
    if (node === undefined) return undefined;
    const named = scopes.flatMap(({ description, values }) =>
      [...values].flatMap(([name, value]) => {
        // The snapshot does not name the values of blocks.
        const isHere =
          description.startsWith('Block') || chain.some((at) => heap.variable(at, name) === node);
        return isHere && isObject(value) ? [value] : [];
      }),
    );
    return { id: heap.id(node), named };
  }

  #chain(made: object): number[] {
    const node = this.#heap.node(heapObjectId(made));
    const chain: number[] = [];
    let context = node === undefined ? undefined : this.#heap.internal(node, 'context');
    for (; context !== undefined; context = this.#heap.internal(context, 'previous')) chain.push(context);
    return chain;
  }

  /**
   * The names of a context's variables. V8 keeps them together with those of its function, which come
   * behind.
   */
  #namesIn(context: number): Set<string> {
    const heap = this.#heap;
    const info = heap.internal(context, 'scope_info');
    if (info === undefined) return new Set();
    const parts = heap.parts(info);
    const table = parts.find((part) => heap.name(part) === TABLE);
    // How many there are follows from the size of the context.
    const count = 1 + (heap.sizeBytes(context) - this.#sizeOfOne) / this.#variableBytes;
    const names = table === undefined ? parts.slice(0, count) : heap.entries(table);
    return new Set(names.map((name) => heap.name(name)));
  }

  /** Returns all names, also of what a module exports, which V8 keeps in cells beside the context. */
  #allNamesIn(context: number): Set<string> {
    const info = this.#heap.internal(context, 'scope_info');
    return new Set(info === undefined ? [] : this.#heap.parts(info).map((part) => this.#heap.name(part)));
  }
}

interface Names {
  readonly own: ReadonlySet<string>;
  readonly all: ReadonlySet<string>;
}

/**
 * Which of the contexts with these names belongs to which scope. The inspector leaves out contexts that
 * hold no variable that a program can name, so the two lists are laid side by side from either end: where
 * both ways come to the same, there is no other.
 */
function placesOf(
  names: readonly Names[],
  scopes: readonly FunctionScope[],
): (number | undefined)[] | undefined {
  const fits = (place: number, { description, values }: FunctionScope) => {
    const known = names[place]?.[description === 'Module' ? 'all' : 'own'];
    return [...values.keys()].every((name) => known?.has(name) === true);
  };
  // What a script declares outside every function is no part of the chain.
  const sought = scopes.filter(({ description, values }) => description !== 'Script' && values.size > 0);
  const inwards = new Map<FunctionScope, number>();
  let place = names.length;
  for (const scope of sought.toReversed()) {
    do place--;
    while (place >= 0 && !fits(place, scope));
    if (place < 0) return undefined;
    inwards.set(scope, place);
  }
  place = -1;
  for (const scope of sought) {
    do place++;
    while (place < names.length && !fits(place, scope));
    if (place !== inwards.get(scope)) return undefined;
  }
  return scopes.map((scope) => inwards.get(scope));
}
