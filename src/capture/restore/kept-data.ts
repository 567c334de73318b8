// What was made of the plain data of a program. The next restore of the program takes it as it is, as long as
// it still holds what it held at first; only for programs that leave nothing behind, for who had kept an
// object of it would see what another does to it.
import type { Node } from '../captured';
import { PlainData } from '../plain-data';

/** Then each call changes its own, and to keep it is in vain. */
const MOST_CHANGES = 3;

export class KeptData {
  #data: PlainData | undefined;
  #changes = 0;

  /** Returns the data as it was kept, if it is unchanged. */
  get(): PlainData | undefined {
    if (this.#data === undefined || this.#data.isUnchanged()) return this.#data;
    this.#data = undefined;
    this.#changes++;
    return undefined;
  }

  keep(nodes: readonly Node[], made: readonly unknown[]): void {
    if (this.#data !== undefined || this.#changes > MOST_CHANGES) return;
    const data = new PlainData(nodes, made as readonly (object | symbol | undefined)[], true);
    // What it leads to would have to be the same, too.
    if (data.exits.length === 0) this.#data = data;
    else this.#changes = MOST_CHANGES + 1;
  }
}
