// Frames: how many processes write what they print and report into one descriptor. Bytes only: no descriptor,
// no clock.
//
// payload length u16 · kind u8 · last u8 · pid u32 · thread u32 · tag length u8 · tag · payload
// (little-endian)

import { Buffer } from 'node:buffer';
import { uncurried } from './uncurried';

// The writer's side takes them now: what its program replaces later must not silence it.
const { allocUnsafe, byteLength } = Buffer;
const { min } = Math;
const copy = uncurried(Buffer.prototype.copy);
const write = uncurried(Buffer.prototype.write as (this: Buffer, text: string, at: number) => number);
const writeUInt16LE = uncurried(Buffer.prototype.writeUInt16LE);
const writeUInt32LE = uncurried(Buffer.prototype.writeUInt32LE);

/** What a frame carries: text for a stream, or a report. */
export type FrameKind = 'stdout' | 'stderr' | 'report';

/** The process that wrote a frame: the pieces of one message are put together per writer. */
export interface Writer {
  /** The process. */
  pid: number;
  /** Its thread; 0 is the main one. */
  thread: number;
}

/** A message of one process: text that it printed, or a report. */
export interface Frame {
  /** What it carries. */
  kind: FrameKind;
  /** Who wrote it. */
  writer: Writer;
  /** Whatever the host named the work this belongs to, for example a cell. */
  tag: string;
  /** The bytes of the message, headers apart. */
  payload: Buffer;
}

/** Linux writes this many bytes to a pipe or socket in one piece (PIPE_BUF), so frames never mix. */
export const MAX_FRAME_BYTES = 4096;

const KINDS: readonly FrameKind[] = ['stdout', 'stderr', 'report'];
const NUMBERS: { readonly [kind in FrameKind]: number } = { stdout: 0, stderr: 1, report: 2 };
const FIXED_HEADER_BYTES = 13;
const MAX_TAG_BYTES = 255;
/** How many bytes one UTF-16 unit takes at most. */
const MAX_UTF8_BYTES = 3;

/** A message as frames, each to be written with one call. Text is never cut inside a character. */
export function encodeFrames(message: Frame): Buffer[] {
  const { kind, tag, payload } = message;
  const tagBytes = byteLength(tag);
  if (tagBytes > MAX_TAG_BYTES)
    throw new RangeError(`A frame's tag may have ${MAX_TAG_BYTES} bytes, not ${tagBytes}.`);
  const room = MAX_FRAME_BYTES - FIXED_HEADER_BYTES - tagBytes;
  const frames: Buffer[] = [];
  let start = 0;
  do {
    const most = start + room;
    const end = kind === 'report' ? min(most, payload.length) : wholeCharacters(payload, start, most);
    frames[frames.length] = frame(message, tagBytes, start, end);
    start = end;
  } while (start < payload.length);
  return frames;
}

/**
 * The frame of a short text, without a copy in between: most of what programs print. `bytes` have room for
 * MAX_FRAME_BYTES. Gives the frame's length, or 0 for a text that may need more than one frame.
 */
export function encodeShortText(bytes: Buffer, message: Omit<Frame, 'payload'>, text: string): number {
  const { tag } = message;
  if (FIXED_HEADER_BYTES + MAX_UTF8_BYTES * (tag.length + text.length) > MAX_FRAME_BYTES) return 0;
  const tagBytes = write(bytes, tag, FIXED_HEADER_BYTES);
  if (tagBytes > MAX_TAG_BYTES) return 0;
  const payloadBytes = write(bytes, text, FIXED_HEADER_BYTES + tagBytes);
  writeHeader(bytes, message, tagBytes, payloadBytes, true);
  return FIXED_HEADER_BYTES + tagBytes + payloadBytes;
}

