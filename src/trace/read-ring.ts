// The events of one ring, read while its process may be writing: what it overwrote meanwhile is left away.
// Never makes a writer wait.
import { programMemory } from '../memory/memory';
import { KIND_MASK, PIECE } from './points';
import { processWord } from './processes';
import { EVENT_WORDS, eventWord, PIECE_BYTES, RING_HEADER_WORDS, ringWord } from './ring';

export interface RingEvent {
  /** What, and where. */
  readonly head: number;
  readonly subject: number;
  readonly at: number;
  readonly number: number;
  readonly text: string;
}

// How many of its next events a living writer may be storing already. On x64 others see what it stores in
// that order; elsewhere as the processor pleases.
const UNDER_WAY = process.arch === 'x64' ? 1 : 16;
const ATTEMPTS = 3;

/** Empty if it has told nothing, or its ring was let go. */
export function readRing(row: number): RingEvent[] {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const events = tryToRead(row);
    if (events !== undefined) return events;
  }
  return [];
}

/** Undefined if the ring moved meanwhile. */
function tryToRead(row: number): RingEvent[] | undefined {
  const { i32 } = programMemory();
  const block = Atomics.load(i32, row + processWord.ring);
  if (block === 0) return [];
  const at = block / 4;
  const capacity = i32[at + ringWord.capacity] ?? 0;
  const to = eventsIn(at);
  const words = i32.slice(at + RING_HEADER_WORDS, at + RING_HEADER_WORDS + capacity * EVENT_WORDS);
  const written = eventsIn(at);
  if (Atomics.load(i32, row + processWord.ring) !== block) return undefined;
  const oldest = written - capacity;
  return decode(words, capacity, oldest < 0 ? 0 : oldest + UNDER_WAY, to);
}

function eventsIn(at: number): number {
  const { i32 } = programMemory();
  const rounds = i32[at + ringWord.rounds] ?? 0;
  return rounds * 2 ** 30 + Atomics.load(i32, at + ringWord.count);
}

function decode(words: Int32Array, capacity: number, from: number, to: number): RingEvent[] {
  const numbers = new Float64Array(words.buffer);
  const bytes = Buffer.from(words.buffer);
  const events: RingEvent[] = [];
  for (let index = from; index < to; index++) {
    const place = (index % capacity) * EVENT_WORDS;
    const head = words[place] ?? 0;
    if ((head & KIND_MASK) === PIECE) continue;
    const number = words[place + eventWord.number] ?? 0;
    const hasText = index + 1 < to && isPiece(words, capacity, index + 1);
    events.push({
      head,
      subject: words[place + eventWord.subject] ?? 0,
      at: numbers[(place + eventWord.at) >> 1] ?? 0,
      number: hasText ? 0 : number,
      text: hasText
        ? textBehind(words, bytes, capacity, index, Math.min(number, (to - index - 1) * PIECE_BYTES))
        : '',
    });
  }
  return events;
}

function isPiece(words: Int32Array, capacity: number, index: number): boolean {
  return ((words[(index % capacity) * EVENT_WORDS] ?? 0) & KIND_MASK) === PIECE;
}

function textBehind(
  words: Int32Array,
  bytes: Buffer,
  capacity: number,
  index: number,
  length: number,
): string {
  const pieces: Buffer[] = [];
  for (
    let got = 0, next = index + 1;
    got < length && isPiece(words, capacity, next);
    got += PIECE_BYTES, next++
  ) {
    const from = ((next % capacity) * EVENT_WORDS + 1) * 4;
    pieces.push(bytes.subarray(from, from + Math.min(PIECE_BYTES, length - got)));
  }
  return Buffer.concat(pieces).toString();
}
