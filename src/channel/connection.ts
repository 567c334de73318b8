// One end of a pipe between processes, as Python's Connection: whole messages, and an end that is seen.

import {
  BrokenPipeError,
  ConnectionClosedError,
  EndOfFileError,
  InvalidArgumentError,
  OneWayError,
} from '../errors';
import { checkOptionsOf } from '../given';
import { currentSlot } from '../memory/slots';
import { type Composite, type Parts, registerComposite, restoreHandle, toParts } from '../objects/handle';
import type { NameOption } from '../objects/shared-object';
import type { Subject } from '../objects/subject';
import { also, showAs } from '../system/show-as';
import { Patience } from '../system/spin';
import { type Readiness, type Waitable, waitable } from '../waiting/waitable';
import { look, timedOut, timeoutOf, type Waiting, waitUntil, waitUntilSync } from '../waiting/wake';
import { copyInto, partOf, shortEnough } from './byte-parts';
import { dropMessage, encodeMessage, type Message, openMessage, type Received, readMessage } from './message';
import { type Lane, type PipeEnd, PipeLanes, type Side } from './pipe-lanes';
import { receivedItems } from './received-items';

type Ways = 'both' | 'receives' | 'sends';

interface SignalOption {
  /** Gives the wait up: nothing is sent, nothing is taken. */
  signal?: AbortSignal;
}

// send() waits while this much is on its way: so many messages, or as many as would be so many bytes if all
// were as long as the one to be sent.
const MOST_MESSAGES = 1024;
const MOST_BYTES = 2 ** 24;

// Two objects for one end would close it for each other.
const ofThisThread = new WeakMap<PipeEnd, Connection>();

/**
 * One end of a Pipe(): sends and receives whole messages, and tells when no process is left at the other end.
 * Python's `multiprocessing.connection.Connection`.
 *
 * @example
 * const [receiver, sender] = Pipe<Map<string, number>>(false);
 * await sender.send(new Map([['Ada', 1815]]));
 * sender.close();
 * for await (const born of receiver) console.log(born.get('Ada')); // → 1815
 * await receiver.recv(); // throws EndOfFileError: …no process has the other end open any more.
 * await receiver.send(new Map()); // throws OneWayError: …this end only receives…
 */
