// The numbers by which a front end names what it was shown. They mean something only until the process goes
// on.

export class Handles<T extends { readonly owner: object }> {
  #last = 0;
  readonly #held = new Map<number, T>();

  add(held: T): number {
    this.#last += 1;
    this.#held.set(this.#last, held);
    return this.#last;
  }

  get(number: number): T | undefined {
    return this.#held.get(number);
  }

  /** What was shown of this process is not true any more. */
  release(owner: object): void {
    for (const [number, held] of this.#held) if (held.owner === owner) this.#held.delete(number);
  }
}
