// One row of two words for each process and thread of the program: whose row it is, and a number. The rows of
// the dead are found by whoever looks. Only the owner of a row opens it, and only under the caller's mutex.
import { SLOT_COUNT } from '../memory/layout';
import { currentSlot, isTagAlive, ownerTag } from '../memory/slots';

const ROW_WORDS = 2;
export const PER_SLOT_BYTES = SLOT_COUNT * ROW_WORDS * 4;

export class PerSlot {
  readonly #i32: Int32Array;
  readonly #at: number;
  readonly #own: number;
  readonly #tag = ownerTag();

  constructor(i32: Int32Array, offset: number) {
    this.#i32 = i32;
    this.#at = offset / 4;
    this.#own = this.#at + currentSlot() * ROW_WORDS;
  }

  isOwn(): boolean {
    return Atomics.load(this.#i32, this.#own) === this.#tag;
  }

  /** The number of our row is 0 then: of a dead predecessor's there must be nothing left to save. */
  openOwn(): void {
    Atomics.store(this.#i32, this.#own + 1, 0);
    Atomics.store(this.#i32, this.#own, this.#tag);
  }

  /** Index of the word that holds our number. */
  get own(): number {
    return this.#own + 1;
  }

  ownNumber(): number {
    return this.isOwn() ? Atomics.load(this.#i32, this.#own + 1) : 0;
  }

  /** Each row whose number is not 0, from that of the slot `first` on, until `visit` returns true. */
  each(visit: (word: number, number: number, tag: number) => boolean | undefined, first = 0): void {
    const i32 = this.#i32;
    for (let step = 0; step < SLOT_COUNT; step++) {
      const row = this.#at + ((first + step) & (SLOT_COUNT - 1)) * ROW_WORDS;
      const number = Atomics.load(i32, row + 1);
      if (number !== 0 && visit(row + 1, number, i32[row] ?? 0) === true) return;
    }
  }

  eachDead(visit: (word: number, number: number, tag: number) => void): void {
    this.each((word, number, tag) => {
      if (!isTagAlive(tag)) visit(word, number, tag);
      return undefined;
    });
  }
}
