// The standard output and error of a process that shares a terminal, pipe or host with others: every write is done when it returns.
import { Writable } from 'node:stream';
import { isatty } from 'node:tty';
import { isMainThread } from 'node:worker_threads';
import { hostFd, writeToHost } from './output';
import { writeFully } from './write-fully';

type StreamName = 'stdout' | 'stderr';
type Done = (error?: Error | null) => void;

/**
 * Node queues what it writes to a pipe, and sends what a thread writes by way of its parent: a process that is killed or
 * blocked would keep its last lines to itself, and long lines of several processes would mix.
 */
export function replaceStandardStreams(): void {
  for (const name of ['stdout', 'stderr'] as const) {
    if (!isMainThread) writeAtOnce(name);
    // Node writes to a terminal at once, and its stream there knows the window's size.
    else if (hostFd() !== undefined || !isatty(descriptorOf(name))) replace(name);
  }
}

function replace(name: StreamName): void {
  const stream = new SynchronousStream(name);
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
    if (!writeToHost(name, bytes)) writeFully(fd, bytes);
    done();
  };
}

class SynchronousStream extends Writable {
  readonly fd: number;
  readonly isTTY = false;

  constructor(name: StreamName) {
    super({ emitClose: false, write: writer(name) });
    this.fd = descriptorOf(name);
  }

  /** As for Node's own standard streams: they cannot be closed. */
  override _destroy(error: Error | null, done: Done): void {
    done(error);
  }
}

function descriptorOf(name: StreamName): number {
  return name === 'stdout' ? 1 : 2;
}
