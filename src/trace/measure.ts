// How much may be told. A process that does nothing but lock or put could tell nothing but that, and would
// take four times as long. So it tells so many things a millisecond, and so many more after a quieter time.
// What is above that is left out, and counted.
import { now } from './clock';
import { noteTime } from './places';

const MOST_AT_ONCE = 512;
const PER_MS = 64;
/** It begins again only with so many, for one alone does not show how things follow each other, */
const AGAIN = 32;
/** and looks at the clock only each so many times. */
const LOOK_EVERY = 512;
const AFTER_WAIT = 2;

export class Measure {
  readonly #weight: number;
  readonly #leaveOut: (events: number) => void;
  #left = MOST_AT_ONCE;
  #filledAt = 0;

  /** `weight`: how many events one is. `leaveOut` is told how many were not told, some time later. */
  constructor(weight: number, leaveOut: (events: number) => void) {
    this.#weight = weight;
    this.#leaveOut = leaveOut;
  }

  /** Whether the next one may be told. */
  mayTell(): boolean {
    const left = --this.#left;
    return left >= 0 || ((left === -1 || left <= -LOOK_EVERY) && this.#mayGoOn());
  }

  /** A wait is a quiet time. */
  rest(): void {
    if (this.#left >= AFTER_WAIT) return;
    this.settle();
    this.#left = AFTER_WAIT;
  }

  /** Counts what was left out so far. */
  settle(): void {
    if (this.#left >= 0) return;
    this.#leaveOut(-this.#left * this.#weight);
    this.#left = 0;
  }

  #mayGoOn(): boolean {
    const at = now();
    noteTime(at);
    const earned = Math.floor((at - this.#filledAt) * PER_MS);
    // Of these, the one that is asked for is still to come.
    this.#leaveOut((-this.#left - 1) * this.#weight);
    if (earned < AGAIN) {
      // Not 0, at which it would look at once.
      this.#left = -1;
      return false;
    }
    this.#left = Math.min(earned, MOST_AT_ONCE) - 1;
    this.#filledAt = at;
    return true;
  }
}
