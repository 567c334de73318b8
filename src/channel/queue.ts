// A first-in first-out queue between processes, as Python's, over the segments in shared memory.

import { InvalidArgumentError, QueueClosedError, QueueEmptyError, QueueFullError } from '../errors';
import { checkOptionsOf } from '../given';
import { LINE } from '../memory/layout';
import { programMemory } from '../memory/memory';
import { registerHandle } from '../objects/handle';
import { objectKinds, whenObjectEnds } from '../objects/references';
import { Existing, type NameOption, SharedObject } from '../objects/shared-object';
import type { Subject } from '../objects/subject';
import { also, showAs } from '../system/show-as';
import { Patience } from '../system/spin';
import { WAIT_OBJECT_BYTES, WaitObject } from '../waiting/wait-object';
import { type Readiness, type Waitable, waitable } from '../waiting/waitable';
import { look, timedOut, timeoutOf, type Waiting, waitUntil, waitUntilSync } from '../waiting/wake';
import { Listening, type QueueListener } from './listening';
import {
  discardMessage,
  dropMessage,
  encodeMessage,
  type Message,
  NUMBER,
  openMessage,
  type Received,
  readMessage,
} from './message';
import { SEGMENTS_BYTES, Segments } from './segments';

/** How long put() and get() of a queue may wait. */
export interface QueueWaitOptions {
  /** Milliseconds; then a QueueEmptyError or QueueFullError. */
  timeout?: number;
  /** Gives the wait up when it is aborted: nothing is put, nothing is taken. */
  signal?: AbortSignal;
  /** With false the call does not wait at all. */
  block?: boolean;
}

// Offsets within the object.
const MAXSIZE = 0;
const SEGMENTS = LINE;
const ITEMS = SEGMENTS + SEGMENTS_BYTES;
const ROOM = ITEMS + WAIT_OBJECT_BYTES;
// JoinableQueue counts here; the block that an object gets has room for it anyway.
const DONE = ROOM + WAIT_OBJECT_BYTES;
const QUEUE_BYTES = DONE + WAIT_OBJECT_BYTES;
const DONE_COUNT = 1;

const UNBOUNDED = 2 ** 31 - 1;

/** Whether this process has closed it. */
export let isClosedHere: (queue: Queue) => boolean;

/**
 * Hands items from any number of processes to any number of others, first in, first out. Python's
 * `multiprocessing.Queue`. Items are copied: numbers, texts, typed arrays, Maps, errors, class instances, and
 * handles such as locks and other queues. An item is in the queue when put() is done.
 *
 * @example
 * const queue = new Queue<number>();
 * const child = new Process({ target: () => { for (const n of [1, 2, 3]) queue.putSync(n * n); } });
 * child.start();
 * console.log(await queue.get(), await queue.get(), await queue.get()); // → 1 4 9
 * await child.join();
 */
export class Queue<T = unknown> extends SharedObject implements AsyncIterable<T>, Waitable {
  readonly #segments: Segments;
  readonly #items: WaitObject;
  readonly #room: WaitObject;
  readonly #limit: number;
  readonly #patience = new Patience();
  #isClosed = false;

  static {
    isClosedHere = (queue) => queue.#isClosed;
  }

  /** Makes an empty queue of at most `maxsize` items. With 0 or less there is no limit: put() never waits. */
  constructor(maxsize?: number, options?: NameOption);
  // Beyond its type: for restoring one of another process, and for what is built on it.
  constructor(maxsize = 0, options: NameOption | Existing = {}, kind = 'queue') {
    if (!Number.isInteger(maxsize)) throw new InvalidArgumentError('maxsize', 'a whole number', maxsize);
    const className = kind === 'queue' ? 'Queue' : 'JoinableQueue';
    super(kind, { sizeBytes: QUEUE_BYTES, objectKind: objectKinds.queue, className }, options);
    const { memory, offset } = this;
    const traced = this.traced.isHidden ? undefined : this.traced;
    this.#segments = new Segments(memory, offset + SEGMENTS, discardMessage, traced);
    this.#items = new WaitObject(memory, offset + ITEMS, traced);
    this.#room = new WaitObject(memory, offset + ROOM, traced);
    if (!(options instanceof Existing)) {
      memory.i32[offset / 4 + MAXSIZE] = Math.min(Math.max(0, maxsize), UNBOUNDED);
      this.#segments.initialize();
    }
    this.#limit = memory.i32[offset / 4 + MAXSIZE] || UNBOUNDED;
  }

