// Which contexts, as V8 calls the places where the variables of scopes stand, are around a function, and what
// `this` is in an arrow function. The inspector shows the values of a scope and not which scope it is; V8's
// heap snapshot tells both exactly. It costs some tenths of a second, so it is not asked without need, and
// what it said of a function is remembered: neither ever changes.
import { type FunctionScope, HeapContexts } from './heap-contexts';
import { forgetHeapIds, takeHeapSnapshot } from './heap-snapshot';
import { heapObjectId, objectByHeapId } from './inspection';

/** Ids of contexts, which mean something within one snapshot. */
interface Around {
  readonly snapshot: object;
  readonly contexts: readonly number[];
}

const known = new WeakMap<object, Around>();
const knownThis = new WeakMap<object, { readonly value: unknown }>();

/** Serves one capture, during which nothing of the program runs. */
export class Contexts {
  /** Stands for the snapshot without keeping it. */
  readonly #taken = {};
  #heap: HeapContexts | undefined;
  readonly #objects = new Map<number, unknown>();

  /**
   * Returns for each function the ids of its scopes' contexts, innermost first. Undefined when the snapshot
   * does not tell.
   */
  around(
    functions: ReadonlyMap<object, readonly FunctionScope[]>,
  ): Map<object, readonly number[]> | undefined {
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
   * `near` are objects among which it is likely to be. Undefined when the snapshot does not tell, or it is
   * a value that has no place of its own: a number, a text.
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
    if (known.get(made)?.snapshot === this.#taken) return;
    known.delete(made);
    const contexts = this.#read()?.idsAround(made, scopes);
    if (contexts !== undefined) known.set(made, { snapshot: this.#taken, contexts });
  }

  #findThis(
    arrow: object,
    scopes: readonly FunctionScope[],
    near: readonly object[],
  ): { readonly value: unknown } | undefined {
    const found = this.#read()?.thisOf(arrow, scopes);
    if (found === undefined || 'value' in found) return found;
    const { id, named } = found;
    // To let V8 look for it costs as much as the snapshot, so what is at hand is looked at before.
    const atHand = [globalThis, ...named, ...near].find((object) => heapObjectId(object) === id);
    if (atHand !== undefined) return { value: atHand };
    if (!this.#objects.has(id)) this.#objects.set(id, objectByHeapId(id));
    const value = this.#objects.get(id);
    return value === undefined ? undefined : { value };
  }

  #read(): HeapContexts | undefined {
    if (this.#heap === undefined) {
      const heap = takeHeapSnapshot();
      this.#heap = heap && new HeapContexts(heap);
    }
    return this.#heap;
  }
}
