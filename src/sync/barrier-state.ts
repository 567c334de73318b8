// What a barrier is in shared memory: a generation, who has come to it, and how the latest generations ended.
// A party's coming is one word of its own row, the end of a generation one change of the generation's number,
// so a SIGKILL at any instruction leaves nothing to repair.
import type { Memory } from '../memory/memory';
import { MUTEX_BYTES, Mutex } from '../memory/mutex';
import { ownerTag, whoIs } from '../memory/slots';
import { PER_SLOT_BYTES, PerSlot } from './per-slot';

const PARTIES = MUTEX_BYTES / 4;
const TIMEOUT = PARTIES + 1;
const GENERATION = PARTIES + 2;
const BROKEN = PARTIES + 3;
const BROKEN_BY = PARTIES + 4;

// Each row's number: the generation that it came to and how many of its tasks did.
const COUNT_BITS = 12;
const COUNT_MASK = (1 << COUNT_BITS) - 1;
const GENERATION_MASK = (1 << (31 - COUNT_BITS)) - 1;
export const MOST_PARTIES = COUNT_MASK;

// How many endings are remembered. A party that slept through that many would believe that its own generation
// passed.
const ENDS = 64;
const ENDS_AT = 64;
const ROWS_AT = ENDS_AT + ENDS * 8;
export const BARRIER_STATE_BYTES = ROWS_AT + PER_SLOT_BYTES;

const endings = ['passed', 'timeout', 'aborted', 'reset', 'died', 'threw', 'gave up'] as const;
export type Ending = (typeof endings)[number];
export interface Ended {
  ending: Ending;
  by: number;
}

/** A party that came: to which generation, and how many were there before. */
export interface Arrival {
  generation: number;
  place: number;
}

export class BarrierState {
  readonly #i32: Int32Array;
  readonly #at: number;
  readonly #mutex: Mutex;
  readonly #rows: PerSlot;

  constructor(memory: Memory, offset: number) {
    this.#i32 = memory.i32;
    this.#at = offset / 4;
    this.#mutex = new Mutex(memory, offset);
    this.#rows = new PerSlot(memory.i32, offset + ROWS_AT);
  }

  initialize(parties: number, timeoutMs: number | undefined): void {
    this.#set(PARTIES, parties);
    this.#set(TIMEOUT, timeoutMs === undefined ? -1 : Math.ceil(timeoutMs));
  }

  get parties(): number {
    return this.#get(PARTIES);
  }

  get timeoutMs(): number | undefined {
    const timeoutMs = this.#get(TIMEOUT);
    return timeoutMs < 0 ? undefined : timeoutMs;
  }

  /** Undefined while the barrier is whole. */
  get broken(): Ended | undefined {
    const code = this.#get(BROKEN);
    return code === 0 ? undefined : { ending: endings[code] ?? 'aborted', by: this.#get(BROKEN_BY) };
  }

  get waiting(): number {
    let count = 0;
    this.#rows.each((_word, number) => {
      if (number >> COUNT_BITS === this.#generation) count += number & COUNT_MASK;
      return undefined;
    });
    return count;
  }

  /** Undefined if the barrier is broken, or if all have come and have still to go. */
  come(): Arrival | undefined {
    return this.#alone(() => {
      this.#breakIfDead();
      const generation = this.#generation;
      const place = this.waiting;
      if (place >= this.parties || this.broken !== undefined) return undefined;
      if (!this.#rows.isOwn()) this.#rows.openOwn();
      const own = this.#rows.ownNumber();
      const count = own >> COUNT_BITS === generation ? own & COUNT_MASK : 0;
      Atomics.store(this.#i32, this.#rows.own, (generation << COUNT_BITS) | (count + 1));
      return { generation, place };
    });
  }

  /** How a generation ended; undefined while it has not. */
  endOf(generation: number): Ended | undefined {
    // It was broken by a party that was killed before it could end the generation.
    if (generation === this.#generation) return this.broken;
    const at = this.#endAt(generation);
    const entry = this.#get(at);
    if (entry >> 3 !== generation) return { ending: 'passed', by: 0 };
    return { ending: endings[entry & 7] ?? 'passed', by: this.#get(at + 1) };
  }

  /**
   * Ends this generation, if it has not ended already. Anything but 'passed' and 'reset' leaves the barrier
   * broken.
   */
  end(generation: number, ending: Ending, by = ownerTag()): void {
    this.#alone(() => {
      if (generation === this.#generation) this.#end(ending, by);
    });
  }

  /** Ends whatever generation there is. */
  endNow(ending: Ending): void {
    this.#alone(() => this.#end(ending, ownerTag()));
  }

  /** Returns true if one of the parties that came has died; the barrier is broken then. */
  breakIfDead(): boolean {
    return this.#alone(() => this.#breakIfDead());
  }

  /** A party that came and has died, which no other has noticed so far. */
  get dead(): number | undefined {
    return this.#alone(() => this.#dead()) || undefined;
  }

  #dead(): number {
    let dead = 0;
    this.#rows.eachDead((_word, number, tag) => {
      if (number >> COUNT_BITS === this.#generation) dead = tag;
    });
    return dead;
  }

  #breakIfDead(): boolean {
    const dead = this.#dead();
    if (dead !== 0) this.#end('died', dead);
    return dead !== 0;
  }

  #end(ending: Ending, by: number): void {
    const generation = this.#generation;
    const at = this.#endAt(generation);
    this.#set(at + 1, by);
    this.#set(at, (generation << 3) | endings.indexOf(ending));
    if (ending !== 'passed') {
      this.#set(BROKEN_BY, by);
      this.#set(BROKEN, ending === 'reset' ? 0 : endings.indexOf(ending));
    }
    this.#set(GENERATION, (generation + 1) & GENERATION_MASK);
  }

  #alone<T>(act: () => T): T {
    this.#mutex.lock();
    const result = act();
    this.#mutex.unlock();
    return result;
  }

  get #generation(): number {
    return this.#get(GENERATION);
  }

  #endAt(generation: number): number {
    return ENDS_AT / 4 + (generation % ENDS) * 2;
  }

  #get(word: number): number {
    return Atomics.load(this.#i32, this.#at + word);
  }

  #set(word: number, value: number): void {
    Atomics.store(this.#i32, this.#at + word, value);
  }
}

/** Returns the reason in the words of the error's sentence. */
export function reasonOf({ ending, by }: Ended): string {
  const { name, pid } = whoIs(by);
  const who = `${name} (pid ${pid})`;
  switch (ending) {
    case 'passed':
      return 'everybody came';
    case 'timeout':
      return `${who} waited as long as its timeout allowed, and not everybody had come`;
    case 'aborted':
      return `${who} called abort()`;
    case 'reset':
      return `${who} called reset() while others waited`;
    case 'died':
      return `${who} died while it waited there`;
    case 'threw':
      return `its action threw an error in ${who}`;
    case 'gave up':
      return `${who} gave its wait up`;
    default:
      return ending satisfies never;
  }
}
