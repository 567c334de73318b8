// The chunks of a pool that are out, as the pool sees them: whose they are, and which host has each.
import type { Call, Chunk } from '../../pool/call';

interface Given {
  readonly chunk: Chunk;
  host: string | undefined;
}

export class GivenOut {
  readonly #all = new Map<number, Given>();

  get size(): number {
    return this.#all.size;
  }

  /** Those that a host has begun. */
  get begun(): { host: string | undefined; call: string; items: number }[] {
    const begun = [...this.#all.values()].filter(({ host }) => host !== undefined);
    return begun.map(({ chunk, host }) => ({ host, call: chunk.call.what, items: chunk.items.length }));
  }

  add(id: number, chunk: Chunk): void {
    this.#all.set(id, { chunk, host: undefined });
  }

  /** Undefined: nobody has it any more. */
  began(id: number, host: string | undefined): void {
    const given = this.#all.get(id);
    if (given !== undefined) given.host = host;
  }

  take(id: number): Chunk | undefined {
    const given = this.#all.get(id);
    this.#all.delete(id);
    return given?.chunk;
  }

  /** How many they were. */
  dropAll(call: Call): number {
    let count = 0;
    for (const [id, { chunk }] of this.#all) {
      if (chunk.call !== call) continue;
      this.#all.delete(id);
      count++;
    }
    return count;
  }
}
