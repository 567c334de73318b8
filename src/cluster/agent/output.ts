// What the children of a host print, in the order in which they printed it, for the pools that they work for.
import { readSync } from 'node:fs';
import { Socket } from 'node:net';
import { FrameDecoder } from '../../host/frames';
import { setOutput } from '../../host/output';
import { openPipe } from '../../system/open-pipe';
import type { Printed } from '../pool/conversation';

const PIECE_BYTES = 2 ** 16;
/** So much of one pool's may wait to be sent. */
const MOST_BYTES = 2 ** 19;

/** By tag: a pool's id, a space, and the tag of the cell that called. */
export function tagFor(pool: string, tag: string): string {
  return `${pool} ${tag}`;
}

export class Output {
  readonly #read: number;
  readonly #decoder = new FrameDecoder();
  readonly #send: (pool: string, printed: readonly Printed[]) => void;
  readonly #piece = Buffer.alloc(PIECE_BYTES);

  constructor(send: (pool: string, printed: readonly Printed[]) => void) {
    this.#send = send;
    const { read, write } = openPipe();
    this.#read = read;
    setOutput({ fd: write, tag: () => '' });
    new Socket({ fd: read, readable: true, writable: false })
      .on('data', (bytes) => this.#take(bytes))
      .unref();
  }

  /**
   * All that was printed up to now is sent: what a child wrote before its answer lies in the pipe by then.
   */
  drain(): void {
    for (;;) {
      let count: number;
      try {
        count = readSync(this.#read, this.#piece);
      } catch {
        return; // Empty.
      }
      if (count === 0) return;
      this.#take(Buffer.from(this.#piece.subarray(0, count)));
    }
  }

  #take(bytes: Uint8Array): void {
    let pool = '';
    let printed: Printed[] = [];
    let sizeBytes = 0;
    const flush = () => {
      if (printed.length > 0) this.#send(pool, printed);
      printed = [];
      sizeBytes = 0;
    };
    for (const { kind, tag, payload } of this.#decoder.push(bytes)) {
      const space = tag.indexOf(' ');
      if (space < 0) continue;
      const owner = tag.slice(0, space);
      if (owner !== pool || sizeBytes > MOST_BYTES) flush();
      pool = owner;
      sizeBytes += payload.length;
      printed.push({ kind, tag: tag.slice(space + 1), payload });
    }
    flush();
  }
}
