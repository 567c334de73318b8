// A count of permits in shared memory, and who holds how many of them. Whoever is killed, at whatever
// instruction, the permits that it is known to hold come back.
import type { Memory } from '../memory/memory';
import { MUTEX_BYTES, Mutex } from '../memory/mutex';
import { isTagAlive } from '../memory/slots';
import { PER_SLOT_BYTES, PerSlot } from './per-slot';

// Words behind the mutex.
const VALUE = 0;
const IS_ANONYMOUS = 1;
// The change under way: index of the row's number (0: none is under way), and what that number and the value
// were.
const UNDO_ROW = 2;
const UNDO_NUMBER = 3;
const UNDO_VALUE = 4;
const LIMIT = 5;
const HEADER_BYTES = 64;
export const PERMITS_BYTES = HEADER_BYTES + PER_SLOT_BYTES;

export const MOST_PERMITS = 2 ** 31 - 1;

export class Permits {
  readonly #i32: Int32Array;
  readonly #at: number;
  readonly #mutex: Mutex;
  readonly #rows: PerSlot;

  constructor(memory: Memory, offset: number) {
    this.#i32 = memory.i32;
    this.#at = (offset + MUTEX_BYTES) / 4;
    this.#mutex = new Mutex(memory, offset);
    this.#rows = new PerSlot(memory.i32, offset + HEADER_BYTES);
  }

  initialize(value: number): void {
    this.#i32[this.#at + VALUE] = value;
  }

  /** The bound of a BoundedSemaphore: kept beside the number, so that every process knows it. */
  get limit(): number {
    return this.#i32[this.#at + LIMIT] ?? 0;
  }

  set limit(limit: number) {
    this.#i32[this.#at + LIMIT] = limit;
  }

  get value(): number {
    return Atomics.load(this.#i32, this.#at + VALUE);
  }

  take(): boolean {
    // Most attempts of those who wait fail; they need not disturb the others.
    if (this.value === 0) return false;
    this.#lock();
    const isFree = this.value > 0;
    if (isFree) {
      // May bring permits back, so the value is read behind it.
      this.#openOwn();
      this.#change(this.#rows.own, this.#rows.ownNumber() + 1, this.value - 1);
    }
    this.#mutex.unlock();
    return isFree;
  }

  /** Returns false if there are `limit` already. */
  give(limit: number): boolean {
    this.#lock();
    const { value } = this;
    if (value < limit) {
      const held = this.#rows.ownNumber();
      // It is given by a process that holds none: a signal from one process to another, and then it is not
      // known any more which holds what.
      if (held === 0) this.#i32[this.#at + IS_ANONYMOUS] = 1;
      this.#change(held === 0 ? 0 : this.#rows.own, held - 1, value + 1);
    }
    this.#mutex.unlock();
    return value < limit;
  }

  /**
   * How many permits this process has and how many others have, as far as it is known which process has them.
   */
  get held(): { here: number; elsewhere: number } {
    const held = { here: 0, elsewhere: 0 };
    if (this.#i32[this.#at + IS_ANONYMOUS] === 1) return held;
    this.#rows.each((word, number, tag) => {
      if (word === this.#rows.own) held.here += number;
      else if (isTagAlive(tag)) held.elsewhere += number;
      return undefined;
    });
    return held;
  }

  /** How many permits came back from processes that died with them. */
  reclaim(): number {
    this.#lock();
    const before = this.value;
    this.#takeBack();
    const count = this.value - before;
    this.#mutex.unlock();
    return count;
  }

  // A process that had our slot before may have died with permits that no process has missed yet.
  #openOwn(): void {
    if (this.#rows.isOwn()) return;
    this.#takeBack();
    this.#rows.openOwn();
  }

  #takeBack(): void {
    const isAnonymous = this.#i32[this.#at + IS_ANONYMOUS] === 1;
    this.#rows.eachDead((word, number) => this.#change(word, 0, this.value + (isAnonymous ? 0 : number)));
  }

  #change(row: number, number: number, value: number): void {
    const i32 = this.#i32;
    const at = this.#at;
    i32[at + UNDO_VALUE] = i32[at + VALUE] ?? 0;
    i32[at + UNDO_NUMBER] = i32[row] ?? 0;
    Atomics.store(i32, at + UNDO_ROW, row === 0 ? -1 : row);
    if (row !== 0) i32[row] = number;
    Atomics.store(i32, at + VALUE, value);
    Atomics.store(i32, at + UNDO_ROW, 0);
  }

  #lock(): void {
    if (!this.#mutex.lock()) return;
    const i32 = this.#i32;
    const at = this.#at;
    const row = Atomics.load(i32, at + UNDO_ROW);
    if (row === 0) return;
    if (row > 0) i32[row] = i32[at + UNDO_NUMBER] ?? 0;
    Atomics.store(i32, at + VALUE, i32[at + UNDO_VALUE] ?? 0);
    Atomics.store(i32, at + UNDO_ROW, 0);
  }
}