  /**
   * Puts an item into the queue, and waits while the queue is full.
   *
   * @throws QueueFullError if it stays full for `timeout` milliseconds; QueueClosedError after close();
   * DeadlockError if no process is left that could make room; WaitAbortedError when `signal` is aborted;
   * NotSerializableError for an item that cannot travel.
   * @example
   * const queue = new Queue<string>(1);
   * await queue.put('a');
   * await queue.put('b', { timeout: 10 }); // throws QueueFullError: …stayed so for 10 ms.
   */
  async put(item: T, options?: QueueWaitOptions): Promise<void> {
    this.#checkOpen('put');
    checkOptionsOf('queueWait', options);
    // Tasks of this process that wait for room already come first.
    const offered = this.#offer(item, this.#room.local.size === 0 && !options?.signal?.aborted);
    if (offered === undefined) return;
    // A copy, for the item may change while it waits.
    const message = { ...offered, bytes: new Uint8Array(offered.bytes) };
    try {
      const waiting = waitingFor('Queue.put()', options, this.subject());
      this.#checkPut(await waitUntil(() => this.#place(message, 'put'), this.#room, waiting), waiting);
    } finally {
      dropMessage(message);
    }
  }

  /** As put(), but blocks this thread while it waits. */
  putSync(item: T, options?: QueueWaitOptions): void {
    this.#checkOpen('putSync');
    checkOptionsOf('queueWait', options);
    const message = this.#offer(item, true);
    if (message === undefined) return;
    try {
      const waiting = waitingFor('Queue.putSync()', options, this.subject());
      this.#checkPut(
        waitUntilSync(() => this.#place(message, 'putSync'), this.#room, waiting),
        waiting,
      );
    } finally {
      dropMessage(message);
    }
  }

  /**
   * Puts an item into the queue without waiting, or throws a QueueFullError. Python's `put_nowait()`.
   *
   * @throws QueueFullError if there is no room.
   */
  putNowait(item: T): void {
    this.putSync(item, { block: false });
  }

  /**
   * Takes the oldest item out of the queue, and waits while there is none. No other process gets the same
   * item.
   *
   * @throws QueueEmptyError if nothing comes for `timeout` milliseconds; QueueClosedError after close();
   * DeadlockError if no process is left that could put something; WaitAbortedError when `signal` is aborted.
   * @example
   * const queue = new Queue<string>();
   * await queue.get({ timeout: 10 }); // throws QueueEmptyError: Nothing came through the queue within 10 ms.
   * await queue.get({ signal: AbortSignal.timeout(10) }); // throws WaitAbortedError: Queue.get() was given up…
   */
  async get(options?: QueueWaitOptions): Promise<T> {
    this.#checkOpen('get');
    checkOptionsOf('queueWait', options);
    if (this.#items.local.size === 0 && !options?.signal?.aborted) {
      const received =
        this.#take() ?? (mayWait(options) ? this.#patience.spin(() => this.#take()) : undefined);
      if (received !== undefined) return openMessage(received) as T;
    }
    const waiting = waitingFor('Queue.get()', options, this.subject());
    return this.#open(await waitUntil(() => this.#takeIfOpen('get'), this.#items, waiting), waiting);
  }

  /** As get(), but blocks this thread while it waits. */
  getSync(options?: QueueWaitOptions): T {
    this.#checkOpen('getSync');
    checkOptionsOf('queueWait', options);
    const received = this.#take();
    if (received !== undefined) return openMessage(received) as T;
    const waiting = waitingFor('Queue.getSync()', options, this.subject());
    return this.#open(
      waitUntilSync(() => this.#takeIfOpen('getSync'), this.#items, waiting),
      waiting,
    );
  }

  /**
   * Takes the oldest item without waiting, or throws a QueueEmptyError. Python's `get_nowait()`.
   *
   * @throws QueueEmptyError if there is no item.
   */
  getNowait(): T {
    return this.getSync({ block: false });
  }

  /** How many items the queue holds; it may have changed by the time you look at it. */
  qsize(): number {
    return this.#segments.count();
  }

  /** Whether the queue holds no item now. */
  empty(): boolean {
    return this.qsize() === 0;
  }

  /** Whether the queue holds `maxsize` items now. */
  full(): boolean {
    return this.qsize() >= this.#limit;
  }

