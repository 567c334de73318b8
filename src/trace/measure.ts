// How much may be told. A process that does nothing but lock or put would take four times as long if it told
// all of it. So it may tell so many things a millisecond, and save some of that in a quieter time for a
// busier one. What is above that is left out, and counted.
import { now } from './clock';
import { noteTime } from './places';

const MOST_AT_ONCE = 512;
const PER_MS = 64;
/** A process that leaves out more than this may tell half as much from then on: others wait for its lock. */
const FLOOD_PER_MS = 8 * PER_MS;
/** Halving goes no further. */
const LEAST_PER_MS = 4;
/** It tells again only when it may tell so many: one alone does not show how things follow each other. */
const AGAIN = 32;
/** While it tells nothing, it looks at the clock only each so many times. */
const LOOK_EVERY = 512;
/** What ended the wait, and what follows it, can always be told. */
const AFTER_WAIT = 2;

export class Measure {
  readonly #weight: number;
  readonly #leaveOut: (events: number) => void;
  #isTelling = true;
  /** How many events may come before it looks at the clock. */
  #left = MOST_AT_ONCE;
  #perMs = PER_MS;
  #filledAt = 0;
  #leftOutSince = 0;

  /** `weight`: how many events one is. `leaveOut` is told how many were not told, some time later. */
  constructor(weight: number, leaveOut: (events: number) => void) {
    this.#weight = weight;
    this.#leaveOut = leaveOut;
  }

  /** Whether the next one may be told. */
  mayTell(): boolean {
    return --this.#left >= 0 ? this.#isTelling : this.#mayGoOn();
  }

  /** A wait is a quiet time. */
  rest(): void {
    if (this.#isTelling && this.#left >= AFTER_WAIT) return;
    this.settle();
    this.#left = AFTER_WAIT;
  }

  /** Counts what was left out so far. */
  settle(): void {
    if (this.#isTelling) return;
    this.#count(LOOK_EVERY - this.#left);
    this.#isTelling = true;
    this.#left = 0;
  }

  #mayGoOn(): boolean {
    const at = now();
    noteTime(at);
    if (!this.#isTelling) this.#count(LOOK_EVERY);
    const passedMs = at - this.#filledAt;
    const earned = Math.floor(passedMs * this.#perMs);
    this.#isTelling = earned >= AGAIN;
    this.#left = (this.#isTelling ? Math.min(earned, MOST_AT_ONCE) : LOOK_EVERY) - 1;
    if (!this.#isTelling) return false;
    const isFlood = this.#leftOutSince > passedMs * FLOOD_PER_MS;
    this.#perMs = isFlood ? Math.max(LEAST_PER_MS, this.#perMs / 2) : PER_MS;
    this.#filledAt = at;
    this.#leftOutSince = 0;
    return true;
  }

  #count(leftOut: number): void {
    this.#leftOutSince += leftOut;
    this.#leaveOut(leftOut * this.#weight);
  }
}
