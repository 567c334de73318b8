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

/** Variables that hold what has no id of its own, to know it by; and contexts of which the size is known. */
const four = (() => {
  const nothing = undefined;
  const none = null;
  const yes = true;
  const no = false;
  return () => ({ nothing, none, yes, no });
})();
const one = (() => {
  const nothing = undefined;
  return () => nothing;
})();

const TABLE = '(context local names)';

/** For one capture, during which nothing of the program runs. */
export class Contexts {
  /** Stands for the snapshot without keeping it. */
  readonly #taken = {};
  #heap: HeapSnapshot | undefined;
  #sizes: number[] | undefined;
  readonly #objects = new Map<number, unknown>();

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

  /**
   * `near` are objects among which it is likely to be. Undefined when it is a value that has no place of its own: a
   * number, a text.
   */
  thisOf(
    arrow: object,
    scopes: readonly FunctionScope[],
    near: readonly object[],
  ): { readonly value: unknown } | undefined {
    const before = knownThis.get(arrow);
    if (before !== undefined) return before;
    const found = this.#findThis(arrow, scopes, near);
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
    const names = chain.map((context) => this.#namesIn(context));
    const places = placesOf(names, scopes);
    if (places === undefined) return;
    const contexts = places.map((place) => (place === undefined ? 0 : heap.id(chain[place] as number)));
    known.set(made, { snapshot: this.#taken, contexts });
  }

  #findThis(
    arrow: object,
    scopes: readonly FunctionScope[],
    near: readonly object[],
  ): { readonly value: unknown } | undefined {
    const heap = this.#snapshot();
    const chain = this.#chain(arrow);
    const context = chain.find((node) => this.#namesIn(node).has('this'));
    // Outside every function of a module there is none.
    if (context === undefined) return { value: undefined };
    const node = heap.variable(context, 'this');
    const mark = this.#marks().find(({ held }) => held === node);
    if (mark !== undefined || node === undefined) return mark;
    const id = heap.id(node);
    // To let V8 look for it costs as much as the snapshot, so what is at hand is looked at before.
    const named = scopes.flatMap(({ description, values }) =>
      [...values].flatMap(([name, value]) => {
        // Of blocks the snapshot does not name the values.
        const isHere = description.startsWith('Block') || chain.some((at) => heap.variable(at, name) === node);
        return isHere && isObject(value) ? [value] : [];
      }),
    );
    const found = [...named, ...near].find((object) => heapObjectId(object) === id);
    if (found !== undefined) this.#objects.set(id, found);
    else if (!this.#objects.has(id)) this.#objects.set(id, objectByHeapId(id));
    const value = this.#objects.get(id);
    return isObject(value) ? { value } : undefined;
  }

  /** What has no id of its own is known by the variables that hold it here. */
  #marks(): { value: unknown; held: number | undefined }[] {
    const [context] = this.#chain(four);
    const held = (name: string) => context && this.#snapshot().variable(context, name);
    return Object.entries(four()).map(([name, value]) => ({ value, held: held(name) }));
  }

  /** The names of the variables in a context. With them V8 keeps the names of its function. */
  #namesIn(context: number): Set<string> {
    const heap = this.#snapshot();
    const info = heap.internal(context, 'scope_info');
    if (info === undefined) return new Set();
    const parts = heap.parts(info);
    // More than some 75 names stand in a table of their own.
    const table = parts.find((part) => heap.name(part) === TABLE);
    const names = table === undefined ? parts.slice(0, this.#variablesIn(context)) : heap.entries(table);
    return new Set(names.map((name) => heap.name(name)));
  }

  /** How many there are follows from its size. */
  #variablesIn(context: number): number {
    const heap = this.#snapshot();
    this.#sizes ??= [one, four].map((made) => heap.sizeBytes(this.#chain(made)[0] as number));
    const [ofOne, ofFour] = this.#sizes as [number, number];
    return 1 + ((heap.sizeBytes(context) - ofOne) * 3) / (ofFour - ofOne);
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
  names: readonly ReadonlySet<string>[],
  scopes: readonly FunctionScope[],
): (number | undefined)[] | undefined {
  const fits = (place: number, { values }: FunctionScope) =>
    [...values.keys()].every((name) => names[place]?.has(name) === true);
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

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}