export class Connection<Sent = unknown, Got = Sent>
  implements Composite, Waitable, Disposable, AsyncIterable<Got>
{
  readonly #pipe: PipeLanes;
  readonly #end: PipeEnd;
  readonly #side: Side;
  readonly #ways: Ways;
  readonly #in: Lane;
  readonly #out: Lane;
  readonly #patience = new Patience();
  #isClosed = false;

  /**
   * Pipe() makes it, and a message in which an end comes from another process.
   *
   * @internal
   */
  constructor(pipe: PipeLanes, end: PipeEnd, side: Side, ways: Ways) {
    this.#pipe = pipe;
    this.#end = end;
    this.#side = side;
    this.#ways = ways;
    this.#out = pipe.lanes[side];
    this.#in = pipe.lanes[side === 0 ? 1 : 0];
    end.takeAgain();
    ofThisThread.set(end, this as unknown as Connection);
  }

  /** Whether this process closed it. */
  get closed(): boolean {
    return this.#isClosed;
  }

  /** Whether this end receives. */
  get readable(): boolean {
    return this.#ways !== 'sends';
  }

  /** Whether this end sends. */
  get writable(): boolean {
    return this.#ways !== 'receives';
  }

  /**
   * Sends an item to the other end. Resolves when it is on its way; waits only while very much is on its way
   * already.
   *
   * @throws BrokenPipeError if no process has the other end any more; ConnectionClosedError after close();
   * OneWayError if this end only receives; WaitAbortedError when `signal` is aborted; NotSerializableError
   * for an item that cannot travel.
   */
  async send(item: Sent, options?: SignalOption): Promise<void> {
    await this.#send('send', item, options);
  }

  /** As send(), but blocks this thread while it waits. */
  sendSync(item: Sent): void {
    this.#sendSync('sendSync', item);
  }

  /**
   * Sends bytes as they are; `offset` and `size` (bytes) choose a part of them. Python's `send_bytes()`.
   *
   * @throws As send(); InvalidArgumentError for a part that is not within them.
   */
  async sendBytes(bytes: ArrayBufferView, offset?: number, size?: number): Promise<void> {
    await this.#send('sendBytes', partOf(bytes, offset, size));
  }

  /** As sendBytes(), but blocks this thread while it waits. */
  sendBytesSync(bytes: ArrayBufferView, offset?: number, size?: number): void {
    this.#sendSync('sendBytesSync', partOf(bytes, offset, size));
  }

  /**
   * Receives the next item that the other end has sent, and waits while there is none.
   *
   * @throws EndOfFileError if there is none and no process has the other end any more: it was closed, or they
   * died; ConnectionClosedError after close(); OneWayError if this end only sends; WaitAbortedError when
   * `signal` is aborted; DeadlockError if no process is left that could send anything.
   */
  async recv(options?: SignalOption): Promise<Got> {
    return (await this.#recv('recv', options)) as Got;
  }

  /** As recv(), but blocks this thread while it waits. */
  recvSync(): Got {
    return this.#recvSync('recvSync') as Got;
  }

  /**
   * Receives the next message of bytes. Python's `recv_bytes()`.
   *
   * @throws As recv(); MessageTooLongError if it is longer than `maxLength` bytes; InvalidArgumentError if it
   * is no bytes.
   * @example
   * const [one, other] = Pipe();
   * await one.sendBytes(Uint8Array.of(1, 2, 3), 1);
   * console.log(await other.recvBytes()); // → Uint8Array(2) [ 2, 3 ]
   * await one.sendBytes(new Uint8Array(1000));
   * await other.recvBytes(100); // throws MessageTooLongError: A message of 1000 bytes came…
   */
  async recvBytes(maxLength?: number): Promise<Uint8Array> {
    return shortEnough(asBytes(await this.#recv('recvBytes'), 'recvBytes'), maxLength);
  }

  /** As recvBytes(), but blocks this thread while it waits. */
  recvBytesSync(maxLength?: number): Uint8Array {
    return shortEnough(asBytes(this.#recvSync('recvBytesSync'), 'recvBytesSync'), maxLength);
  }

  /**
   * Receives the next message of bytes into `target`, from byte `offset` on, and resolves to how many they
   * were. Python's `recv_bytes_into()`.
   *
   * @throws As recv(); BufferTooShortError if there is not room enough: the error has the bytes.
   * @example
   * const [one, other] = Pipe();
   * await one.sendBytes(Uint8Array.of(1, 2, 3));
   * await other.recvBytesInto(new Uint8Array(2)); // throws BufferTooShortError: 3 bytes came, but there is room for 2…
   */
  async recvBytesInto(target: ArrayBufferView, offset = 0): Promise<number> {
    const room = partOf(target, offset);
    return copyInto(asBytes(await this.#recv('recvBytesInto'), 'recvBytesInto'), room);
  }

  /** As recvBytesInto(), but blocks this thread while it waits. */
  recvBytesIntoSync(target: ArrayBufferView, offset = 0): number {
    const room = partOf(target, offset);
    return copyInto(asBytes(this.#recvSync('recvBytesIntoSync'), 'recvBytesIntoSync'), room);
  }

  /**
   * Resolves to whether something can be received, and waits for it at most `timeout` milliseconds. Also true
   * when the other end was closed: recv() tells it.
   *
   * @throws ConnectionClosedError after close(); OneWayError if this end only sends; WaitAbortedError when
   * `signal` is aborted.
   */
  async poll(timeout = 0, options: SignalOption = {}): Promise<boolean> {
    checkOptionsOf('signal', options);
    const { signal } = options;
    this.#check('poll', 'receives');
    const timeoutMs = timeoutOf(timeout);
    const waiting: Waiting = { what: 'Connection.poll()', timeoutMs, signal, subject: this.#subject };
    const outcome = await waitUntil(() => this.#isReady() || undefined, this.#in.items, waiting);
    // It is still there: the next in line is to know.
    if (outcome === true) this.#in.items.notify();
    return outcome === true;
  }

  /** As poll(), but blocks this thread while it waits. */
  pollSync(timeout = 0): boolean {
    this.#check('pollSync', 'receives');
    const timeoutMs = timeoutOf(timeout);
    const waiting: Waiting = { what: 'Connection.pollSync()', timeoutMs, subject: this.#subject };
    const outcome = waitUntilSync(() => this.#isReady() || undefined, this.#in.items, waiting);
    if (outcome === true) this.#in.items.notify();
    return outcome === true;
  }

  /**
   * Closes this end for this process. The other end is told once no process has this one open any more.
   * Calling it again does nothing.
   *
   * @example
   * const [one, other] = Pipe();
   * other.close();
   * await one.send('hello?'); // throws BrokenPipeError: …no process has the other end open any more.
   * await other.recv(); // throws ConnectionClosedError: …called after this process closed the connection.
   */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#end.letGo();
    look(this.#in.items);
    look(this.#out.room);
    this.#out.items.notifyAll();
    this.#in.room.notifyAll();
  }

  /** `using connection = …`: close() at the end of the block. */
  [Symbol.dispose](): void {
    this.close();
  }

  /** The items as they come, until the other end or this one is closed. */
  [Symbol.asyncIterator](): AsyncGenerator<Got, void, undefined> {
    return receivedItems(
      () => this.recv(),
      () => this.#isClosed,
    );
  }

  /** @internal */
  [waitable](): Readiness {
    this.#check('wait', 'receives');
    return { isReady: () => this.#isReady(), on: this.#in.items, subject: this.#subject };
  }

  /** @internal */
  [toParts](): Parts {
    if (this.#isClosed) throw new ConnectionClosedError();
    return { kind: 'connection', parts: [this.#pipe, this.#end, this.#side, this.#ways] };
  }

  async #send(method: string, item: unknown, options?: SignalOption): Promise<void> {
    checkOptionsOf('signal', options);
    const message = this.#encode(method, item);
    try {
      if (this.#out.room.local.size === 0 && !options?.signal?.aborted && this.#place(message, method))
        return;
      // A copy, for the item may change while it waits.
      const kept = { ...message, bytes: new Uint8Array(message.bytes) };
      const waiting = { what: `Connection.${method}()`, signal: options?.signal, subject: this.#subject };
      await waitUntil(() => this.#place(kept, method), this.#out.room, waiting);
    } finally {
      dropMessage(message);
    }
  }

  #sendSync(method: string, item: unknown): void {
    const message = this.#encode(method, item);
    try {
      const waiting = { what: `Connection.${method}()`, subject: this.#subject };
      waitUntilSync(() => this.#place(message, method, currentSlot()), this.#out.room, waiting);
    } finally {
      dropMessage(message);
    }
  }

  #encode(method: string, item: unknown): Message {
    this.#check(method, 'sends');
    return encodeMessage(item);
  }

  #place(message: Message, method: string, except?: number): true | undefined {
    if (this.#isClosed) throw new ConnectionClosedError(method);
    const { segments, items, room } = this.#out;
    const limit = Math.max(1, Math.min(MOST_MESSAGES, MOST_BYTES / (message.bytes.length + 1)));
    // A thread that blocks cannot receive at its own other end, but it may do so later: only a full lane
    // makes it matter.
    if (!this.#isPeerOpen(undefined)) throw new BrokenPipeError(method);
    if (!segments.put(message, limit)) {
      if (except !== undefined && !this.#isPeerOpen(except)) throw new BrokenPipeError(method);
      return undefined;
    }
    items.notify();
    if (segments.counted() < limit) room.notify();
    return true;
  }

  async #recv(method: string, options?: SignalOption): Promise<unknown> {
    checkOptionsOf('signal', options);
    this.#check(method, 'receives');
    if (this.#in.items.local.size === 0 && !options?.signal?.aborted) {
      const received = this.#take() ?? this.#patience.spin(() => this.#take());
      if (received !== undefined) return openMessage(received);
    }
    const waiting = { what: `Connection.${method}()`, signal: options?.signal, subject: this.#subject };
    return opened(await waitUntil(() => this.#takeOrEnd(method), this.#in.items, waiting), method);
  }

  #recvSync(method: string): unknown {
    this.#check(method, 'receives');
    const waiting = { what: `Connection.${method}()`, subject: this.#subject };
    // This thread, which blocks, cannot send at its own other end.
    const attempt = () => this.#takeOrEnd(method, currentSlot());
    return opened(waitUntilSync(attempt, this.#in.items, waiting), method);
  }

  #take(): Received | undefined {
    const received = this.#in.segments.take(readMessage);
    if (received === undefined) return undefined;
    this.#in.room.notify();
    if (this.#in.segments.counted() > 0) this.#in.items.notify();
    return received;
  }

  #takeOrEnd(method: string, except?: number): Received | undefined {
    if (this.#isClosed) throw new ConnectionClosedError(method);
    const received = this.#take();
    if (received !== undefined || this.#isPeerOpen(except)) return received;
    // The last thing that the other end did may have been to send.
    const last = this.#take();
    if (last === undefined) throw new EndOfFileError(method);
    return last;
  }

  #isReady(): boolean {
    return this.#isClosed || this.#in.segments.count() > 0 || !this.#isPeerOpen(undefined);
  }

  /**
   * Only a process that has the other end can end a wait at this one. The pipe itself refers to it as well.
   */
  get #subject(): Subject {
    const through = this.#pipe.endOf(this.#side === 0 ? 1 : 0);
    return { type: 'object', kind: 'Pipe', offset: this.#pipe.place, through, pins: 1 };
  }

  #isPeerOpen(except: number | undefined): boolean {
    return this.#pipe.isOpen(this.#side === 0 ? 1 : 0, except);
  }

  #check(method: string, way: 'receives' | 'sends'): void {
    if (this.#isClosed) throw new ConnectionClosedError(method);
    if (this.#ways !== 'both' && this.#ways !== way) throw new OneWayError(method, this.#ways);
  }
}

/**
 * Makes two connected ends: what one sends, the other receives. With `duplex` false the first only receives
 * and the second only sends. Python's `multiprocessing.Pipe`. An end is open as long as any process has it,
 * so close your copy after handing it on.
 *
 * @example
 * const [mine, theirs] = Pipe<string>();
 * new Process({ target: (end) => end.sendSync('hello'), args: [theirs] }).start();
 * theirs.close();
 * console.log(await mine.recv()); // → hello
 */
export function Pipe<First = unknown, Second = First>(
  duplex = true,
  options: NameOption = {},
): [Connection<First, Second>, Connection<Second, First>] {
  const pipe = new PipeLanes(options);
  const end = (side: Side) => restoreHandle({ kind: 'pipe-end', offset: pipe.endOf(side) }) as PipeEnd;
  return [
    new Connection<First, Second>(pipe, end(0), 0, duplex ? 'both' : 'receives'),
    new Connection<Second, First>(pipe, end(1), 1, duplex ? 'both' : 'sends'),
  ];
}

/** Returns how it is shown; so is a face of it. */
export function connectionText({ readable, writable, closed }: Connection): string {
  const ways = [...(writable ? ['sends'] : []), ...(readable ? ['receives'] : [])].join(' and ');
  return `<Connection ${ways}${also(closed, 'closed')}>`;
}

showAs(Connection.prototype, connectionText);

registerComposite('connection', ([pipe, end, side, ways]) => {
  const existing = ofThisThread.get(end as PipeEnd);
  if (existing !== undefined && !existing.closed) return existing;
  return new Connection(pipe as PipeLanes, end as PipeEnd, side as Side, ways as Ways);
});

function opened(outcome: Received | typeof timedOut, method: string): unknown {
  if (outcome === timedOut) throw new EndOfFileError(method);
  return openMessage(outcome);
}

function asBytes(item: unknown, method: string): Uint8Array {
  if (ArrayBuffer.isView(item)) return partOf(item);
  throw new InvalidArgumentError(`what came for ${method}()`, 'bytes, sent by sendBytes()', item);
}
