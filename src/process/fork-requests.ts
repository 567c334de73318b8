// How a program asks its zygote for children: a ring of slots in a block of shared memory. The zygote forks them in that order.
import { programMemory } from '../memory/memory';
import { wordOf } from '../memory/slots';

// Counters of requests, and behind them the slots asked for.
const ASKED = 0;
const BEGUN = 1;
const DONE = 2;
const RING = 3;
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
    const memory = programMemory();
    const offset = memory.allocate(BYTES);
    memory.u8.fill(0, offset, offset + BYTES);
    return new ForkRequests(offset);
  }

  static at(offset: number): ForkRequests {
    return new ForkRequests(offset);
  }

  free(): void {
    programMemory().free(this.offset);
  }

  /** Requests are numbered from 1. A fork that the zygote has begun and not done may or may not have happened. */
  get asked(): number {
    return this.#load(ASKED);
  }

  get begun(): number {
    return this.#load(BEGUN);
  }

  get done(): number {
    return this.#load(DONE);
  }

  /** For the program: its number. */
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

  /** For the zygote: sleeps until there is a slot to fork a child for. */
  next(): number {
    const memory = programMemory();
    const number = this.done + 1;
    while (this.asked < number) memory.waitSync(this.#at + ASKED, number - 1, 60_000);
    Atomics.store(memory.i32, this.#at + BEGUN, number);
    return memory.i32[this.#at + RING + (number % OPEN_FORKS)]!;
  }

  /** `result` is the pid, or −errno. */
  answer(slot: number, result: number): void {
    const memory = programMemory();
    Atomics.store(memory.i32, wordOf(slot, 'pid'), result);
    Atomics.add(memory.i32, this.#at + DONE, 1);
    memory.wake(this.#at + DONE, 1);
  }

  #load(word: number): number {
    return Atomics.load(programMemory().i32, this.#at + word);
  }
}

/** What the zygote answered for a slot: the pid, or −errno. */
export function forkResult(slot: number): number {
  return Atomics.load(programMemory().i32, wordOf(slot, 'pid'));
}
