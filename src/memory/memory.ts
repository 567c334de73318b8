// The program's one block of shared memory: made in the root, joined by every other process and thread.
// What lies in it is the business of the files beside this one.
import { SharedMemoryError } from '../errors';
import { type Ffi, ffiStatus, loadFfi } from '../system/ffi';
import { Allocator } from './allocator';
import { Hand, takeFromHand } from './hand';
import { HEAP_BYTE, HEAP_LISTS_BYTE, header, LINE, MAGIC, OBJECT_LISTS_BYTE, SLOT_COUNT } from './layout';

export { ffiStatus };

export interface Memory {
  readonly kind: 'mapped' | 'shared-array-buffer';
  readonly i32: Int32Array;
  readonly u8: Uint8Array;
  readonly sizeBytes: number;
  /**
   * Returns the offset in bytes of `sizeBytes` bytes, 64-byte aligned. What they contain is undefined. Call
   * `hand.release()` right before the store that makes them known to others. Throws SharedMemoryError if
   * there is no room.
   */
  allocate(sizeBytes: number): number;
  free(offset: number): void;
  readonly hand: Hand;
  /** Sleeps while the word is `expected`. Returns early for any reason, after 50 ms at the latest. */
  waitSync(index: number, expected: number, timeoutMs: number): void;
  /** Wakes synchronous sleepers on that word. */
  wake(index: number, count: number): void;
}

/** Plain data that a new process or thread needs to join. `doorbells` and `block` are for threads only. */
export interface MemoryTicket {
  kind: Memory['kind'];
  sizeBytes: number;
  fd?: number;
  block?: SharedArrayBuffer;
  doorbells?: SharedArrayBuffer;
}

/** Long enough to cost little, short enough that terminate(), signals and dead owners get noticed. */
export const SLICE_MS = 50;

// Pages are only taken from the machine when touched. V8 counts the view as external memory, yet collects
// garbage as often as without it (docs/decisions/shared-memory.md), so the size may be generous: the largest
// whose offsets are still small integers.
const MAPPED_BYTES = 2 ** 31 - 4096;
const BUFFER_BYTES = 2 ** 28;
const PAGE = 4096;

interface Joined {
  memory: Memory;
  /** The blocks of shared objects, which references.ts gives out. */
  objects: Allocator;
  /**
   * Gives back, for slots.ts, the block that a dead thread had in its hand, as that word of its slot says.
   */
  takeBack(handWord: number): void;
  ticket: MemoryTicket & { doorbells: SharedArrayBuffer };
  ffi: Ffi | undefined;
  addressOf(index: number): bigint;
}
let joined: Joined | undefined;
let isRoot = false;
const onCreated: (() => void)[] = [];

export function programMemory(): Memory {
  return programBlock().memory;
}

/**
 * The ticket for a thread of this process; for a new process, say under which number it will find the
 * descriptor.
 */
export function memoryTicket(childFd?: number): MemoryTicket {
  const { ticket } = programBlock();
  if (childFd === undefined) return ticket;
  if (ticket.kind !== 'mapped') {
    throw new SharedMemoryError(
      `Processes cannot share memory here, because ${ffiStatus().reason}. Threads can: use the start method 'thread'.`,
    );
  }
  return { kind: 'mapped', sizeBytes: ticket.sizeBytes, fd: childFd };
}

/** The descriptor to hand down in `stdio` when a process is spawned. */
export function memoryFd(): number | undefined {
  return programBlock().ticket.fd;
}

/** The first thing a child does. */
export function joinMemory(ticket: MemoryTicket): void {
  if (joined !== undefined) throw new SharedMemoryError('This process has its shared memory already.');
  joined = ticket.kind === 'mapped' ? map(ticket) : wrap(ticket);
  if (joined.memory.i32[header.magic] !== MAGIC) {
    joined = undefined;
    throw new SharedMemoryError('The descriptor handed down is not the shared memory of a ParLab program.');
  }
}

export function hasMemory(): boolean {
  return joined !== undefined;
}

let expectsLargeBuffers = false;

/**
 * A process calls it that receives large buffers (measured: 0.1 ms instead of 1 ms for each MiB). It changes
 * malloc for good.
 */
export function expectLargeBuffers(): void {
  if (expectsLargeBuffers) return;
  expectsLargeBuffers = true;
  programBlock().ffi?.keepFreedMemory();
}

/** By this slots.ts lets the root process take its own slot as soon as there is a block. */
export function whenCreated(then: () => void): void {
  if (isRoot) then();
  else onCreated.push(then);
}

