// The messages of a queue: bytes in a chain of segments in shared memory. Put and take have a mutex each, and
// every change is published by one store, so that a process killed in here loses at most the message it was
// writing.
import { header, LINE } from '../memory/layout';
import type { Memory } from '../memory/memory';
import { Mutex } from '../memory/mutex';
import { pin, withRoom } from '../objects/references';
import { got, putting } from '../trace/points';
import type { Traced } from '../trace/traced';
import { Pace } from './pace';

const { tracing } = header;

// Words of the queue's own object, putters' and takers' on lines of their own.
const TAIL = 0;
const PUT_COUNT = 1;
const PUT_MUTEX = 4;
// A segment that its putter has and that no other process can reach yet.
const PREPARED = 8;
// The message whose shared objects its putter is about to pin.
const ARRIVING = 9;
const HEAD = 16;
const TAKEN_COUNT = 17;
// The message that a taker has and has not yet released.
const LEAVING = 18;
const TAKE_MUTEX = 20;
export const SEGMENTS_BYTES = 2 * LINE;

// Words of a segment, then its messages.
const NEXT = 0;
const CAPACITY = 1;
const WRITTEN = 2;
const MESSAGES_BEFORE = 3;
const READ = 16;
const SEGMENT_HEADER_BYTES = 2 * LINE;
// The allocator adds a line of its own and rounds up to a power of two.
const SEGMENT_BYTES = 2 ** 16 - LINE;

// A message: length, tag, bytes, up to a multiple of 8.
const MESSAGE_HEADER_BYTES = 8;

export interface Written {
  tag: number;
  bytes: Uint8Array;
  /**
   * Shared objects that the message keeps alive. Their number stands in its first word, then as many words
   * that are still 0.
   */
  pinned: readonly number[];
}

export interface Found {
  tag: number;
  /** Where its bytes begin in shared memory. */
  offset: number;
  length: number;
}

export class Segments {
  readonly #memory: Memory;
  readonly #i32: Int32Array;
  readonly #f64: Float64Array;
  readonly #at: number;
  readonly #putMutex: Mutex;
  readonly #takeMutex: Mutex;
  readonly #pace: Pace;
  readonly #discard: (found: Found) => void;
  readonly #found: Found = { tag: 0, offset: 0, length: 0 };
  readonly #traced: Traced | undefined;

  /**
   * `discard` releases what a message kept alive, as far as that has not been done yet. It must not throw.
   */
  constructor(memory: Memory, offset: number, discard: (found: Found) => void, traced?: Traced) {
    this.#memory = memory;
    this.#discard = discard;
    this.#traced = traced;
    this.#i32 = memory.i32;
    this.#f64 = new Float64Array(memory.i32.buffer);
    this.#at = offset / 4;
    this.#putMutex = new Mutex(memory, offset + PUT_MUTEX * 4);
    this.#takeMutex = new Mutex(memory, offset + TAKE_MUTEX * 4);
    this.#pace = new Pace(memory, this.#at + TAKEN_COUNT);
  }

  /** The process that makes the queue calls it, once. */
  initialize(): void {
    const first = this.#newSegment(0);
    this.#memory.hand.release();
    this.#i32[this.#at + TAIL] = first;
    this.#i32[this.#at + HEAD] = first;
  }

  readonly #count = () => this.count();

