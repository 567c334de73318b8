// Where the parts of a trace lie in shared memory, in words from the beginning of its area. It has numbers,
// and a mutex for beginning, ending or forgetting something; to tell an event takes no mutex.
import { header, SLOT_COUNT } from '../memory/layout';
import { hasMemory, programMemory } from '../memory/memory';
import { Mutex } from '../memory/mutex';

export const areaWord = {
  /** Events of a full ring, a power of two. */
  ringEvents: 0,
  /** How many objects, processes and places were ever entered in the tables. */
  objects: 1,
  processes: 2,
  places: 3,
  /** A 64-bit float: the events of rings that were let go. */
  lost: 4,
  /** A 64-bit float, on the clock of the trace: what was before is forgotten. */
  since: 6,
  /** The row of each slot's process, counted from 1. */
  rows: 16,
} as const;

export const PROCESS_ROWS = 2048;
export const PROCESS_WORDS = 32;
export const PROCESSES = areaWord.rows + SLOT_COUNT;

export const OBJECT_ROWS = 2048;
export const OBJECT_WORDS = 32;
export const OBJECTS = PROCESSES + PROCESS_ROWS * PROCESS_WORDS;

export const PLACE_ROWS = 1024;
export const PLACE_WORDS = 16;
export const PLACES = OBJECTS + OBJECT_ROWS * OBJECT_WORDS;

const AREA_BYTES = (PLACES + PLACE_ROWS * PLACE_WORDS) * 4;

export function isTracing(): boolean {
  return hasMemory() && programMemory().i32[header.tracing] !== 0;
}

/** Returns the first word of the area; 0 if nothing was ever traced. */
export function area(): number {
  return hasMemory() ? Atomics.load(programMemory().i32, header.traceArea) / 4 : 0;
}

/** Does what area() does, but makes the area. It stays until the program ends. */
export function openArea(): number {
  if (area() !== 0) return area();
  const { i32, allocate, hand } = programMemory();
  return alone(() => {
    if (area() !== 0) return area();
    const made = allocate(AREA_BYTES);
    i32.fill(0, made / 4, (made + AREA_BYTES) / 4);
    hand.release();
    Atomics.store(i32, header.traceArea, made);
    return made / 4;
  });
}

export function alone<T>(body: () => T): T {
  const mutex = new Mutex(programMemory(), header.trace * 4);
  // One that died inside left a row that is entered or not, a ring that is known or lost: nothing to put
  // right.
  mutex.lock();
  try {
    return body();
  } finally {
    mutex.unlock();
  }
}

/** The shared memory as 64-bit floats: the index of one is half the index of its first word. */
export function floats(): Float64Array {
  const { buffer } = programMemory().i32;
  if (view?.buffer !== buffer) view = new Float64Array(buffer);
  return view;
}
let view: Float64Array | undefined;
