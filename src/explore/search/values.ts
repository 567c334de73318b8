// The values that shared things have had, each with a small number: states hold the numbers, so that they are
// small and quickly compared.
import type { Things } from '../things';

interface OfThing {
  readonly ids: Map<string, number>;
  readonly values: unknown[];
}

export class Values {
  readonly #things: Things;
  readonly #known: OfThing[] = [];

  constructor(things: Things) {
    this.#things = things;
  }

  /** Number 0 is what the thing began with. */
  valueAt(object: number, id: number): unknown {
    return this.#of(object).values[id];
  }

  idOf(object: number, value: unknown): number {
    const { ids, values } = this.#of(object);
    const text = JSON.stringify(value);
    let id = ids.get(text);
    if (id === undefined) {
      id = values.length;
      ids.set(text, id);
      values.push(value);
    }
    return id;
  }

  #of(object: number): OfThing {
    let found = this.#known[object];
    if (found === undefined) {
      const { initial } = this.#things.at(object);
      found = { ids: new Map([[JSON.stringify(initial), 0]]), values: [initial] };
      this.#known[object] = found;
    }
    return found;
  }
}
