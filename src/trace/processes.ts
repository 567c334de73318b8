// The processes and threads of a trace: a row for each, which its parent and itself fill in, whoever is
// first. So the start and the end of a process are known also of one that was killed before it could tell
// anything.
import { programMemory } from '../memory/memory';
import { currentSlot, slotInfo, tagOf, whenSlotDies, wordOf } from '../memory/slots';
import {
  alone,
  area,
  areaWord,
  floats,
  isTracing,
  openArea,
  PROCESS_ROWS,
  PROCESS_WORDS,
  PROCESSES,
} from './area';
import { now } from './clock';
import { EVENT_WORDS, RING_HEADER_WORDS, ringWord } from './ring';
import { storeText } from './texts';

export const processWord = {
  /** Slot and generation; 0 where the row is free. */
  tag: 0,
  parentTag: 1,
  pid: 2,
  /** Which one of all processes that were ever traced. */
  order: 3,
  is: 4,
  exitcode: 5,
  /** Offset of its ring, 0 if it has told nothing. */
  ring: 6,
  /** Where in the program it was started. */
  startPlace: 7,
  /** 64-bit floats. */
  startedAt: 8,
  endedAt: 10,
  /** A 64-bit float: how many events it had told when the trace was last begun anew. */
  forgotten: 12,
  name: 14,
} as const;
export const PROCESS_NAME_BYTES = (PROCESS_WORDS - processWord.name - 1) * 4;

/** Bits of its word `is`. */
export const STARTED = 1;
export const ENDED = 2;
export const EXITCODE_KNOWN = 4;
/** It is gone for certain: its row and ring may be let go. */
const GONE = 8;

// The rings of those who are gone may have this much, or as much as so many full ones. Beyond that, the ring
// of the one that was entered first goes.
const GONE_BYTES = 2 ** 23;
const GONE_RINGS = 16;

/** The first word of the slot's row, which is made if need be. */
export function rowOfSlot(slot: number): number {
  const tables = openArea();
  const tag = tagOf(slot);
  return knownRow(tables, slot, tag) ?? alone(() => knownRow(tables, slot, tag) ?? enter(tables, slot, tag));
}

/** The parent notes it. `at`: a time before the child could do anything. */
export function noteStart(
  slot: number,
  { pid, at, place }: { pid: number; at: number; place: number },
): void {
  const { i32 } = programMemory();
  const row = rowOfSlot(slot);
  floats()[(row + processWord.startedAt) >> 1] = at;
  i32[row + processWord.pid] = pid;
  i32[row + processWord.startPlace] = place;
  Atomics.or(i32, row + processWord.is, STARTED);
}

/** The process itself notes it, as it exits. */
export function noteOwnEnd(exitcode: number): void {
  if (!isTracing()) return;
  const { i32 } = programMemory();
  const row = rowOfSlot(currentSlot());
  floats()[(row + processWord.endedAt) >> 1] = now();
  i32[row + processWord.exitcode] = exitcode;
  Atomics.or(i32, row + processWord.is, ENDED | EXITCODE_KNOWN);
}

// A process that learns of the end completes what the dead one could not tell itself.
whenSlotDies((slot) => {
  const tables = area();
  if (tables === 0) return;
  const row = knownRow(tables, slot, tagOf(slot));
  if (row !== undefined) noteGone(tables, row, slotInfo(slot).exitcode);
});

function noteGone(tables: number, row: number, exitcode: number | null): void {
  const { i32 } = programMemory();
  if ((Atomics.load(i32, row + processWord.is) & ENDED) === 0) {
    floats()[(row + processWord.endedAt) >> 1] = now();
  }
  if (exitcode !== null) i32[row + processWord.exitcode] = exitcode;
  Atomics.or(i32, row + processWord.is, ENDED | GONE | (exitcode === null ? 0 : EXITCODE_KNOWN));
  alone(() => letOldRingsGo(tables));
}

/** The rows in use, those entered first in front. */
export function processRows(tables: number): number[] {
  const { i32 } = programMemory();
  const found: number[] = [];
  for (let index = 0; index < PROCESS_ROWS; index++) {
    const row = tables + PROCESSES + index * PROCESS_WORDS;
    if (Atomics.load(i32, row + processWord.tag) !== 0) found.push(row);
  }
  const order = (row: number) => i32[row + processWord.order] ?? 0;
  return found.sort((one, other) => order(one) - order(other));
}

