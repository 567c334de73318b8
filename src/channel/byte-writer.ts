// Bytes on their way out: a scratch area that grows, kept between messages.

let bytes = Buffer.allocUnsafeSlow(4096);
let at = 0;
const double = new Float64Array(1);
const doubleBytes = new Uint8Array(double.buffer);
const KEEP_BYTES = 2 ** 20;

export function beginWriting(): void {
  at = 0;
  if (bytes.length > KEEP_BYTES) bytes = Buffer.allocUnsafeSlow(4096);
}

/** A view of the scratch area: valid until the next beginWriting(). */
export function written(): Uint8Array {
  return bytes.subarray(0, at);
}

export function writeByte(value: number): void {
  if (at === bytes.length) grow(1);
  bytes[at++] = value;
}

export function writeInt32(value: number): void {
  if (at + 4 > bytes.length) grow(4);
  bytes[at++] = value;
  bytes[at++] = value >> 8;
  bytes[at++] = value >> 16;
  bytes[at++] = value >> 24;
}

export function writeDouble(value: number): void {
  if (at + 8 > bytes.length) grow(8);
  double[0] = value;
  for (let i = 0; i < 8; i++) bytes[at++] = doubleBytes[i] as number;
}

export function writeBytes(source: Uint8Array): void {
  if (at + source.length > bytes.length) grow(source.length);
  bytes.set(source, at);
  at += source.length;
}

/** Writes one byte for each character. Returns false, and has written nothing, if one does not fit. */
export function writeLatin1(text: string): boolean {
  const { length } = text;
  if (at + length > bytes.length) grow(length);
  for (let i = 0; i < length; i++) {
    const code = text.charCodeAt(i);
    if (code > 255) return false;
    bytes[at + i] = code;
  }
  at += length;
  return true;
}

export function writeUtf16(text: string): void {
  if (at + text.length * 2 > bytes.length) grow(text.length * 2);
  at += bytes.write(text, at, 'utf16le');
}

/** Leaves room for a byte that is only known later, and returns its place. */
export function reserveByte(): number {
  writeByte(0);
  return at - 1;
}

export function setByte(place: number, value: number): void {
  bytes[place] = value;
}

function grow(neededBytes: number): void {
  const larger = Buffer.allocUnsafeSlow(Math.max(bytes.length * 2, at + neededBytes));
  larger.set(bytes.subarray(0, at));
  bytes = larger;
}