  /**
   * Closes the queue for this process: its waits end with a QueueClosedError, its iterations end. Other
   * processes go on.
   *
   * @example
   * const queue = new Queue<string>();
   * queue.close();
   * await queue.put('too late'); // throws QueueClosedError: Queue.put() was called after this process closed the queue.
   */
  close(): void {
    this.#isClosed = true;
    look(this.#items);
    look(this.#room);
  }

  /** The items as they come, until this process closes the queue. */
  async *[Symbol.asyncIterator](): AsyncGenerator<T, void, undefined> {
    while (!this.#isClosed) {
      let item: T;
      try {
        item = await this.get();
      } catch (error) {
        if (error instanceof QueueClosedError) return;
        throw error;
      }
      yield item;
    }
  }

  /** @internal */
  [waitable](): Readiness {
    const subject = this.subject();
    return { isReady: () => !this.empty() || this.#isClosed, on: this.#items, subject };
  }

  /** For JoinableQueue: how many items were put and not yet reported as done, counted in shared memory. */
  protected unfinished(): number {
    // They are read in this order: others may put and finish items in between, and then too many are left,
    // never too few.
    const done = Atomics.load(this.doneCount, 0);
    return (this.#segments.putCount() - done) | 0;
  }

  protected get doneCount(): Int32Array {
    const at = this.offset / 4 + DONE_COUNT;
    return this.memory.i32.subarray(at, at + 1);
  }

  protected doneOffset(): number {
    return this.offset + DONE;
  }

  /**
   * The library's own conversations listen by it, from begin() on.
   *
   * @internal
   */
  listen(listener: QueueListener<T>): Listening<T> {
    const waiting = { what: 'Queue.listen()', inBackground: true, subject: this.subject() };
    const take = () => this.#take();
    return new Listening({ items: this.#items, patience: this.#patience, waiting, take }, listener);
  }

  /**
   * For the library's own conversations: as get(), but not the wait that a DeadlockError ends.
   *
   * @internal
   */
  async next(): Promise<T> {
    const waiting = { what: 'Queue.next()', inBackground: true, subject: this.subject() };
    return this.#open(await waitUntil(() => this.#takeIfOpen('get'), this.#items, waiting), waiting);
  }

  protected override subject(kind = 'Queue'): Subject {
    return super.subject(kind);
  }

  /** The message that has still to be placed; undefined if it is in the queue already. */
  #offer(item: T, mayPlace: boolean): Message | undefined {
    if (mayPlace && typeof item === 'number') {
      if (this.#segments.putNumber(item, NUMBER, this.#limit)) return this.#placed();
    }
    const message = encodeMessage(item);
    let isWaiting = false;
    try {
      isWaiting = !mayPlace || !this.#segments.put(message, this.#limit);
    } finally {
      if (!isWaiting) dropMessage(message);
    }
    return isWaiting ? message : this.#placed();
  }

  #place(message: Message, method: string): true | undefined {
    this.#checkOpen(method);
    if (!this.#segments.put(message, this.#limit)) return undefined;
    this.#placed();
    return true;
  }

  #placed(): undefined {
    this.#items.notify();
    // One notice may stand for several takes, so whoever finds room passes it on.
    if (this.#limit !== UNBOUNDED && this.#segments.counted() < this.#limit) this.#room.notify();
  }

  #takeIfOpen(method: string): Received | undefined {
    this.#checkOpen(method);
    return this.#take();
  }

  #take(): Received | undefined {
    const received = this.#segments.take(readMessage);
    if (received === undefined) return undefined;
    if (this.#limit !== UNBOUNDED) this.#room.notify();
    // One notice may stand for several puts, as above.
    if (this.#segments.counted() > 0) this.#items.notify();
    return received;
  }

  #open(outcome: Received | typeof timedOut, waiting: Waiting): T {
    if (outcome === timedOut) throw new QueueEmptyError(waiting.timeoutMs || undefined);
    return openMessage(outcome) as T;
  }

  #checkPut(outcome: true | typeof timedOut, waiting: Waiting): void {
    if (outcome === timedOut) throw new QueueFullError(this.#limit, waiting.timeoutMs || undefined);
  }

  #checkOpen(method: string): void {
    if (this.#isClosed) throw new QueueClosedError(method);
  }

  static {
    showAs(
      Queue.prototype,
      (queue: Queue) => `<${queue.constructor.name} of ${queue.qsize()}${also(queue.#isClosed, 'closed')}>`,
    );
  }
}

registerHandle('queue', (handle) => new Queue(0, new Existing(handle)));

whenObjectEnds(objectKinds.queue, (offset) =>
  new Segments(programMemory(), offset + SEGMENTS, discardMessage).dispose(),
);

/** What is in a queue, without taking it out. */
export function contentsOf(offset: number): { maxsize: number; items: unknown[]; unfinished: number } {
  const memory = programMemory();
  const segments = new Segments(memory, offset + SEGMENTS, discardMessage);
  const items = segments.peek(readMessage).map(openMessage);
  const maxsize = memory.i32[offset / 4 + MAXSIZE] ?? 0;
  const done = Atomics.load(memory.i32, offset / 4 + DONE_COUNT);
  return { maxsize, items, unfinished: (segments.putCount() - done) | 0 };
}

function mayWait(options: QueueWaitOptions | undefined): boolean {
  return options?.block !== false && (options?.timeout ?? 1) > 0;
}

function waitingFor(what: string, options: QueueWaitOptions | undefined, subject: Subject): Waiting {
  const timeoutMs = options?.block === false ? 0 : timeoutOf(options?.timeout);
  return { what, timeoutMs, signal: options?.signal, subject };
}
