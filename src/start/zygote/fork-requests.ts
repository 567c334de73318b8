// How a program asks its zygote for children: a ring of slots in shared memory. The zygote forks them in that
// order.
import { programMemory } from '../../memory/memory';
import { currentSlot, wordOf } from '../../memory/slots';
import { addReference, createObject, dropReference } from '../../objects/references';
import { performance } from '../../system/timers';

// Counters of requests, and behind them the slots asked for.
const ASKED = 0;
const DONE = 1;
const RING = 2;
/** How many requests may be open at a time. */
export const OPEN_FORKS = 5;
const BYTES = (RING + OPEN_FORKS) * 4;

export class ForkRequests {
  /** Where they lie, for the zygote. */
  readonly offset: number;
  readonly #at: number;

  private constructor(offset: number) {
    this.offset = offset;
    this.#at = offset / 4;
  }

  static create(): ForkRequests {
    return new ForkRequests(createObject(BYTES));
  }

  static at(offset: number): ForkRequests {
    return new ForkRequests(offset);
  }

  /** Keeps them for the zygote, which needs them as long as it lives, also if the program is gone before. */
  shareWith(zygoteSlot: number): void {
    addReference(this.offset, zygoteSlot);
  }

  /** The program calls it when it looks no more. */
  free(): void {
    dropReference(this.offset, currentSlot());
  }

  /** Requests are numbered from 1. */
  get asked(): number {
    return this.#load(ASKED);
  }

  get done(): number {
    return this.#load(DONE);
  }

  /** The program asks for a fork; returns the number of the request. */
  ask(slot: number): number {
    const memory = programMemory();
    const number = this.asked + 1;
    memory.i32[this.#at + RING + (number % OPEN_FORKS)] = slot;
    Atomics.store(memory.i32, this.#at + ASKED, number);
    memory.wake(this.#at + ASKED, 1);
    return number;
  }

  /** Sleeps until more than `seen` are done, or a short while. */
  wait(seen: number): void {
    programMemory().waitSync(this.#at + DONE, seen, 50);
  }

  /** The zygote sleeps in it until there is a slot to fork a child for, or so long at most. */
  isAskedWithin(ms: number): boolean {
    const { done } = this;
    const until = performance.now() + ms;
    for (let left = ms; this.asked === done && left > 0; left = until - performance.now())
      programMemory().waitSync(this.#at + ASKED, done, left);
    return this.asked !== done;
  }

  /** The slot to fork the next child for; the zygote sleeps until there is one. */
  next(): number {
    while (!this.isAskedWithin(60_000));
    return programMemory().i32[this.#at + RING + ((this.done + 1) % OPEN_FORKS)]!;
  }

  /** `result` is the pid, which the kernel has written already, or −errno. */
  answer(slot: number, result: number): void {
    const memory = programMemory();
    if (result < 0) Atomics.store(memory.i32, wordOf(slot, 'pid'), result);
    Atomics.add(memory.i32, this.#at + DONE, 1);
    memory.wake(this.#at + DONE, 1);
  }

  #load(word: number): number {
    return Atomics.load(programMemory().i32, this.#at + word);
  }
}

/** What came of the fork for a slot: the pid, −errno, or 0 if the zygote ended before it. */
export function forkResult(slot: number): number {
  return Atomics.load(programMemory().i32, wordOf(slot, 'pid'));
}
