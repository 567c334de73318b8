// A connection through a socket, with the face of Connection: whole messages, and an end that is seen.
import { readSync, writeSync } from 'node:fs';
import type { Socket } from 'node:net';
// Not the global functions: a host may clear the timers of the code that called us.
import { clearTimeout, setTimeout } from 'node:timers';
import { copyInto, partOf, shortEnough } from '../channel/byte-parts';
import { receivedItems } from '../channel/received-items';
import {
  BrokenPipeError,
  ConnectionClosedError,
  EndOfFileError,
  NotSerializableError,
  SocketError,
  WaitAbortedError,
} from '../errors';
import { type Composite, type Parts, toParts } from '../memory/handle';
import { type Readiness, type Waitable, waitable } from '../memory/waitable';
import { signalsOf, timeoutOf } from '../memory/wake';
import { FrameReader, frameOf } from './frames';
import { pack, unpack } from './pack';

interface SignalOption {
  /** Gives the wait up: nothing is taken. */
  signal?: AbortSignal;
}

/** Beyond this many bytes that nobody has received yet, the sender has to wait. */
const MOST_UNREAD_BYTES = 2 ** 24;
const KEEP_ALIVE_MS = 30_000;
const SPINS = 50;
const PAUSE_MS = 1;
const pause = new Int32Array(new SharedArrayBuffer(4));
const chunk = Buffer.allocUnsafeSlow(2 ** 16);

/**
 * A connection through a socket, by Client() or Listener.accept(), with the methods of a Connection. What travels is data alone:
 * no functions and no handles.
 */
