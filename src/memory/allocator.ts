// Hands out the heap of the shared block in powers of two. Lock-free: every change is published by one atomic
// store, so a process killed anywhere in here never stops the others, and has the block it was busy with in
// its hand but for some instructions.
import { totalmem } from 'node:os';
import { SharedMemoryError } from '../errors';
import type { Hand, InHand } from './hand';
import { FREE_LISTS, header, LINE } from './layout';

const IN_USE = 0x5a_5a_00_00;
const FREE = 0x0f_0f_00_00;
const FREE_WITH_PAGES = 0x0f_0f_01_00;
const ORDER = 0xff;
// A large block that is freed gives its pages back to the machine, but for this much in all: touching a page
// for the first time costs more than copying into it.
const LARGE_BYTES = 2 ** 18;
const DEFAULT_KEPT_BYTES = Math.min(2 ** 29, Math.max(2 ** 26, machineMemory() / 16));
const WORDS_PER_LINE = LINE / 4;

interface AllocatorOptions {
  listsByte: number;
  /** Whether a larger free block may be cut into smaller ones. */
  maySplit: boolean;
  hand: Hand;
  /** Whether its blocks are those for objects. */
  isForObjects?: boolean;
  /** Whose free blocks it may take when it has none. They become its own for good. */
  takesFrom?: Allocator;
  discard(offset: number, sizeBytes: number): void;
  populate(offset: number, sizeBytes: number): void;
  keptBytes?: number;
}

export class Allocator {
  readonly #i32: Int32Array;
  readonly #lists: BigUint64Array;
  readonly #options: AllocatorOptions;

  constructor(i32: Int32Array, options: AllocatorOptions) {
    this.#i32 = i32;
    this.#lists = new BigUint64Array(i32.buffer, options.listsByte, FREE_LISTS);
    this.#options = options;
  }

