// What the children of a host print, in the order in which they printed it, for the pools that they work for.
import { readSync } from 'node:fs';
import { Socket } from 'node:net';
import { FrameDecoder, type FrameKind, wholeCharacters } from '../../host/frames';
import { setOutput } from '../../host/output';
import { openPipe } from '../../system/open-pipe';
import type { Printed } from '../pool/conversation';

const PIECE_BYTES = 2 ** 16;
/** So much of one pool's may wait to be sent. */
const MOST_BYTES = 2 ** 18;
/** What stands beside the bytes of each piece that was printed. */
const BESIDE_BYTES = 512;

/** By tag: a pool's id, a space, and the tag of the cell that called. */
export function tagFor(pool: string, tag: string): string {
  return `${pool} ${tag}`;
}

export class Output {
  readonly #read: number;
  readonly #decoder = new FrameDecoder();
  readonly #send: (pool: string, printed: readonly Printed[]) => void;
  readonly #mostBytes: () => number;
  readonly #piece = Buffer.alloc(PIECE_BYTES);

  /** `mostBytes`: what one message may have. */
  constructor(send: (pool: string, printed: readonly Printed[]) => void, mostBytes: () => number) {
    this.#send = send;
    this.#mostBytes = mostBytes;
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
    const largest = Math.max(BESIDE_BYTES, this.#mostBytes() - BESIDE_BYTES);
    const most = Math.min(MOST_BYTES, largest);
    const flush = () => {
      if (printed.length > 0) this.#send(pool, printed);
      printed = [];
      sizeBytes = 0;
    };
    for (const { kind, tag, payload } of this.#decoder.push(bytes)) {
      const space = tag.indexOf(' ');
      if (space < 0) continue;
      const owner = tag.slice(0, space);
      if (owner !== pool) flush();
      pool = owner;
      const add = (as: FrameKind, piece: Buffer) => {
        if (sizeBytes + piece.length > most) flush();
        sizeBytes += piece.length + BESIDE_BYTES;
        printed.push({ kind: as, tag: tag.slice(space + 1), payload: piece });
      };
      if (kind !== 'report') for (const piece of piecesOf(payload, most)) add(kind, piece);
      else if (payload.length <= largest) add(kind, payload);
      else add('stderr', Buffer.from(tooLarge(payload.length, largest)));
    }
    flush();
  }
}

/** A text that no message has room for goes in several. */
function* piecesOf(text: Buffer, most: number): Generator<Buffer> {
  for (let start = 0; start < text.length; ) {
    const end = wholeCharacters(text, start, start + most);
    yield text.subarray(start, end);
    start = end;
  }
}

/** Half of what was displayed would show nothing. */
function tooLarge(sizeBytes: number, most: number): string {
  return `What was displayed here cannot be shown: it has ${sizeBytes} bytes, and a message of the room's broker has at most ${most}. Return the data, and display it where you called.\n`;
}