export class SocketConnection<Sent = unknown, Got = Sent>
  implements Composite, Waitable, Disposable, AsyncIterable<Got>
{
  readonly #socket: Socket;
  readonly #frames = new FrameReader();
  readonly #inbox: Uint8Array[] = [];
  /** What to call when something came, or the end did. */
  readonly #waiting = new Set<() => void>();
  #unreadBytes = 0;
  #users = 0;
  #hasEnded = false;
  #isClosed = false;

  /**
   * By Client() and accept().
   *
   * @internal
   */
  constructor(socket: Socket) {
    this.#socket = socket;
    socket.setNoDelay(true);
    // So that a machine that has vanished is noticed.
    socket.setKeepAlive(true, KEEP_ALIVE_MS);
    // Idle, it lets the program end; who waits or writes holds it.
    socket.unref();
    socket.on('data', (bytes: Buffer) => this.#take(bytes));
    const ended = () => this.#end();
    socket.on('error', ended).on('end', ended).on('close', ended);
  }

  /** Whether this process closed it. */
  get closed(): boolean {
    return this.#isClosed;
  }

  /** Always true. */
  get readable(): boolean {
    return true;
  }

  /** Always true. */
  get writable(): boolean {
    return true;
  }

  /**
   * Resolves when the system has taken the item over.
   * @throws NotSerializableError for what is not data: see docs/decisions/sockets.md.
   * @throws BrokenPipeError if the other side is gone; ConnectionClosedError after close().
   */
  async send(item: Sent): Promise<void> {
    this.#check('send');
    await this.#write('send', pack(item));
  }

  /** As send(), but blocks this thread meanwhile. */
  sendSync(item: Sent): void {
    this.#check('sendSync');
    this.#writeSync('sendSync', pack(item));
  }

  /**
   * Sends bytes as they are; `offset` and `size` (bytes) choose a part of them. Python's `send_bytes()`.
   *
   * @throws As send().
   */
  async sendBytes(bytes: ArrayBufferView, offset?: number, size?: number): Promise<void> {
    this.#check('sendBytes');
    await this.#write('sendBytes', partOf(bytes, offset, size));
  }

  /** As sendBytes(), but blocks this thread meanwhile. */
  sendBytesSync(bytes: ArrayBufferView, offset?: number, size?: number): void {
    this.#check('sendBytesSync');
    this.#writeSync('sendBytesSync', partOf(bytes, offset, size));
  }

  /**
   * Resolves to the next item.
   * @throws EndOfFileError if there is none and the other side is gone.
   */
  async recv(options?: SignalOption): Promise<Got> {
    return unpack(await this.#next('recv', options)) as Got;
  }

  /** As recv(), but blocks this thread while it waits; it looks every millisecond. */
  recvSync(): Got {
    return unpack(this.#nextSync('recvSync')) as Got;
  }

  /**
   * Resolves to the next message of bytes. Python's `recv_bytes()`.
   *
   * @throws As recv(); MessageTooLongError if it is longer than `maxLength` bytes.
   */
  async recvBytes(maxLength?: number): Promise<Uint8Array> {
    return shortEnough(await this.#next('recvBytes'), maxLength);
  }

  /** As recvBytes(), but blocks this thread while it waits. */
  recvBytesSync(maxLength?: number): Uint8Array {
    return shortEnough(this.#nextSync('recvBytesSync'), maxLength);
  }

  /**
   * Writes the next message of bytes into `target`, from byte `offset` on, and resolves to how many they were. Python's
   * `recv_bytes_into()`.
   *
   * @throws As recv(); BufferTooShortError if there is not room enough: the error has the bytes.
   */
  async recvBytesInto(target: ArrayBufferView, offset = 0): Promise<number> {
    const room = partOf(target, offset);
    return copyInto(await this.#next('recvBytesInto'), room);
  }

  /** As recvBytesInto(), but blocks this thread while it waits. */
  recvBytesIntoSync(target: ArrayBufferView, offset = 0): number {
    const room = partOf(target, offset);
    return copyInto(this.#nextSync('recvBytesIntoSync'), room);
  }

  /** Whether recv() would not wait, within `timeout` milliseconds. Also true at the end of the file. */
  async poll(timeout = 0, { signal }: SignalOption = {}): Promise<boolean> {
    this.#check('poll');
    const timeoutMs = timeoutOf(timeout);
    if (this.#isReady() || timeoutMs === 0) return this.#isReady();
    return (await this.#until('poll', () => this.#isReady() || undefined, { timeoutMs, signal })) ?? false;
  }

  /** As poll(), but blocks this thread while it waits. */
  pollSync(timeout = 0): boolean {
    this.#check('pollSync');
    return this.#untilSync('pollSync', timeoutOf(timeout));
  }

  /** What was sent still goes out. The other side sees the end. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#socket.destroySoon();
    this.#tell();
  }

  /** `using connection = …`: close() at the end of the block. */
  [Symbol.dispose](): void {
    this.close();
  }

  /** The items as they come, until this side or the other is closed. */
  [Symbol.asyncIterator](): AsyncGenerator<Got, void, undefined> {
    return receivedItems(
      () => this.recv(),
      () => this.#isClosed,
    );
  }

  /** @internal */
  [waitable](): Readiness {
    this.#check('wait');
    const ready = (signal: AbortSignal) => this.poll(Number.POSITIVE_INFINITY, { signal });
    return { isReady: () => this.#isReady(), ready };
  }

  /** @internal */
  [toParts](): Parts {
    throw new NotSerializableError(
      'a connection through a socket',
      'connection',
      'the socket belongs to this process',
      'Connect with Client() there, or use Pipe().',
    );
  }

  /**
   * For managers: all messages as they come, and then the end. It holds the event loop until stop().
   *
   * @internal
   */
  listen(hear: { bytes(message: Uint8Array): void; ended(): void }): { stop(): void } {
    let isStopped = false;
    const stop = () => {
      if (isStopped) return;
      isStopped = true;
      this.#waiting.delete(look);
      this.#release();
    };
    const look = () => {
      while (!isStopped && !this.#isClosed && this.#inbox.length > 0) {
        hear.bytes(this.#shift('listen') as Uint8Array);
      }
      if (isStopped || !(this.#hasEnded || this.#isClosed)) return;
      stop();
      hear.ended();
    };
    this.#hold();
    this.#waiting.add(look);
    look();
    return { stop };
  }

  /** Whether the other side is gone, and all that it sent was received. */
  get hasEnded(): boolean {
    return this.#hasEnded && this.#inbox.length === 0;
  }

  /**
   * For the time before the other side is known to have the key.
   *
   * @internal
   */
  limitNext(messages: number, bytes: number): void {
    this.#frames.limitNext(messages, bytes);
  }

  #take(bytes: Uint8Array): void {
    try {
      for (const message of this.#frames.push(bytes)) {
        this.#inbox.push(message);
        this.#unreadBytes += message.length;
      }
    } catch {
      // What follows cannot be understood any more.
      this.#socket.destroy();
      this.#end();
    }
    if (this.#unreadBytes > MOST_UNREAD_BYTES) this.#socket.pause();
    this.#tell();
  }

  #end(): void {
    this.#hasEnded = true;
    this.#tell();
  }

  #tell(): void {
    for (const look of [...this.#waiting]) look();
  }

  #isReady(): boolean {
    if (this.#inbox.length === 0 && !this.#hasEnded && !this.#isClosed) this.#readNow();
    return this.#inbox.length > 0 || this.#hasEnded || this.#isClosed;
  }

  #shift(method: string): Uint8Array | undefined {
    if (this.#isClosed) throw new ConnectionClosedError(method);
    const message = this.#inbox.shift();
    if (message === undefined) {
      if (this.#hasEnded) throw new EndOfFileError(method);
      return undefined;
    }
    this.#unreadBytes -= message.length;
    if (this.#socket.isPaused() && this.#unreadBytes <= MOST_UNREAD_BYTES / 2) this.#socket.resume();
    return message;
  }

  async #next(method: string, { signal }: SignalOption = {}): Promise<Uint8Array> {
    this.#check(method);
    // Else behind those who wait already.
    if (this.#waiting.size === 0 && !signal?.aborted) {
      const message = this.#shift(method);
      if (message !== undefined) return message;
    }
    const message = await this.#until(method, () => this.#shift(method), { signal });
    if (message === undefined) throw new EndOfFileError(method);
    return message;
  }

  /** Looks in the very turn of a change, so that nothing that was taken is lost. Undefined when the time is up. */
  #until<T>(
    method: string,
    attempt: () => T | undefined,
    { timeoutMs, signal }: { timeoutMs?: number | undefined; signal?: AbortSignal | undefined },
  ): Promise<T | undefined> {
    return new Promise((resolve, reject) => {
      const signals = signalsOf({ signal });
      const giveUp = ({ reason }: AbortSignal) =>
        reject(new WaitAbortedError(`Connection.${method}()`, reason));
      const given = signals.find(({ aborted }) => aborted);
      if (given !== undefined) return giveUp(given);
      const end = (settle: () => void) => {
        this.#waiting.delete(look);
        clearTimeout(timer);
        for (const each of signals) each.removeEventListener('abort', aborted);
        this.#release();
        settle();
      };
      const look = () => {
        try {
          const value = attempt();
          if (value !== undefined) end(() => resolve(value));
        } catch (error) {
          end(() => reject(error));
        }
      };
      const aborted = (event: Event) => end(() => giveUp(event.target as AbortSignal));
      const timer =
        timeoutMs === undefined ? undefined : setTimeout(() => end(() => resolve(undefined)), timeoutMs);
      for (const each of signals) each.addEventListener('abort', aborted);
      this.#waiting.add(look);
      this.#hold();
    });
  }

  async #write(method: string, message: Uint8Array): Promise<void> {
    if (this.#hasEnded) throw new BrokenPipeError(method);
    this.#hold();
    try {
      await new Promise<void>((resolve, reject) => {
        this.#socket.write(frameOf(message), (error) => {
          if (error) reject(this.#isClosed ? new ConnectionClosedError(method) : new BrokenPipeError(method));
          else resolve();
        });
      });
    } finally {
      this.#release();
    }
  }

  #writeSync(method: string, message: Uint8Array): void {
    if (this.#hasEnded) throw new BrokenPipeError(method);
    if (this.#socket.writableLength > 0) {
      throw new SocketError(
        `Connection.${method}() would overtake what an earlier send() has still to write: await that one first.`,
      );
    }
    const fd = this.#descriptor(method);
    const frame = frameOf(message);
    for (let at = 0; at < frame.length; ) {
      try {
        at += writeSync(fd, frame, at);
      } catch (error) {
        if (!isNotYet(error)) throw new BrokenPipeError(method);
        Atomics.wait(pause, 0, 0, PAUSE_MS);
      }
    }
  }

  #nextSync(method: string): Uint8Array {
    this.#check(method);
    this.#untilSync(method, undefined);
    const message = this.#shift(method);
    if (message === undefined) throw new EndOfFileError(method);
    return message;
  }

  #untilSync(method: string, timeoutMs: number | undefined): boolean {
    this.#descriptor(method);
    const deadline = performance.now() + (timeoutMs ?? Number.POSITIVE_INFINITY);
    const signals = signalsOf({ signal: undefined });
    for (let turn = 0; !this.#isReady(); turn++) {
      for (const { aborted, reason } of signals) {
        if (aborted) throw new WaitAbortedError(`Connection.${method}()`, reason);
      }
      if (performance.now() >= deadline) return false;
      if (turn > SPINS) Atomics.wait(pause, 0, 0, PAUSE_MS);
    }
    return true;
  }

  /** What has come by now, without the event loop. What the loop has read already was given to us in the same turn. */
  #readNow(): void {
    if (this.#socket.readableLength > 0) this.#socket.read(); // which gives it to us as 'data'
    const fd = descriptorOf(this.#socket);
    if (fd === undefined || this.#inbox.length > 0) return;
    try {
      const count = readSync(fd, chunk);
      if (count === 0) this.#end();
      else this.#take(Buffer.from(chunk.subarray(0, count)));
    } catch (error) {
      if (!isNotYet(error)) this.#end();
    }
  }

  #descriptor(method: string): number {
    const fd = descriptorOf(this.#socket);
    if (fd !== undefined) return fd;
    if (this.#hasEnded) return -1;
    throw new SocketError(
      `Connection.${method}() cannot block on a socket on this system: use its awaited twin.`,
    );
  }

  #hold(): void {
    if (this.#users++ === 0) this.#socket.ref();
  }

  #release(): void {
    if (--this.#users === 0) this.#socket.unref();
  }

  #check(method: string): void {
    if (this.#isClosed) throw new ConnectionClosedError(method);
  }
}

function descriptorOf(socket: Socket): number | undefined {
  const { _handle: handle } = socket as Socket & { _handle?: { fd?: number } | null };
  return handle?.fd !== undefined && handle.fd >= 0 ? handle.fd : undefined;
}

function isNotYet(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'EAGAIN' || code === 'EINTR';
}
