// The standard output and error of a process that others share a terminal, pipe or host with: every write is done when it returns.
import { Writable } from 'node:stream';
import { isatty } from 'node:tty';
import { isMainThread } from 'node:worker_threads';
import { hostFd, writeToHost } from './output';
import { writeFully } from './write-fully';

type StreamName = 'stdout' | 'stderr';

/**
 * Node queues what it writes to a pipe: a process that is killed or blocked would keep its last lines for itself, and long
 * lines of several processes would mix.
 */
export function replaceStandardStreams(): void {
  for (const name of ['stdout', 'stderr'] as const) {
    // Node writes to a terminal at once, and its stream there knows the window's size.
    if (hostFd() === undefined && isMainThread && isatty(descriptorOf(name))) continue;
    const stream = new SynchronousStream(name);
    Object.defineProperty(process, name, { configurable: true, enumerable: true, get: () => stream });
  }
}

class SynchronousStream extends Writable {
  readonly fd: number;
  readonly isTTY: boolean;
  readonly #name: StreamName;

  constructor(name: StreamName) {
    super({ decodeStrings: true, emitClose: false });
    this.#name = name;
    this.fd = descriptorOf(name);
    this.isTTY = hostFd() === undefined && isatty(this.fd);
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    if (!writeToHost(this.#name, chunk)) writeFully(this.fd, chunk);
    done();
  }

  /** As for Node's own standard streams: they cannot be closed. */
  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    done(error);
  }
}

function descriptorOf(name: StreamName): number {
  return name === 'stdout' ? 1 : 2;
}
