// Large messages through a queue that is being emptied: a putter that has got ahead waits a moment for the
// takers, whose blocks it can use again. Memory that was never touched costs many times as much as the copy
// into it.

import type { Memory } from '../memory/memory';
import { performance } from '../system/timers';

const LARGE_BYTES = 2 ** 17;
const AHEAD_BYTES = 2 ** 23;
// put() does not wait, so this is no more than what the fresh memory might have cost.
const PATIENCE_MS = 1;
const LOOK_EVERY_MS = 0.1;

type PacedMemory = Pick<Memory, 'i32' | 'waitSync'>;

export class Pace {
  readonly #memory: PacedMemory;
  readonly #takenCount: number;
  /** The count when a wait was in vain: while it stands, no process is taking. */
  #takenInVain: number | undefined;

  /** `takenCount` is the index of the word that says how many messages were ever taken. */
  constructor(memory: PacedMemory, takenCount: number) {
    this.#memory = memory;
    this.#takenCount = takenCount;
  }

  /** Called before a message is put. `count` tells how many are in the queue. */
  keep(messageBytes: number, count: () => number): void {
    if (messageBytes < LARGE_BYTES || count() * messageBytes <= AHEAD_BYTES) return;
    const deadline = performance.now() + PATIENCE_MS;
    for (let taken = this.#taken(); taken !== this.#takenInVain; taken = this.#taken()) {
      if (count() * messageBytes <= AHEAD_BYTES) return;
      if (performance.now() >= deadline) this.#takenInVain = taken;
      // No taker wakes it: it should not have to think of this.
      else this.#memory.waitSync(this.#takenCount, taken, LOOK_EVERY_MS);
    }
  }

  #taken(): number {
    return Atomics.load(this.#memory.i32, this.#takenCount);
  }
}
