// Pictures of one size, one after the other, as an animated PNG: their compressed pixels are taken over as they are, so that nothing is lost.
// https://www.w3.org/TR/png-3/#apng-frame-based-animation

import { crc32 } from 'node:zlib';

export interface AnimationFrame {
  /** A PNG. */
  readonly png: Buffer;
  readonly milliseconds: number;
}

interface Chunk {
  readonly type: string;
  readonly data: Buffer;
}

const SIGNATURE_BYTES = 8;
/** Length, type and checksum. */
const AROUND_BYTES = 12;

/** It begins again when it is over. Who shows no animations shows the last frame. */
export function animatedPng(frames: readonly AnimationFrame[]): Buffer {
  const last = frames.at(-1);
  if (!last) throw new Error('An animation needs a frame.');
  const signature = last.png.subarray(0, SIGNATURE_BYTES);
  const header = headerOf(last.png);
  let sequence = 0;
  const chunks = frames.flatMap(({ png, milliseconds }, index) => {
    if (!headerOf(png).equals(header))
      throw new Error(`Frame ${index} is of another size or kind than the last.`);
    const control = { type: 'fcTL', data: frameControl(sequence++, header, milliseconds) };
    const numbered = pixelsOf(png).map(({ data }) => ({
      type: 'fdAT',
      data: Buffer.concat([word(sequence++), data]),
    }));
    return [control, ...numbered];
  });
  const all: Chunk[] = [
    { type: 'IHDR', data: header },
    { type: 'acTL', data: Buffer.concat([word(frames.length), word(0)]) },
    // In front of all frames it is none of them.
    ...pixelsOf(last.png),
    ...chunks,
    { type: 'IEND', data: Buffer.alloc(0) },
  ];
  return Buffer.concat([signature, ...all.map(written)]);
}

function chunksOf(png: Buffer): Chunk[] {
  const found: Chunk[] = [];
  for (let at = SIGNATURE_BYTES; at < png.length; ) {
    const length = png.readUInt32BE(at);
    const type = png.toString('latin1', at + 4, at + 8);
    found.push({ type, data: png.subarray(at + 8, at + 8 + length) });
    at += length + AROUND_BYTES;
  }
  return found;
}

function pixelsOf(png: Buffer): Chunk[] {
  return chunksOf(png).filter(({ type }) => type === 'IDAT');
}

function headerOf(png: Buffer): Buffer {
  const header = chunksOf(png).find(({ type }) => type === 'IHDR');
  if (!header) throw new Error('This is no PNG.');
  return header.data;
}

/** The whole picture is drawn over the one before. */
function frameControl(sequence: number, header: Buffer, milliseconds: number): Buffer {
  const delay = Buffer.alloc(6);
  delay.writeUInt16BE(milliseconds, 0);
  delay.writeUInt16BE(1000, 2);
  return Buffer.concat([word(sequence), header.subarray(0, 8), word(0), word(0), delay]);
}

function word(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

function written({ type, data }: Chunk): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  return Buffer.concat([word(data.length), named, word(crc32(named))]);
}
