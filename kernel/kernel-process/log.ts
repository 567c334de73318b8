// The kernel's log: sentences on stderr, for the person who started Jupyter. It never waits for a reader,
// never throws, and ends for good when it cannot be read any more.

import { constants, fstatSync, openSync, writeSync } from 'node:fs';
import { Socket } from 'node:net';
import { Writable } from 'node:stream';

const STDERR = 2;

/** How much is kept that a socket has not taken. */
const WAITING_BYTES = 64 * 1024;

type Write = (line: Buffer) => void;

export class Log {
  readonly #descriptor: number;
  #write: Write | undefined;
  #isOver = false;
  #lost = 0;

  constructor(descriptor = STDERR) {
    this.#descriptor = descriptor;
  }

  readonly write = (sentence: string): void => this.raw(`[parlab] ${sentence}\n`);

  /** Writes an error that was not caught. */
  readonly fault = (error: unknown): void => {
    this.write(`A fault in the kernel: ${error instanceof Error ? error.stack : String(error)}`);
  };

  readonly raw = (text: string): void => {
    if (this.#isOver) return;
    try {
      this.#write ??= writerTo(this.#descriptor, () => {
        this.#isOver = true;
      });
      const more = this.#lost > 0 ? `[parlab] Nobody read: ${this.#lost} more sentences are lost.\n` : '';
      this.#write(Buffer.from(more + text));
      this.#lost = 0;
    } catch (error) {
      if (isFull(error)) this.#lost += 1;
      else this.#isOver = true;
    }
  };
}

/**
 * Whatever writes to this process's own streams writes to the log, and so can neither stop the process nor
 * fail. The streams themselves are never made: Node's take 15 ms of a start.
 */
export function redirectTo(log: Log): void {
  let stream: Writable | undefined;
  const get = (): Writable => {
    stream ??= new Writable({
      decodeStrings: false,
      write(chunk: string | Buffer, _encoding, done) {
        log.raw(String(chunk));
        done();
      },
    });
    return stream;
  };
  for (const name of ['stdout', 'stderr']) Object.defineProperty(process, name, { configurable: true, get });
  process
    .removeAllListeners('warning')
    .on('warning', ({ name, message }) => log.write(`${name}: ${message}`));
}

function isFull(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'EAGAIN';
}

/** Throws EAGAIN where there is no room. */
function writerTo(descriptor: number, ended: () => void): Write {
  const stat = fstatSync(descriptor);
  const mayBlock = stat.isFIFO() || stat.isCharacterDevice();
  const own = mayBlock && process.platform === 'linux' ? openedAnew(descriptor) : undefined;
  if (own !== undefined) return (line) => void writeSync(own, line);
  if (stat.isSocket() || stat.isFIFO()) return socketWriter(descriptor, ended);
  return (line) => void writeSync(descriptor, line);
}

/**
 * Jupyter has the same pipe or terminal, and its descriptor must go on blocking. Undefined if it belongs to
 * another user.
 */
function openedAnew(descriptor: number): number | undefined {
  const { O_WRONLY, O_NONBLOCK, O_NOCTTY } = constants;
  try {
    return openSync(`/proc/self/fd/${descriptor}`, O_WRONLY | O_NONBLOCK | O_NOCTTY);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EACCES') throw error;
    return undefined;
  }
}

/** What cannot be opened anew is set to not blocking: Node makes a socket for each child alone. */
function socketWriter(descriptor: number, ended: () => void): Write {
  const socket = new Socket({ fd: descriptor, readable: false, writable: true });
  socket.on('error', ended).unref();
  return (line) => {
    if (socket.writableLength > WAITING_BYTES) throw Object.assign(new Error('full'), { code: 'EAGAIN' });
    socket.write(line);
  };
}
