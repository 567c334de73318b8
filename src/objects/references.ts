// Which processes still need a shared object: one bit for each process and thread, and a count that messages
// on their way add to. The last one to release it frees the object's words.
import { SharedMemoryError } from '../errors';
import { COUNTERS, header, LINE, OBJECT_COUNT, OBJECTS, SLOT_COUNT } from '../memory/layout';
import { programBlock, programMemory } from '../memory/memory';
import { currentSlot, isAlive, tagOf, whenSlotDies } from '../memory/slots';
import { isReal } from '../system/control';

const COUNT = 0;
const ENTRY = 1;
const BITS = 16;
const HEADER_BYTES = (BITS + SLOT_COUNT / 32) * 4;

// What the object is called in sentences: which one of its kind it is, and the name that the program gave it.
const NUMBER = 3;
const NAME_LENGTH = 4;
// The object's number in a trace (src/trace/traced.ts).
const TRACED = 5;
const NAME = 6;
const NAME_BYTES = (BITS - NAME) * 4;

// What else has to be let go when an object ends (a queue's blocks), by the number that the object carries.
const KIND = 2;
/** All of them, so that no two parts take the same number. 0 has nothing else. */
export const objectKinds = {
  plain: 0,
  queue: 1,
  condition: 2,
  barrier: 3,
  buffer: 4,
  lanes: 5,
  hold: 6,
  referent: 7,
} as const;
export type ObjectKind = (typeof objectKinds)[keyof typeof objectKinds];
const disposers: ((offset: number) => void)[] = [];

export function whenObjectEnds(kind: ObjectKind, dispose: (offset: number) => void): void {
  disposers[kind] = dispose;
}

/**
 * Allocates `sizeBytes` zeroed bytes that live until no process refers to them, and returns their offset. The
 * caller is the first that refers to them.
 */
export function createObject(sizeBytes: number, kind: ObjectKind = objectKinds.plain): number {
  isReal('a lock, a queue or other shared memory');
  return withRoom(() => newObject(sizeBytes, kind));
}

/** Gives back what no process has any more, and says whether that was anything. */
let makeRoom = () => false;

export function whenFull(giveBack: () => boolean): void {
  makeRoom = giveBack;
}

/**
 * Before a caller is refused memory, what no process has any more is given back. `allocate` holds nothing
 * when it throws.
 */
export function withRoom<T>(allocate: () => T): T {
  try {
    return allocate();
  } catch (error) {
    if (!(error instanceof SharedMemoryError) || !makeRoom()) throw error;
    return allocate();
  }
}

function newObject(sizeBytes: number, kind: ObjectKind): number {
  const { memory, objects } = programBlock();
  const block = objects.allocate(HEADER_BYTES + sizeBytes);
  memory.u8.fill(0, block, block + HEADER_BYTES + sizeBytes);
  const offset = block + HEADER_BYTES;
  memory.i32[block / 4 + KIND] = kind;
  // First of all, so that what stands in the table is let go when we die.
  addReference(offset, currentSlot());
  try {
    enterInTable(block);
  } catch (error) {
    objects.free(block);
    throw error;
  }
  return offset;
}

/** Notes which one of its kind an object is. Its maker calls it, once. */
export function countObject(offset: number, kind: string): void {
  programMemory().i32[headerOf(offset) + NUMBER] = numberOfNext(kind);
}

/** Notes the name that the program gave, of a long one the first 40 bytes. The maker calls it, once. */
export function nameObject(offset: number, name: string | undefined): void {
  if (name === undefined) return;
  const { i32, u8 } = programMemory();
  const at = headerOf(offset);
  const text = new Uint8Array(NAME_BYTES);
  i32[at + NAME_LENGTH] = new TextEncoder().encodeInto(name, text).written;
  u8.set(text, (at + NAME) * 4);
}

/** 'fork 1', or 'Lock-1' for the first Lock of the program if it was given no name. */
export function nameOfObject(offset: number, kind: string): string {
  const { i32, u8 } = programMemory();
  const at = headerOf(offset);
  const length = i32[at + NAME_LENGTH] ?? 0;
  if (length === 0) return `${kind}-${i32[at + NUMBER]}`;
  const from = (at + NAME) * 4;
  return Buffer.from(u8.slice(from, from + length)).toString();
}

/** The name of what is built on an object of another kind: 'Value-1'. */
export function nextName(kind: string): string {
  return `${kind}-${numberOfNext(kind)}`;
}

/** Index of the word of an object for its number in a trace. */
export function tracedWordOf(offset: number): number {
  return headerOf(offset) + TRACED;
}

function numberOfNext(kind: string): number {
  return Atomics.add(programMemory().i32, header.counts + counterOf(kind), 1) + 1;
}

/** Two kinds with one counter would only leave out numbers. Those of the library have one each. */
function counterOf(kind: string): number {
  let hash = 0;
  for (const letter of kind) hash = (hash * 23 + (letter.codePointAt(0) ?? 0)) % COUNTERS;
  return hash;
}

/**
 * Says that this process or thread has the object. A parent also calls it for a child that is about to start:
 * the child may need long to take its own reference.
 */
export function addReference(offset: number, slot: number): void {
  const { i32 } = programMemory();
  const at = headerOf(offset);
  const word = at + BITS + (slot >> 5);
  const bit = 1 << (slot & 31);
  if ((Atomics.load(i32, word) & bit) !== 0) return;
  // Counted first: one who is killed in between leaves the object alive, not the others without it.
  Atomics.add(i32, at + COUNT, 1);
  if ((Atomics.or(i32, word, bit) & bit) !== 0) Atomics.sub(i32, at + COUNT, 1);
}

