// Where things lie in the shared block: header, slots, table of shared objects, heap. Numbers only.

export const MAGIC = 0x50_41_52_31;

/** Indices of 32-bit words in the header. */
export const header = {
  magic: 0,
  heapEnd: 1,
  heapTop: 2,
  slotHint: 3,
  objectHint: 4,
  objectsUsed: 5,
  keptPages: 6,
  /** It stands in the place of a slot's word for threads that have no slot yet. */
  noHand: 7,
  /** Four words: the mutex of the names of shared memory. */
  names: 16,
  /** Four words: the mutex of those who end a deadlock. */
  deadlocks: 20,
  /** The tag of the process whose host may give it work at any time, 0 without such a host. */
  host: 24,
  /** Four words: the mutex of those who start a child. */
  starts: 28,
  /** How many objects of each kind were made: for their names. */
  counts: 32,
  /** 1 while what happens is traced. On a line that hardly ever changes, because every process reads it. */
  tracing: 192,
  /** Offset of what a trace consists of, 0 before there was one; then the four words of its mutex. */
  traceArea: 208,
  trace: 212,
} as const;
export const COUNTERS = 32;

/**
 * Free blocks, one list for each power of two. Blocks that held an object are only used for objects again.
 */
export const FREE_LISTS = 32;
export const HEAP_LISTS_BYTE = 256;
export const OBJECT_LISTS_BYTE = 512;

/** Where a host's debugger waits: two words, and the path of a Unix socket, which has at most 108 bytes. */
export const inspectorWord = { version: 256, length: 257 } as const;
export const INSPECTOR_BYTE = 1032;
export const INSPECTOR_PATH_BYTES = 108;

// Ten bits of an owner's tag name the slot, so this number and the tag's shape belong together.
export const SLOT_BITS = 10;
export const SLOT_COUNT = 1 << SLOT_BITS;
export const SLOT_WORDS = 64;
const SLOTS_BYTE = 4096;
export const SLOTS = SLOTS_BYTE / 4;

export const OBJECT_COUNT = 65_536;
const OBJECTS_BYTE = SLOTS_BYTE + SLOT_COUNT * SLOT_WORDS * 4;
export const OBJECTS = OBJECTS_BYTE / 4;

export const HEAP_BYTE = OBJECTS_BYTE + OBJECT_COUNT * 4;

/** Everything is handed out in cache lines, so that two objects never share one. */
export const LINE = 64;

/** Words within a slot. The first ten belong to the kernel's robust list (life.ts). */
export const slotWord = {
  life: 0,
  listNode: 2,
  listHead: 4,
  pid: 10,
  state: 11,
  generation: 12,
  parent: 13,
  processSlot: 14,
  kind: 15,
  exitcode: 16,
  exitKnown: 17,
  doorbell: 18,
  /** The parent's tag: its slot may be another's by now. 0 for the root. */
  parentTag: 19,
  task: 20,
  /** A block of memory that only this thread knows: hand.ts. */
  hand: 27,
  nameLength: 28,
  report: 29,
  reportRoom: 30,
  reportSequence: 31,
  /** 1 for a process of the library's own, which has no place in what a program is shown of itself. */
  own: 32,
  name: 33,
} as const;
export const NAME_BYTES = (SLOT_WORDS - slotWord.name) * 4;