/** Forgets who is gone, and what the others have told so far. Under the mutex. */
export function forgetAll(tables: number): void {
  const { i32 } = programMemory();
  for (const row of processRows(tables)) {
    if (isGone(row)) letRowGo(row);
    else {
      floats()[(row + processWord.forgotten) >> 1] = eventsTold(row);
      Atomics.and(i32, row + processWord.is, ~STARTED);
    }
  }
  floats()[(tables + areaWord.lost) >> 1] = 0;
}

/** All events of a process, also those that were left out or overwritten. */
export function eventsTold(row: number): number {
  const { i32 } = programMemory();
  const ring = Atomics.load(i32, row + processWord.ring) / 4;
  if (ring === 0) return 0;
  const word = (name: keyof typeof ringWord) => i32[ring + ringWord[name]] ?? 0;
  const slots = word('rounds') * 2 ** 30 + word('count');
  return slots - word('pieces') + (floats()[(ring + ringWord.leftOut) >> 1] ?? 0);
}

function knownRow(tables: number, slot: number, tag: number): number | undefined {
  const { i32 } = programMemory();
  const index = Atomics.load(i32, tables + areaWord.rows + slot);
  if (index === 0) return undefined;
  const row = tables + PROCESSES + (index - 1) * PROCESS_WORDS;
  return Atomics.load(i32, row + processWord.tag) === tag ? row : undefined;
}

function enter(tables: number, slot: number, tag: number): number {
  const { i32 } = programMemory();
  for (;;) {
    const order = Atomics.add(i32, tables + areaWord.processes, 1);
    const index = order % PROCESS_ROWS;
    const row = tables + PROCESSES + index * PROCESS_WORDS;
    if (i32[row + processWord.tag] !== 0) {
      // No more than half of the rows are of the living.
      if (!isGone(row)) continue;
      letRowGo(row);
    }
    i32.fill(0, row, row + PROCESS_WORDS);
    i32[row + processWord.parentTag] = i32[wordOf(slot, 'parentTag')] ?? 0;
    i32[row + processWord.pid] = i32[wordOf(slot, 'pid')] ?? 0;
    i32[row + processWord.order] = order;
    storeText(row + processWord.name, slotInfo(slot).name, PROCESS_NAME_BYTES);
    Atomics.store(i32, row + processWord.tag, tag);
    Atomics.store(i32, tables + areaWord.rows + slot, index + 1);
    return row;
  }
}

function letOldRingsGo(tables: number): void {
  const { i32 } = programMemory();
  const gone = processRows(tables).filter(isGone);
  const bytes = (row: number) => {
    const ring = (i32[row + processWord.ring] ?? 0) / 4;
    return ring === 0 ? 0 : (RING_HEADER_WORDS + (i32[ring + ringWord.capacity] ?? 0) * EVENT_WORDS) * 4;
  };
  const full = (RING_HEADER_WORDS + (i32[tables + areaWord.ringEvents] ?? 0) * EVENT_WORDS) * 4;
  let excess = gone.reduce((sum, row) => sum + bytes(row), 0) - Math.max(GONE_BYTES, GONE_RINGS * full);
  for (const row of gone) {
    if (excess <= 0) return;
    excess -= bytes(row);
    letRingGo(row);
  }
}

function letRowGo(row: number): void {
  const { i32 } = programMemory();
  const is = i32[row + processWord.is] ?? 0;
  // Its start and its end are events, too, though not of its ring.
  addLost(Number((is & STARTED) !== 0) + Number((is & ENDED) !== 0));
  Atomics.store(i32, row + processWord.tag, 0);
  letRingGo(row);
}

function letRingGo(row: number): void {
  const { i32, free } = programMemory();
  const ring = i32[row + processWord.ring] ?? 0;
  if (ring === 0) return;
  addLost(eventsTold(row) - (floats()[(row + processWord.forgotten) >> 1] ?? 0));
  floats()[(row + processWord.forgotten) >> 1] = 0;
  Atomics.store(i32, row + processWord.ring, 0);
  free(ring);
}

function addLost(events: number): void {
  const at = (area() + areaWord.lost) >> 1;
  floats()[at] = (floats()[at] ?? 0) + events;
}

function isGone(row: number): boolean {
  return ((programMemory().i32[row + processWord.is] ?? 0) & GONE) !== 0;
}