export function dropReference(offset: number, slot: number): void {
  const { i32 } = programMemory();
  const at = headerOf(offset);
  const bit = 1 << (slot & 31);
  if ((Atomics.and(i32, at + BITS + (slot >> 5), ~bit) & bit) !== 0) unpin(offset);
}

/** Pins an object for a handle inside a message, which belongs to no process until one receives it. */
export function pin(offset: number): void {
  Atomics.add(programMemory().i32, headerOf(offset) + COUNT, 1);
}

export function unpin(offset: number): void {
  const { memory, objects } = programBlock();
  const at = headerOf(offset);
  if (Atomics.sub(memory.i32, at + COUNT, 1) !== 1) return;
  disposers[memory.i32[at + KIND] ?? 0]?.(offset);
  Atomics.store(memory.i32, OBJECTS + (memory.i32[at + ENTRY] ?? 0), 0);
  objects.free(at * 4);
}

/**
 * Whether a living process or thread but `except` refers to the object, or a message on its way; `pins` do
 * not count.
 */
export function isInUse(
  offset: number,
  { pins, except }: { pins: number; except?: number | undefined },
): boolean {
  return visitHolders(offset, pins, (slot) => slot !== except && isAlive(slot));
}

/**
 * The living processes and threads that refer to the object; undefined if a message on its way does, but for
 * `pins`.
 */
export function whoRefersTo(offset: number, pins = 0): number[] | undefined {
  const found = new Set<number>();
  return findReferring(offset, pins, found) ? [...found] : undefined;
}

/** Finds those too that have it through something that keeps it. False if that is not known of all. */
function findReferring(offset: number, pins: number, found: Set<number>): boolean {
  const isKept = visitHolders(offset, pins, (slot) => {
    if (isAlive(slot)) found.add(tagOf(slot));
    return false;
  });
  if (!isKept) return true;
  const keepers = keepersOf(offset);
  if (visitHolders(offset, pins + keepers.length, () => false)) return false;
  return keepers.every((keeper) => findReferring(keeper, 0, found));
}

/** A keeper comes as often as it keeps the object. */
function keepersOf(offset: number): number[] {
  const { i32 } = programMemory();
  return liveObjects().flatMap((object) => {
    const kept = keeping[i32[headerOf(object) + KIND] ?? 0]?.(object) ?? [];
    return kept.filter((each) => each === offset).map(() => object);
  });
}

const keeping: ((offset: number) => readonly number[])[] = [];

/** Says which others an object of this kind keeps: a process that has the one can reach them. */
export function whenObjectKeeps(kind: ObjectKind, kept: (offset: number) => readonly number[]): void {
  keeping[kind] = kept;
}

/** Returns true as soon as `visit` does, or at the end if a message on its way refers to the object. */
function visitHolders(offset: number, pins: number, visit: (slot: number) => boolean): boolean {
  const { i32 } = programMemory();
  const at = headerOf(offset);
  let holders = 0;
  for (let word = 0; word < SLOT_COUNT / 32; word++) {
    for (let bits = Atomics.load(i32, at + BITS + word); bits !== 0; bits &= bits - 1) {
      if (visit(word * 32 + 31 - Math.clz32(bits & -bits))) return true;
      holders++;
    }
  }
  return Atomics.load(i32, at + COUNT) - pins > holders;
}

/** How many shared objects are alive in the whole program. */
export function countObjects(): number {
  return liveObjects().length;
}

// The list may be out of date when a reference is dropped. That is harmless because an object's block never
// becomes anything but an object again, and no new object can have the bit of a slot that is dead.
whenSlotDies((slot) => {
  for (const offset of liveObjects()) dropReference(offset, slot);
});

/** The live objects of one kind: for finding one by what it carries. */
export function objectsOfKind(kind: ObjectKind): number[] {
  const { i32 } = programMemory();
  return liveObjects().filter((offset) => i32[headerOf(offset) + KIND] === kind);
}

function liveObjects(): number[] {
  const { i32 } = programMemory();
  const used = Atomics.load(i32, header.objectsUsed);
  const found: number[] = [];
  for (let entry = 0; entry < used; entry++) {
    const line = Atomics.load(i32, OBJECTS + entry);
    if (line !== 0) found.push(line * LINE + HEADER_BYTES);
  }
  return found;
}

function enterInTable(block: number): void {
  const { i32, hand } = programMemory();
  const first = Atomics.add(i32, header.objectHint, 1);
  for (let step = 0; step < OBJECT_COUNT; step++) {
    const entry = (first + step) & (OBJECT_COUNT - 1);
    if (Atomics.load(i32, OBJECTS + entry) !== 0) continue;
    raise(i32, header.objectsUsed, entry + 1);
    i32[block / 4 + ENTRY] = entry;
    hand.release();
    if (Atomics.compareExchange(i32, OBJECTS + entry, 0, block / LINE) === 0) return;
  }
  throw new SharedMemoryError(`${OBJECT_COUNT} locks, queues and other shared objects exist already.`);
}

function raise(i32: Int32Array, index: number, to: number): void {
  for (;;) {
    const now = Atomics.load(i32, index);
    if (now >= to || Atomics.compareExchange(i32, index, now, to) === now) return;
  }
}

function headerOf(offset: number): number {
  return (offset - HEADER_BYTES) / 4;
}
