// The standard output and error of a process that shares a terminal, pipe or host with others: every write is
// done when it returns.

import { Buffer } from 'node:buffer';
import process from 'node:process';
import { Writable } from 'node:stream';
import { isatty } from 'node:tty';
import { isMainThread } from 'node:worker_threads';
import { nextTick } from '../system/timers';
import { hostFd, writeToHost } from './output';
import { writeFully } from './write-fully';

type StreamName = 'stdout' | 'stderr';
type Done = (error?: Error | null) => void;

/**
 * Node queues what it writes to a pipe, and sends what a thread writes by way of its parent: a process that
 * is killed or blocked would keep its last lines to itself, and long lines of several processes would mix.
 */
export function replaceStandardStreams(): void {
  for (const name of ['stdout', 'stderr'] as const) {
    if (!isMainThread) writeAtOnce(name);
    // Node writes to a terminal at once, and its stream there knows the window's size.
    else if (hostFd() !== undefined || !isatty(descriptorOf(name))) replace(name);
  }
}

/**
 * A host calls it whose programs follow one another: what one of them did to the streams is not the next
 * one's.
 */
export function reviveStandardStreams(): void {
  for (let i = 0; i < streams.length; i++) streams[i]?.revive();
}

const streams: SynchronousStream[] = [];

let whenPrinted: ((chunk: Buffer | string) => void) | undefined;

/** `listener` gets whatever goes through the streams that were replaced here, before it is out. */
export function onPrint(listener: (chunk: Buffer | string) => void): void {
  whenPrinted = listener;
}

let isTelling = false;

function tellPrinted(chunk: Buffer | string): void {
  if (whenPrinted === undefined || isTelling) return;
  isTelling = true;
  try {
    whenPrinted(chunk);
  } catch {
    // What a program has made of its strings and clocks must not silence it.
  }
  isTelling = false;
}

/** Whether what goes through that stream is told to who asked onPrint(). */
export function isReplaced(stream: unknown): boolean {
  return stream instanceof SynchronousStream || !isMainThread;
}

function replace(name: StreamName): void {
  const stream = new SynchronousStream(name);
  streams.push(stream);
  Object.defineProperty(process, name, { configurable: true, enumerable: true, get: () => stream });
}

/** A thread's own streams must stay: Node's messages between the thread and its parent look for them. */
function writeAtOnce(name: StreamName): void {
  const fd = descriptorOf(name);
  const isTTY = hostFd() === undefined && isatty(fd);
  Object.assign(process[name], { fd, isTTY, _writev: null, _write: writer(name) });
}

function writer(name: StreamName): (chunk: Buffer | string, encoding: BufferEncoding, done: Done) => void {
  const fd = descriptorOf(name);
  return (chunk, encoding, done) => {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk, encoding) : chunk;
    writeOut(name, fd, bytes);
    done();
  };
}

function writeOut(name: StreamName, fd: number, chunk: Buffer | string): void {
  tellPrinted(chunk);
  if (!writeToHost(name, chunk)) writeFully(fd, typeof chunk === 'string' ? Buffer.from(chunk) : chunk);
}

class SynchronousStream extends Writable {
  readonly fd: number;
  readonly isTTY = false;
  readonly #name: StreamName;
  #written: Done[] = [];
  #isUtf8 = true;

  constructor(name: StreamName) {
    super({ emitClose: false, write: writer(name) });
    this.fd = descriptorOf(name);
    this.#name = name;
    // Each pipeline leaves some, and it outlives them all.
    this.setMaxListeners(0);
  }

  /** Text, as console.log writes it, needs none of a stream's bookkeeping: it is out when this returns. */
  override write(chunk: unknown, ...rest: unknown[]): boolean {
    const [done] = rest;
    const isText = typeof chunk === 'string' && this.#isUtf8 && rest.length < 2 && typeof done !== 'string';
    if (!isText || !this.writable || this.writableCorked > 0 || this.writableLength > 0)
      return super.write(chunk, ...(rest as [BufferEncoding]));
    writeOut(this.#name, this.fd, chunk);
    if (typeof done === 'function') this.#tellLater(done as Done);
    return true;
  }

  override setDefaultEncoding(encoding: BufferEncoding): this {
    this.#isUtf8 = /^utf-?8$/i.test(encoding);
    return super.setDefaultEncoding(encoding);
  }

  /** There is one tick for all: a loop of console.log would make thousands. */
  #tellLater(done: Done): void {
    if (this.#written.push(done) === 1) nextTick(() => this.#tell());
  }

  #tell(): void {
    const written = this.#written;
    this.#written = [];
    let told = 0;
    try {
      for (const done of written) {
        told += 1;
        done(null);
      }
    } finally {
      // A callback that throws keeps the others from nothing.
      for (const done of written.slice(told)) this.#tellLater(done);
    }
  }

  /** It does what Node's own standard streams do: what ends or destroys them finds them open again. */
  override _destroy(error: Error | null, done: Done): void {
    done(error);
    this.#reopen();
    nextTick(() => {
      // Node believes it closed, or failed, from here on, and would never finish it a second time.
      Object.assign((this as unknown as { _writableState: object })._writableState, {
        closeEmitted: false,
        errorEmitted: false,
      });
      // Code that waits for the end of a pipeline must hear of it.
      this.emit('close');
    });
  }

  revive(): void {
    while (this.writableCorked > 0) this.uncork();
    if (!this.#isUtf8) this.setDefaultEncoding('utf8');
    if (!this.writable) this.#reopen();
  }

  #reopen(): void {
    (this as unknown as { _undestroy(): void })._undestroy();
  }
}

function descriptorOf(name: StreamName): number {
  return name === 'stdout' ? 1 : 2;
}