/** The block with all that this thread has for it. For the few files that need more than `memory` of it. */
export function programBlock(): Joined {
  if (joined === undefined) {
    joined = create();
    isRoot = true;
    for (const then of onCreated) then();
  }
  return joined;
}

function create(): Joined {
  const ffi = loadFfi();
  const created =
    ffi === undefined
      ? wrap({
          kind: 'shared-array-buffer',
          sizeBytes: BUFFER_BYTES,
          block: new SharedArrayBuffer(BUFFER_BYTES),
        })
      : map({ kind: 'mapped', sizeBytes: MAPPED_BYTES, fd: ffi.openBlock(MAPPED_BYTES) });
  const { i32, sizeBytes } = created.memory;
  i32[header.heapTop] = HEAP_BYTE / LINE;
  i32[header.heapEnd] = Math.floor(sizeBytes / LINE);
  i32[header.magic] = MAGIC;
  return created;
}

function map(ticket: MemoryTicket): Joined {
  const ffi = loadFfi();
  if (ffi === undefined || ticket.fd === undefined) {
    throw new SharedMemoryError(`The shared memory cannot be mapped here, because ${ffiStatus().reason}.`);
  }
  const { address, buffer } = ffi.map(ticket.fd, ticket.sizeBytes);
  const addressOf = (index: number) => address + BigInt(index * 4);
  const onPages =
    (act: (address: bigint, sizeBytes: number) => void) => (offset: number, sizeBytes: number) => {
      const from = Math.ceil(offset / PAGE) * PAGE;
      const to = Math.floor((offset + sizeBytes) / PAGE) * PAGE;
      if (to > from) act(address + BigInt(from), to - from);
    };
  const assembled = assemble('mapped', buffer, {
    waitSync: (index, expected, timeoutMs) =>
      ffi.waitOnWord(addressOf(index), expected, Math.min(timeoutMs, SLICE_MS)),
    wake: (index, count) => ffi.wakeWord(addressOf(index), count),
    discard: onPages(ffi.discard),
    populate: onPages(ffi.populate),
  });
  return { ...assembled, ticket: withDoorbells(ticket), ffi, addressOf };
}

function wrap(ticket: MemoryTicket): Joined {
  if (ticket.block === undefined)
    throw new SharedMemoryError('A thread was started without its shared memory.');
  const assembled = assemble('shared-array-buffer', ticket.block, {
    waitSync: (index, expected, timeoutMs) => {
      Atomics.wait(assembled.memory.i32, index, expected, Math.min(timeoutMs, SLICE_MS));
    },
    wake: (index, count) => {
      Atomics.notify(assembled.memory.i32, index, count);
    },
    discard() {},
    populate() {},
  });
  const addressOf = () => {
    throw new SharedMemoryError('A SharedArrayBuffer has no address.');
  };
  return { ...assembled, ticket: withDoorbells(ticket), ffi: undefined, addressOf };
}

interface Primitives extends Pick<Memory, 'waitSync' | 'wake'> {
  discard(offset: number, sizeBytes: number): void;
  populate(offset: number, sizeBytes: number): void;
}

function assemble(
  kind: Memory['kind'],
  buffer: ArrayBuffer | SharedArrayBuffer,
  how: Primitives,
): Pick<Joined, 'memory' | 'objects' | 'takeBack'> {
  const i32 = new Int32Array(buffer);
  const hand = new Hand(i32);
  const heap = new Allocator(i32, { ...how, hand, listsByte: HEAP_LISTS_BYTE, maySplit: true });
  const memory: Memory = {
    kind,
    i32,
    u8: new Uint8Array(buffer),
    sizeBytes: buffer.byteLength,
    allocate: (sizeBytes) => heap.allocate(sizeBytes),
    free: (offset) => heap.free(offset),
    hand,
    waitSync: how.waitSync,
    wake: how.wake,
  };
  const objects = new Allocator(i32, {
    ...how,
    hand,
    listsByte: OBJECT_LISTS_BYTE,
    maySplit: false,
    isForObjects: true,
    takesFrom: heap,
  });
  const takeBack = (word: number) => {
    const block = takeFromHand(i32, word);
    if (block !== undefined) (block.isObject ? objects : heap).takeBack(block);
  };
  return { memory, objects, takeBack };
}

/**
 * One doorbell for each slot. A process shares no JavaScript memory with its parent, so it begins its own set
 * of them.
 */
function withDoorbells(ticket: MemoryTicket): MemoryTicket & { doorbells: SharedArrayBuffer } {
  return { ...ticket, doorbells: ticket.doorbells ?? new SharedArrayBuffer(SLOT_COUNT * 4) };
}
