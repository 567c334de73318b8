// A thing as a trace knows it: a number, by which events name it, and a row of a table that says what it is
// called. The number stands in a word of the thing itself, so that all processes use the same; the row
// outlives the thing.
import { programMemory } from '../memory/memory';
import { alone, areaWord, OBJECT_ROWS, OBJECT_WORDS, OBJECTS, openArea } from './area';
import { Placed } from './places';
import { loadText, storeText } from './texts';

/** Stands in place of the number of a thing of the library's own, of which nothing is told. */
export const HIDDEN = -1;

const NUMBER = 0;
const KIND = 1;
const KIND_BYTES = 32;
const NAME = KIND + 1 + KIND_BYTES / 4;
const NAME_BYTES = (OBJECT_WORDS - NAME - 1) * 4;

export class Traced {
  readonly #i32 = programMemory().i32;
  readonly #word: number;
  readonly #kind: string;
  readonly #name: () => string;
  readonly isHidden: boolean;
  /** Where it is waited for and taken, and where it is given. */
  readonly taking = new Placed();
  readonly giving = new Placed();

  /** `word`: the index of the word that the thing has for its number. */
  constructor(word: number, kind: string, name: () => string) {
    this.#word = word;
    this.#kind = kind;
    this.#name = name;
    this.isHidden = this.#i32[word] === HIDDEN;
  }

  get number(): number {
    return this.#i32[this.#word] || this.#enter();
  }

  /** Undefined if nothing was told of it yet. */
  get knownNumber(): number | undefined {
    return this.isHidden ? undefined : this.#i32[this.#word] || undefined;
  }

  #enter(): number {
    const i32 = this.#i32;
    const tables = openArea();
    return alone(() => {
      if (i32[this.#word] !== 0) return i32[this.#word] as number;
      const number = Atomics.add(i32, tables + areaWord.objects, 1) + 1;
      const row = rowOf(tables, number);
      Atomics.store(i32, row + NUMBER, 0);
      storeText(row + KIND, this.#kind, KIND_BYTES);
      storeText(row + NAME, this.#name(), NAME_BYTES);
      Atomics.store(i32, row + NUMBER, number);
      Atomics.store(i32, this.#word, number);
      return number;
    });
  }
}

/**
 * Describes one of the latest things; undefined for one that was forgotten because there were so many after
 * it.
 */
export function describeTraced(tables: number, number: number): { kind: string; name: string } | undefined {
  const { i32 } = programMemory();
  const row = rowOf(tables, number);
  const found = { kind: loadText(row + KIND, KIND_BYTES), name: loadText(row + NAME, NAME_BYTES) };
  return Atomics.load(i32, row + NUMBER) === number ? found : undefined;
}

function rowOf(tables: number, number: number): number {
  return tables + OBJECTS + (number % OBJECT_ROWS) * OBJECT_WORDS;
}
