// Whole messages through a socket, in both directions, and the end of it: awaited, or blocking by its file
// descriptor.

import { readSync, writeSync } from 'node:fs';
import type { Socket } from 'node:net';
import {
  BrokenPipeError,
  ConnectionClosedError,
  EndOfFileError,
  SocketError,
  WaitAbortedError,
} from '../errors';
import { clearTimeout, performance, setTimeout } from '../system/timers';
import { signalsOf } from '../waiting/wake';
import { FrameReader, frameOf } from './frames';

/** Beyond this many bytes that were not received yet, the sender has to wait. */
const MOST_UNREAD_BYTES = 2 ** 24;
const KEEP_ALIVE_MS = 30_000;
const SPINS = 50;
const PAUSE_MS = 1;
const pause = new Int32Array(new SharedArrayBuffer(4));
const chunk = Buffer.allocUnsafeSlow(2 ** 16);

export interface Hearing {
  bytes(message: Uint8Array): void;
  ended(): void;
}

/** Sends and receives messages. What it throws names the method of Connection that was called. */
export class MessageStream {
  readonly #socket: Socket;
  readonly #frames = new FrameReader();
  readonly #inbox: Uint8Array[] = [];
  /** What to call when something came, or the end did. */
  readonly #waiting = new Set<() => void>();
  #unreadBytes = 0;
  #users = 0;
  #hasEnded = false;
  #isClosed = false;

  constructor(socket: Socket) {
    this.#socket = socket;
    socket.setNoDelay(true);
    // By this a machine that has vanished is noticed.
    socket.setKeepAlive(true, KEEP_ALIVE_MS);
    // Idle, it lets the program end; who waits or writes holds it.
    socket.unref();
    socket.on('data', (bytes: Buffer) => this.#take(bytes));
    const ended = () => this.#end();
    socket.on('error', ended).on('end', ended).on('close', ended);
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Whether the other side is gone, and all that it sent was received. */
  get hasEnded(): boolean {
    return this.#hasEnded && this.#inbox.length === 0;
  }

  /** Limits what may come before the other side is known to have the key. */
  limitNext(messages: number, bytes: number): void {
    this.#frames.limitNext(messages, bytes);
  }

  /** What was sent still goes out. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#socket.destroySoon();
    this.#tell();
  }

  /** All messages as they come, and then the end. It holds the event loop until stop(). */
  listen(hear: Hearing): { stop(): void } {
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

  /** Throws if this side was closed. */
  check(method: string): void {
    if (this.#isClosed) throw new ConnectionClosedError(method);
  }

  /** Whether next() would not wait. Also true at the end. */
  isReady(): boolean {
    if (this.#inbox.length === 0 && !this.#hasEnded && !this.#isClosed) this.#readNow();
    return this.#inbox.length > 0 || this.#hasEnded || this.#isClosed;
  }

  /** Resolves to the next message; at the end it throws an EndOfFileError. */
  async next(method: string, { signal }: { signal?: AbortSignal } = {}): Promise<Uint8Array> {
    this.check(method);
    // It waits behind those who wait already.
    if (this.#waiting.size === 0 && !signal?.aborted) {
      const message = this.#shift(method);
      if (message !== undefined) return message;
    }
    return (await this.until(method, () => this.#shift(method), { signal })) as Uint8Array;
  }

  nextSync(method: string): Uint8Array {
    this.check(method);
    this.untilSync(method, undefined);
    return this.#shift(method) as Uint8Array;
  }

  /**
   * Resolves to the first value other than undefined that `attempt` returns; it is called in the very turn of
   * each change, so that nothing that was taken is lost. Undefined when the time is up.
   */
  until<T>(
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
        // An attempt may read, and what comes by that lets this one look again.
        if (!this.#waiting.delete(look)) return;
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

  /** Blocks until isReady(), or until the time is up: false. */
  untilSync(method: string, timeoutMs: number | undefined): boolean {
    this.#descriptor(method);
    const deadline = performance.now() + (timeoutMs ?? Number.POSITIVE_INFINITY);
    const signals = signalsOf({ signal: undefined });
    for (let turn = 0; !this.isReady(); turn++) {
      for (const { aborted, reason } of signals) {
        if (aborted) throw new WaitAbortedError(`Connection.${method}()`, reason);
      }
      if (performance.now() >= deadline) return false;
      if (turn > SPINS) Atomics.wait(pause, 0, 0, PAUSE_MS);
    }
    return true;
  }

  /** Resolves when the system has taken the message over. */
  async write(method: string, message: Uint8Array): Promise<void> {
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

  writeSync(method: string, message: Uint8Array): void {
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
    for (const look of [...this.#waiting]) if (this.#waiting.has(look)) look();
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

  /**
   * What has come by now, without the event loop. What the loop has read already was given to us in the same
   * turn.
   */
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
}

function descriptorOf(socket: Socket): number | undefined {
  const { _handle: handle } = socket as Socket & { _handle?: { fd?: number } | null };
  return handle?.fd !== undefined && handle.fd >= 0 ? handle.fd : undefined;
}

function isNotYet(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'EAGAIN' || code === 'EINTR';
}