  /**
   * How many messages there are. It corrects for a process that was killed between changing the messages and
   * counting them.
   */
  count(): number {
    if (this.#putMutex.isAbandoned()) this.putCount();
    if (this.#takeMutex.isAbandoned()) this.#settleTaken();
    return this.counted();
  }

  /**
   * Like count(), but does not correct for killed processes. For callers that have just put or taken a
   * message.
   */
  counted(): number {
    const put = Atomics.load(this.#i32, this.#at + PUT_COUNT);
    return (put - Atomics.load(this.#i32, this.#at + TAKEN_COUNT)) | 0;
  }

  /** How many were ever put, modulo 2 ** 32. Waits for whoever is publishing one just now. */
  putCount(): number {
    if (this.#putMutex.lock()) this.#recover();
    const count = this.#i32[this.#at + PUT_COUNT] as number;
    this.#putMutex.unlock();
    return count;
  }

  // Between a putter's lock and unlock, so only a taker can have been killed before it counted.
  #isFull(limit: number): boolean {
    if (this.counted() < limit) return false;
    if (this.#takeMutex.isAbandoned()) this.#settleTaken();
    return this.counted() >= limit;
  }

  #settleTaken(): void {
    if (this.#takeMutex.lock()) this.#recountTaken();
    this.#takeMutex.unlock();
  }

  /** Puts a number. Returns false if there are `limit` messages already. */
  putNumber(value: number, tag: number, limit: number): boolean {
    const at = this.#begin(8, tag, limit);
    if (at < 0) return false;
    this.#f64[(at + MESSAGE_HEADER_BYTES) / 8] = value;
    this.#publish(8);
    return true;
  }

  /** Puts bytes. Returns false if there are `limit` messages already. */
  put({ bytes, tag, pinned }: Written, limit: number): boolean {
    const { length } = bytes;
    this.#pace.keep(length, this.#count);
    const at = this.#begin(length, tag, limit);
    if (at < 0) return false;
    const { u8 } = this.#memory;
    const from = at + MESSAGE_HEADER_BYTES;
    // A call costs more than a few stores.
    if (length < 40) for (let i = 0; i < length; i++) u8[from + i] = bytes[i] as number;
    else u8.set(bytes, from);
    if (pinned.length > 0) this.#pinAll(from, pinned);
    this.#publish(length);
    return true;
  }

  /** Hands the oldest message to `read`, which may not throw, and removes it; undefined if there is none. */
  take<T>(read: (found: Found) => T): T | undefined {
    if (this.#takeMutex.lock()) this.#recountTaken();
    try {
      const found = this.#find();
      if (found === undefined) return undefined;
      const value = read(found);
      const head = this.#i32[this.#at + HEAD] as number;
      // From this store on the message is ours. Killed before it, we leave the message to the next.
      const after = (this.#i32[head + READ] as number) + sizeOf(found.length);
      this.#i32[this.#at + LEAVING] = found.offset;
      Atomics.store(this.#i32, head + READ, after);
      this.#discard(found);
      this.#i32[this.#at + LEAVING] = 0;
      this.#i32[this.#at + TAKEN_COUNT] = ((this.#i32[this.#at + TAKEN_COUNT] as number) + 1) | 0;
      if (this.#i32[tracing] !== 0) this.#tell(got, TAKEN_COUNT, 0);
      return value;
    } finally {
      this.#takeMutex.unlock();
    }
  }

  /** What `read` makes of each message, the oldest first; nothing is removed. */
  peek<T>(read: (found: Found) => T): T[] {
    if (this.#takeMutex.lock()) this.#recountTaken();
    try {
      const seen: T[] = [];
      let segment = this.#i32[this.#at + HEAD] as number;
      for (let at = this.#i32[segment + READ] as number; segment !== 0; at = 0) {
        const next = Atomics.load(this.#i32, segment + NEXT);
        while (at < Atomics.load(this.#i32, segment + WRITTEN)) {
          const found = this.#messageAt(segment * 4 + SEGMENT_HEADER_BYTES + at);
          at += sizeOf(found.length);
          seen.push(read(found));
        }
        segment = next;
      }
      return seen;
    } finally {
      this.#takeMutex.unlock();
    }
  }

  /** Discards every message, then gives the segments back. No other process has the queue any more. */
  dispose(): void {
    // The maker of the queue died before it had a first segment.
    if (this.#i32[this.#at + HEAD] === 0) return;
    if (this.#prepared !== 0 || this.#i32[this.#at + ARRIVING] !== 0) this.#recover();
    this.#discardLeaving();
    for (let found = this.#find(); found !== undefined; found = this.#find()) {
      this.#discard(found);
      const head = this.#i32[this.#at + HEAD] as number;
      this.#i32[head + READ] = (this.#i32[head + READ] as number) + sizeOf(found.length);
    }
    this.#memory.free((this.#i32[this.#at + HEAD] as number) * 4);
  }

  // Between begin and publish the putters' mutex is ours.
  #begin(length: number, tag: number, limit: number): number {
    if (this.#putMutex.lock()) this.#recover();
    const i32 = this.#i32;
    if (this.#isFull(limit)) {
      this.#putMutex.unlock();
      return -1;
    }
    let tail = i32[this.#at + TAIL] as number;
    let written = i32[tail + WRITTEN] as number;
    if (written + sizeOf(length) > (i32[tail + CAPACITY] as number)) {
      tail = this.#prepareNext(sizeOf(length));
      written = 0;
    }
    const at = tail * 4 + SEGMENT_HEADER_BYTES + written;
    i32[at / 4] = length;
    i32[at / 4 + 1] = tag;
    return at;
  }

  #pinAll(from: number, pinned: readonly number[]): void {
    const i32 = this.#i32;
    i32[this.#at + ARRIVING] = from;
    pinned.forEach((offset, index) => {
      pin(offset);
      i32[from / 4 + 1 + index] = offset;
    });
  }

  get #prepared(): number {
    return this.#i32[this.#at + PREPARED] as number;
  }

  set #prepared(segment: number) {
    Atomics.store(this.#i32, this.#at + PREPARED, segment);
  }

  #prepareNext(sizeBytes: number): number {
    try {
      const segment = this.#newSegment(sizeBytes);
      this.#memory.hand.release();
      this.#prepared = segment;
    } catch (error) {
      this.#putMutex.unlock();
      throw error;
    }
    this.#i32[this.#prepared + MESSAGES_BEFORE] = this.#i32[this.#at + PUT_COUNT] as number;
    return this.#prepared;
  }

  #publish(length: number): void {
    const i32 = this.#i32;
    if (i32[tracing] !== 0) this.#tell(putting, PUT_COUNT, 1);
    const tail = i32[this.#at + TAIL] as number;
    if (this.#prepared === 0) {
      Atomics.store(i32, tail + WRITTEN, (i32[tail + WRITTEN] as number) + sizeOf(length));
    } else {
      i32[this.#prepared + WRITTEN] = sizeOf(length);
      Atomics.store(i32, tail + NEXT, this.#prepared);
      // A taker that is done with the old segment may have moved the tail for us.
      Atomics.compareExchange(i32, this.#at + TAIL, tail, this.#prepared);
      this.#prepared = 0;
    }
    i32[this.#at + ARRIVING] = 0;
    i32[this.#at + PUT_COUNT] = ((i32[this.#at + PUT_COUNT] as number) + 1) | 0;
    this.#putMutex.unlock();
  }

  #tell(what: typeof got, count: number, more: number): void {
    if (this.#traced !== undefined) what(this.#traced, ((this.#i32[this.#at + count] as number) + more) | 0);
  }

  #find(): Found | undefined {
    const i32 = this.#i32;
    for (;;) {
      const head = i32[this.#at + HEAD] as number;
      // NEXT is read before WRITTEN: a segment with a successor is never written to again.
      const next = Atomics.load(i32, head + NEXT);
      const read = i32[head + READ] as number;
      if (read < Atomics.load(i32, head + WRITTEN)) {
        return this.#messageAt(head * 4 + SEGMENT_HEADER_BYTES + read);
      }
      if (next === 0) return undefined;
      // A putter killed between its two stores left the tail behind; nothing may point to what is freed.
      Atomics.compareExchange(i32, this.#at + TAIL, head, next);
      Atomics.store(i32, this.#at + HEAD, next);
      this.#memory.free(head * 4);
    }
  }

  #messageAt(at: number): Found {
    this.#found.length = this.#i32[at / 4] as number;
    this.#found.tag = this.#i32[at / 4 + 1] as number;
    this.#found.offset = at + MESSAGE_HEADER_BYTES;
    return this.#found;
  }

  #newSegment(messageBytes: number): number {
    const sizeBytes = Math.max(SEGMENT_BYTES, SEGMENT_HEADER_BYTES + messageBytes);
    const segment = withRoom(() => this.#memory.allocate(sizeBytes)) / 4;
    this.#i32.fill(0, segment, segment + SEGMENT_HEADER_BYTES / 4);
    this.#i32[segment + CAPACITY] = sizeBytes - SEGMENT_HEADER_BYTES;
    return segment;
  }

  // What a killed putter may have left: a message published and not counted, a segment linked and not yet the
  // tail, or one that is not linked.
  #recover(): void {
    const i32 = this.#i32;
    if (this.#takeMutex.lock()) this.#recountTaken();
    try {
      let tail = i32[this.#at + TAIL] as number;
      for (let next = tail; next !== 0; next = Atomics.load(i32, tail + NEXT)) tail = next;
      Atomics.store(i32, this.#at + TAIL, tail);
      this.#discardArriving(tail);
      // Linked, it is the last one still: takers keep the last, and no putter has come since.
      if (this.#prepared !== 0 && this.#prepared !== tail) this.#memory.free(this.#prepared * 4);
      this.#prepared = 0;
      i32[this.#at + PUT_COUNT] =
        ((i32[tail + MESSAGES_BEFORE] as number) + this.#messagesIn(tail, i32[tail + WRITTEN] as number)) | 0;
    } finally {
      this.#takeMutex.unlock();
    }
  }

  #recountTaken(): void {
    this.#discardLeaving();
    const i32 = this.#i32;
    const head = i32[this.#at + HEAD] as number;
    i32[this.#at + TAKEN_COUNT] =
      ((i32[head + MESSAGES_BEFORE] as number) + this.#messagesIn(head, i32[head + READ] as number)) | 0;
  }

  /** Discards the message that a process was putting when it was killed. */
  #discardArriving(tail: number): void {
    const i32 = this.#i32;
    const offset = i32[this.#at + ARRIVING] as number;
    if (offset === 0) return;
    const behindStart = offset - (tail * 4 + SEGMENT_HEADER_BYTES);
    const isPublished = behindStart >= 0 && behindStart < (i32[tail + WRITTEN] as number);
    if (!isPublished) this.#discard(this.#messageAt(offset - MESSAGE_HEADER_BYTES));
    i32[this.#at + ARRIVING] = 0;
  }

  /** What a taker left that was killed when the message was its own. */
  #discardLeaving(): void {
    const i32 = this.#i32;
    const offset = i32[this.#at + LEAVING] as number;
    if (offset === 0) return;
    const head = i32[this.#at + HEAD] as number;
    const at = offset - MESSAGE_HEADER_BYTES;
    const isTaken = at - head * 4 - SEGMENT_HEADER_BYTES < (i32[head + READ] as number);
    if (isTaken) this.#discard(this.#messageAt(at));
    i32[this.#at + LEAVING] = 0;
  }

  #messagesIn(segment: number, endByte: number): number {
    let messages = 0;
    for (let at = 0; at < endByte; messages++) {
      at += sizeOf(this.#i32[segment + (SEGMENT_HEADER_BYTES + at) / 4] as number);
    }
    return messages;
  }
}

function sizeOf(length: number): number {
  return MESSAGE_HEADER_BYTES + Math.ceil(length / 8) * 8;
}
