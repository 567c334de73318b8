// The part of a shared object that others wait on: a word for sleepers in the futex, and one bit for each
// process or thread that awaits. Knows nothing of what is waited for.

import { SLOT_COUNT } from '../memory/layout';
import type { Memory } from '../memory/memory';
import { currentSlot } from '../memory/slots';
import type { Traced } from '../trace/traced';
import { ringDoorbell } from './doorbell';

const SEQUENCE = 0;
const WAITING = 1;
const AWAITING = 16;
const AWAITING_WORDS = SLOT_COUNT / 32;

// V8 compiles a call for Atomics.load. x64 lets no load pass the locked instruction before it, so there a
// plain one will do.
const PLAIN_LOADS_WAIT = process.arch === 'x64';

export const WAIT_OBJECT_BYTES = (AWAITING + AWAITING_WORDS) * 4;

/** A wait of this thread. `look` tells whether it is over. */
export interface LocalWait {
  look(): boolean;
}

export class WaitObject {
  readonly #memory: Memory;
  readonly #i32: Int32Array;
  readonly #at: number;
  readonly #waiting: number;
  /** Awaited waits of this thread, in the order they came. */
  readonly local = new Set<LocalWait>();
  /** The object of which it is a part. */
  readonly traced: Traced | undefined;

  constructor(memory: Memory, offset: number, traced?: Traced) {
    this.#memory = memory;
    this.#i32 = memory.i32;
    this.#at = offset / 4;
    this.#waiting = this.#at + WAITING;
    this.traced = traced;
  }

  /**
   * Something can go on now: lets one sleeper and one awaiting process look. Costs one load when no process
   * waits. To be called after the atomic operation that made it possible.
   */
  notify(): void {
    if (this.isAnnounced()) this.#wake(1);
  }

  /** As notify(), for all who wait. */
  notifyAll(): void {
    if (this.isAnnounced()) this.#wake(SLOT_COUNT);
  }

  /** Whether a process may be waiting. Under the same condition as notify(). */
  isAnnounced(): boolean {
    return (PLAIN_LOADS_WAIT ? this.#i32[this.#waiting] : Atomics.load(this.#i32, this.#waiting)) !== 0;
  }

  sequence(): number {
    return Atomics.load(this.#i32, this.#at + SEQUENCE);
  }

  // From `announce` to a failed look nothing can be missed: whoever makes progress afterwards sees the
  // announcement. One who was woken announces again after success, for the waker has taken the announcement
  // of all.
  announce(): void {
    Atomics.store(this.#i32, this.#waiting, 1);
  }

  announceAwaiting(): void {
    const slot = currentSlot();
    Atomics.or(this.#i32, this.#at + AWAITING + (slot >> 5), 1 << (slot & 31));
    this.announce();
  }

  /** False if the bit is gone, that is, if this thread was rung for this object. */
  isAwaiting(): boolean {
    const slot = currentSlot();
    return (Atomics.load(this.#i32, this.#at + AWAITING + (slot >> 5)) & (1 << (slot & 31))) !== 0;
  }

  withdrawAwaiting(): void {
    const slot = currentSlot();
    Atomics.and(this.#i32, this.#at + AWAITING + (slot >> 5), ~(1 << (slot & 31)));
  }

  sleep(sequence: number, timeoutMs: number): void {
    this.#memory.waitSync(this.#at + SEQUENCE, sequence, timeoutMs);
  }

  #wake(count: number): void {
    // It is taken back before the bits are read: a waiter that comes after this line announces itself anew.
    Atomics.store(this.#i32, this.#waiting, 0);
    Atomics.add(this.#i32, this.#at + SEQUENCE, 1);
    this.#memory.wake(this.#at + SEQUENCE, count);
    this.#ring(count);
  }

  #ring(count: number): void {
    // Begins behind our own place and ends with it, so that no slot is always the first.
    const own = currentSlot();
    const behindOwn = ~((2 << (own & 31)) - 1);
    let left = count;
    for (let step = 0; step <= AWAITING_WORDS; step++) {
      const word = ((own >> 5) + step) & (AWAITING_WORDS - 1);
      const index = this.#at + AWAITING + word;
      let bits = Atomics.load(this.#i32, index);
      if (step === 0) bits &= behindOwn;
      if (step === AWAITING_WORDS) bits &= ~behindOwn;
      while (bits !== 0) {
        // A waiter is left that is not rung: the next progress must come by here again.
        if (left === 0) {
          this.announce();
          return;
        }
        const bit = bits & -bits;
        bits &= ~bit;
        if ((Atomics.and(this.#i32, index, ~bit) & bit) === 0) continue;
        ringDoorbell(word * 32 + 31 - Math.clz32(bit));
        left--;
      }
    }
  }
}
