// What one thread did, in shared memory of its own: no other thread writes there, so an event is a few plain
// stores and one that publishes it. A full ring forgets its oldest events. It begins small and grows as it is
// used.
import { programMemory } from '../memory/memory';
import { areaWord, floats } from './area';

/** Words of a ring, then its events. */
export const ringWord = {
  /** Events ever written, modulo 2 ** 30, and how often that began anew. */
  count: 0,
  rounds: 1,
  /** A 64-bit float: those that were left out. */
  leftOut: 2,
  /** How many of the events only carry on the text of the one before them. */
  pieces: 4,
  /** A power of two. */
  capacity: 5,
} as const;
export const RING_HEADER_WORDS = 16;

/** Words of an event: what and where, whom or what it concerns, when (a 64-bit float), a number. */
export const eventWord = { head: 0, subject: 1, at: 2, number: 4 } as const;
export const EVENT_WORDS = 6;
/** An event whose words behind the first are bytes. */
export const PIECE_BYTES = (EVENT_WORDS - 1) * 4;

export const COUNT_MASK = 2 ** 30 - 1;
const FIRST_EVENTS = 64;
const GROWTH = 4;

// A plain store is published in order on x64. Elsewhere it takes an atomic one, which costs some nanoseconds
// more.
const ARE_STORES_ORDERED = process.arch === 'x64';

export class Ring {
  readonly #i32 = programMemory().i32;
  readonly #f64 = floats();
  readonly #tables: number;
  /** The word that says where the ring is. */
  readonly #known: number;
  #at = 0;
  #mask = 0;
  #count = 0;
  #rounds = -1;

  constructor(tables: number, known: number) {
    this.#tables = tables;
    this.#known = known;
    this.#move(FIRST_EVENTS);
  }

  write(head: number, subject: number, number: number, at: number): void {
    const i32 = this.#i32;
    const count = this.#count;
    if ((count & this.#mask) === 0) this.#turn();
    const place = this.#at + RING_HEADER_WORDS + (count & this.#mask) * EVENT_WORDS;
    i32[place] = head;
    i32[place + eventWord.subject] = subject;
    this.#f64[(place + eventWord.at) >> 1] = at;
    i32[place + eventWord.number] = number;
    this.#publish();
  }

  /** `head` says that it belongs to the event before it. */
  writePieces(head: number, bytes: Uint8Array): void {
    const { u8 } = programMemory();
    for (let from = 0; from < bytes.length; from += PIECE_BYTES) {
      if ((this.#count & this.#mask) === 0) this.#turn();
      const place = this.#at + RING_HEADER_WORDS + (this.#count & this.#mask) * EVENT_WORDS;
      this.#i32[place] = head;
      u8.set(bytes.subarray(from, from + PIECE_BYTES), (place + 1) * 4);
      this.#add(ringWord.pieces, 1);
      this.#publish();
    }
  }

  leaveOut(events: number): void {
    const at = (this.#at + ringWord.leftOut) >> 1;
    this.#f64[at] = (this.#f64[at] ?? 0) + events;
  }

  #publish(): void {
    this.#count = (this.#count + 1) & COUNT_MASK;
    if (ARE_STORES_ORDERED) this.#i32[this.#at] = this.#count;
    else Atomics.store(this.#i32, this.#at, this.#count);
  }

  /** It is full, or empty; what is written next overwrites the oldest, unless there may be more room. */
  #turn(): void {
    if (this.#count === 0) this.#i32[this.#at + ringWord.rounds] = ++this.#rounds;
    const most = this.#i32[this.#tables + areaWord.ringEvents] ?? 0;
    if (this.#count > 0 && this.#mask + 1 < most) this.#move(Math.min(most, (this.#mask + 1) * GROWTH));
  }

  /** Throws if the memory is full and there is no room at all yet. */
  #move(events: number): void {
    const { free, hand } = programMemory();
    const i32 = this.#i32;
    const block = this.#allocate(events);
    if (block === undefined) return;
    const at = block / 4;
    const first = at + RING_HEADER_WORDS;
    i32.fill(0, at, first);
    const old = this.#at;
    if (old !== 0) {
      const words = (this.#mask + 1) * EVENT_WORDS;
      const place = (this.#count - this.#mask - 1) & (events - 1);
      i32.copyWithin(at, old, old + RING_HEADER_WORDS);
      i32.copyWithin(first + place * EVENT_WORDS, old + RING_HEADER_WORDS, old + RING_HEADER_WORDS + words);
    }
    i32[at + ringWord.capacity] = events;
    hand.release();
    Atomics.store(i32, this.#known, block);
    this.#at = at;
    this.#mask = events - 1;
    if (old !== 0) free(old * 4);
  }

  #allocate(events: number): number | undefined {
    try {
      return programMemory().allocate((RING_HEADER_WORDS + events * EVENT_WORDS) * 4);
    } catch (error) {
      if (this.#at === 0) throw error;
      return undefined;
    }
  }

  #add(word: number, number: number): void {
    this.#i32[this.#at + word] = (this.#i32[this.#at + word] ?? 0) + number;
  }
}
