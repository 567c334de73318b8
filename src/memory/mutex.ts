// Guards a few lines of code that change shared words and never wait for anything else. Where the holder may
// keep it for long, or is to be told about, it takes a Lock (src/sync).
import { type Memory, SLICE_MS } from './memory';
import { isTagAlive, ownerTag } from './slots';

const OWNER = 0;
const WAITING = 1;
const SEQUENCE = 2;
export const MUTEX_BYTES = 16;
const FREE = 0;
const SPINS = 200;

export class Mutex {
  readonly #memory: Memory;
  readonly #i32: Int32Array;
  readonly #at: number;
  readonly #tag = ownerTag();

  constructor(memory: Memory, offset: number) {
    this.#memory = memory;
    this.#i32 = memory.i32;
    this.#at = offset / 4;
  }

  /**
   * Returns true if the former holder died inside, so that what it was changing has to be put right first.
   */
  lock(): boolean {
    if (Atomics.compareExchange(this.#i32, this.#at + OWNER, FREE, this.#tag) === FREE) return false;
    return this.#lockSlowly();
  }

  /** Whether the holder died inside. For readers that do not take the mutex; the holder must not call it. */
  isAbandoned(): boolean {
    const owner = Atomics.load(this.#i32, this.#at + OWNER);
    return owner !== FREE && this.#hasAbandoned(owner);
  }

  unlock(): void {
    Atomics.store(this.#i32, this.#at + OWNER, FREE);
    if (Atomics.load(this.#i32, this.#at + WAITING) !== 0) this.#wake();
  }

  #lockSlowly(): boolean {
    for (let turn = 0; turn < SPINS; turn++) {
      if (Atomics.load(this.#i32, this.#at + OWNER) !== FREE) continue;
      if (Atomics.compareExchange(this.#i32, this.#at + OWNER, FREE, this.#tag) === FREE) return false;
    }
    for (;;) {
      const sequence = Atomics.load(this.#i32, this.#at + SEQUENCE);
      Atomics.store(this.#i32, this.#at + WAITING, 1);
      const owner = Atomics.compareExchange(this.#i32, this.#at + OWNER, FREE, this.#tag);
      if (owner === FREE) return this.#lockedAfterWait(false);
      if (
        this.#hasAbandoned(owner) &&
        Atomics.compareExchange(this.#i32, this.#at + OWNER, owner, this.#tag) === owner
      ) {
        return this.#lockedAfterWait(true);
      }
      this.#memory.waitSync(this.#at + SEQUENCE, sequence, SLICE_MS);
    }
  }

  // Our own tag: this thread was interrupted inside (the kernel stops an endless cell so) and never came
  // back.
  #hasAbandoned(owner: number): boolean {
    return owner === this.#tag || !isTagAlive(owner);
  }

  // Others may sleep too, and the one who woke us has taken back the announcement of all.
  #lockedAfterWait(isAbandoned: boolean): boolean {
    Atomics.store(this.#i32, this.#at + WAITING, 1);
    return isAbandoned;
  }

  #wake(): void {
    Atomics.store(this.#i32, this.#at + WAITING, 0);
    Atomics.add(this.#i32, this.#at + SEQUENCE, 1);
    this.#memory.wake(this.#at + SEQUENCE, 1);
  }
}