function frame(message: Frame, tagBytes: number, start: number, end: number): Buffer {
  const { tag, payload } = message;
  const payloadAt = FIXED_HEADER_BYTES + tagBytes;
  const bytes = allocUnsafe(payloadAt + end - start);
  writeHeader(bytes, message, tagBytes, end - start, end === payload.length);
  write(bytes, tag, FIXED_HEADER_BYTES);
  copy(payload, bytes, payloadAt, start, end);
  return bytes;
}

function writeHeader(
  bytes: Buffer,
  { kind, writer }: Omit<Frame, 'payload'>,
  tagBytes: number,
  payloadBytes: number,
  last: boolean,
): void {
  writeUInt16LE(bytes, payloadBytes, 0);
  bytes[2] = NUMBERS[kind];
  bytes[3] = last ? 1 : 0;
  writeUInt32LE(bytes, writer.pid, 4);
  writeUInt32LE(bytes, writer.thread, 8);
  bytes[12] = tagBytes;
}

/** The end of a piece, moved back to the beginning of the character that would be cut. */
export function wholeCharacters(text: Buffer, start: number, end: number): number {
  if (end >= text.length) return text.length;
  for (let at = end; at > start && at > end - 4; at--) if ((text[at]! & 0xc0) !== 0x80) return at;
  return end; // not UTF-8: any place is as good
}

/** Takes bytes as they come and gives whole messages back, in the order in which they ended. */
export class FrameDecoder {
  #rest: Buffer = Buffer.alloc(0);
  readonly #unfinished = new Map<string, Frame & { pieces: Buffer[] }>();

  /**
   * The messages that end in these bytes, of which they may keep hold.
   *
   * @throws Error for bytes that no frame begins with.
   */
  push(bytes: Uint8Array): Frame[] {
    const fresh = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    this.#rest = this.#rest.length === 0 ? fresh : Buffer.concat([this.#rest, fresh]);
    const messages: Frame[] = [];
    let at = 0;
    while (this.#rest.length - at >= FIXED_HEADER_BYTES) {
      const kind = KINDS[this.#rest.readUInt8(at + 2)];
      if (kind === undefined) {
        throw new Error(`No frame begins with ${this.#rest.toString('hex', at, at + FIXED_HEADER_BYTES)}.`);
      }
      const payloadBytes = this.#rest.readUInt16LE(at);
      const payloadAt = at + FIXED_HEADER_BYTES + this.#rest.readUInt8(at + 12);
      if (this.#rest.length < payloadAt + payloadBytes) break;
      const frame: Frame = {
        kind,
        writer: { pid: this.#rest.readUInt32LE(at + 4), thread: this.#rest.readUInt32LE(at + 8) },
        tag: this.#rest.toString('utf8', at + FIXED_HEADER_BYTES, payloadAt),
        payload: this.#rest.subarray(payloadAt, payloadAt + payloadBytes),
      };
      const message = this.#add(frame, this.#rest.readUInt8(at + 3) === 1);
      if (message) messages.push(message);
      at = payloadAt + payloadBytes;
    }
    this.#rest = this.#rest.subarray(at);
    return messages;
  }

  /**
   * Returns at the end of the stream the text that dead writers had begun. Half a report is worth nothing.
   */
  end(): Frame[] {
    const begun = [...this.#unfinished.values()].filter((message) => message.kind !== 'report');
    this.#unfinished.clear();
    return begun.map(joined);
  }

  #add(frame: Frame, last: boolean): Frame | undefined {
    const key = `${frame.writer.pid}:${frame.writer.thread}:${frame.kind}`;
    const begun = this.#unfinished.get(key);
    if (last && !begun) return frame;
    const message = begun ?? { ...frame, pieces: [] };
    message.pieces.push(frame.payload);
    if (!last) {
      this.#unfinished.set(key, message);
      return undefined;
    }
    this.#unfinished.delete(key);
    return joined(message);
  }
}

function joined({ kind, writer, tag, pieces }: Frame & { pieces: Buffer[] }): Frame {
  return { kind, writer, tag, payload: Buffer.concat(pieces) };
}