  /**
   * Returns the offset in bytes of a block for `sizeBytes`, which is in the hand of this thread until that
   * calls `hand.release()`. Throws SharedMemoryError if there is no room.
   */
  allocate(sizeBytes: number): number {
    // One line more than asked for: the block's own header, which says how large it is.
    const order = Math.max(1, Math.ceil(Math.log2(Math.ceil(sizeBytes / LINE) + 1)));
    const line = order >= FREE_LISTS ? 0 : this.#find(order);
    if (line === 0) {
      throw new SharedMemoryError(noRoomFor(sizeBytes, this.#i32.byteLength));
    }
    this.#takeInHand(line, order);
    const hasPages = (Atomics.load(this.#i32, line * WORDS_PER_LINE) & ~ORDER) === FREE_WITH_PAGES;
    Atomics.store(this.#i32, line * WORDS_PER_LINE, IN_USE | order);
    if (!hasPages && sizeBytes >= LARGE_BYTES) this.#options.populate((line + 1) * LINE, sizeBytes);
    return (line + 1) * LINE;
  }

  #find(order: number): number {
    const { takesFrom } = this.#options;
    const own = this.#pop(order) || this.#extend(order) || this.#split(order);
    return own || (takesFrom ? takesFrom.#pop(order) || takesFrom.#split(order) : 0);
  }

  /** Throws SharedMemoryError if no block that is in use lies there. */
  free(offset: number): void {
    const line = offset / LINE - 1;
    const state = Atomics.load(this.#i32, line * WORDS_PER_LINE);
    const order = state & ORDER;
    const isMine =
      (state & ~ORDER) === IN_USE &&
      Atomics.compareExchange(this.#i32, line * WORDS_PER_LINE, state, FREE | order) === state;
    if (!isMine) {
      throw new SharedMemoryError(`Offset ${offset} of the shared memory was freed, but it is not in use.`);
    }
    this.#takeInHand(line, order);
    this.#push(order, line, this.#letPagesGo(order, offset) ? FREE : FREE_WITH_PAGES);
  }

  /** Takes back what a thread that died had in its hand. */
  takeBack({ line, order }: InHand): void {
    this.#push(order, line, FREE);
  }

  #takeInHand(line: number, order: number): void {
    this.#options.hand.take({ line, order, isObject: this.#options.isForObjects === true });
  }

  #letPagesGo(order: number, offset: number): boolean {
    const sizeBytes = (1 << order) * LINE;
    if (sizeBytes < LARGE_BYTES) return true;
    const size = sizeBytes / LARGE_BYTES;
    const isWithinBudget =
      Atomics.add(this.#i32, header.keptPages, size) + size <=
      (this.#options.keptBytes ?? DEFAULT_KEPT_BYTES) / LARGE_BYTES;
    if (isWithinBudget) return false;
    Atomics.sub(this.#i32, header.keptPages, size);
    this.#options.discard(offset, sizeBytes - LINE);
    return true;
  }

  #extend(order: number): number {
    // Not by a shift, whose result is negative for the largest order.
    const lines = 2 ** order;
    for (;;) {
      const top = Atomics.load(this.#i32, header.heapTop);
      if (top + lines > Atomics.load(this.#i32, header.heapEnd)) return 0;
      if (Atomics.compareExchange(this.#i32, header.heapTop, top, top + lines) === top) return top;
    }
  }

  #split(order: number): number {
    if (!this.#options.maySplit) return 0;
    for (let larger = order + 1; larger < FREE_LISTS; larger++) {
      const line = this.#pop(larger);
      if (line === 0) continue;
      for (let half = larger - 1; half >= order; half--) this.#push(half, line + (1 << half), FREE);
      return line;
    }
    return 0;
  }

  // A list's head is the first block and, above it, a count of changes: without it a block that left and came
  // back between our load and our exchange would pass for unchanged.
  #pop(order: number): number {
    for (;;) {
      const head = Atomics.load(this.#lists, order);
      const line = Number(head & 0xffff_ffffn);
      if (line === 0) return 0;
      const next = Atomics.load(this.#i32, line * WORDS_PER_LINE + 1);
      if (Atomics.compareExchange(this.#lists, order, head, withFirst(head, next)) !== head) continue;
      if ((Atomics.load(this.#i32, line * WORDS_PER_LINE) & ~ORDER) === FREE_WITH_PAGES) {
        Atomics.sub(this.#i32, header.keptPages, ((1 << order) * LINE) / LARGE_BYTES);
      }
      return line;
    }
  }

  #push(order: number, line: number, state: number): void {
    Atomics.store(this.#i32, line * WORDS_PER_LINE, state | order);
    for (;;) {
      const head = Atomics.load(this.#lists, order);
      const changed = withFirst(head, line);
      Atomics.store(this.#i32, line * WORDS_PER_LINE + 1, Number(head & 0xffff_ffffn));
      this.#options.hand.release();
      if (Atomics.compareExchange(this.#lists, order, head, changed) === head) return;
    }
  }
}

/** What the head of a list changes to when that block becomes the first one. */
function withFirst(head: bigint, line: number): bigint {
  return BigInt.asUintN(64, (((head >> 32n) + 1n) << 32n) | BigInt(line));
}

function machineMemory(): number {
  // 0 or a huge number where no limit is set.
  const limit = process.constrainedMemory?.() || Number.POSITIVE_INFINITY;
  return Math.min(totalmem(), limit);
}

function noRoomFor(sizeBytes: number, allBytes: number): string {
  const mebibytes = (bytes: number) => `${Math.round(bytes / 2 ** 20)} MiB`;
  // The first half is never free as a whole: what all processes know of the memory stands there.
  const mostBytes = allBytes / 2;
  return sizeBytes >= mostBytes
    ? `${sizeBytes} bytes are more than one piece of a program's shared memory can have (${mebibytes(mostBytes)}; ` +
        `${mebibytes(allBytes)} are all of it). Divide it into smaller pieces, or put it into a file.`
    : `The program's shared memory (${mebibytes(allBytes)}) has no room for ${sizeBytes} bytes more. Is a queue ` +
        'filled and never read? new Queue(maxsize) makes put() wait. Or is much made without a turn of the event ' +
        'loop, until which it is kept? `await sleep(0)` now and then lets it go.';
}
