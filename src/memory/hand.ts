// A block of shared memory that a thread is allocating or freeing: no list and no object names it yet. The
// thread's slot records it, so that it is not lost if the thread is killed just then.
import { header, LINE } from './layout';

/** The block in a hand. */
export interface InHand {
  /** Its first line, where its own header lies. */
  line: number;
  /** How large it is: 2 ** order lines. */
  order: number;
  /** Whether it is one of those kept for objects. */
  isObject: boolean;
}

const ORDER = 0x1f;
const OBJECT = 0x20;

export class Hand {
  readonly #i32: Int32Array;
  /** A thread that has no slot yet records the block nowhere: it is lost if the thread is killed. */
  #word: number = header.noHand;

  constructor(i32: Int32Array) {
    this.#i32 = i32;
  }

  /** From now on this word says what this thread has. */
  use(word = header.noHand as number): void {
    this.#word = word;
  }

  take({ line, order, isObject }: InHand): void {
    Atomics.store(this.#i32, this.#word, (line * LINE) | order | (isObject ? OBJECT : 0));
  }

  /**
   * Is to be called just before the store that makes the block known to others. The other way round it might
   * be given back twice.
   */
  release(): void {
    Atomics.store(this.#i32, this.#word, 0);
  }
}

/** What one who died had in its hand, which is the caller's from now on. */
export function takeFromHand(i32: Int32Array, word: number): InHand | undefined {
  const value = Atomics.exchange(i32, word, 0);
  if (value === 0) return undefined;
  return { line: Math.floor(value / LINE), order: value & ORDER, isObject: (value & OBJECT) !== 0 };
}
