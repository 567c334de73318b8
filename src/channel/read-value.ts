// Bytes back to plain values.
import { ARRAY_BUFFER, BUFFER, binaryTypes, LATIN1, LONG_KEY, NO_MORE_KEYS, tag } from './value-marks';

let source: Buffer = Buffer.alloc(0);
let at = 0;
const double = new Float64Array(1);
const doubleBytes = new Uint8Array(double.buffer);

/** Returns the value that writeValue() wrote, and that begins at `offset`. */
export function readValue(bytes: Buffer, offset: number): unknown {
  source = bytes;
  at = offset;
  return read();
}

function read(): unknown {
  const kind = source[at++];
  switch (kind) {
    case tag.int32:
      return readInt32();
    case tag.double:
      return readDouble();
    case tag.string:
      return readString();
    case tag.true:
      return true;
    case tag.false:
      return false;
    case tag.null:
      return null;
    case tag.undefined:
      return undefined;
    case tag.array: {
      const array = new Array<unknown>(readInt32());
      for (let i = 0; i < array.length; i++) array[i] = read();
      return array;
    }
    case tag.object:
      return readProperties();
    case tag.bigint:
      return readBigint(readString());
    case tag.date:
      return new Date(readDouble());
    case tag.map: {
      const map = new Map<unknown, unknown>();
      for (let left = readInt32(); left > 0; left--) map.set(read(), read());
      return map;
    }
    case tag.set: {
      const set = new Set<unknown>();
      for (let left = readInt32(); left > 0; left--) set.add(read());
      return set;
    }
    case tag.binary: {
      const binary = source[at++] as number;
      const length = readInt32();
      at += length;
      return restoreBinary(binary, source, at - length, length);
    }
    default:
      throw new TypeError(`A message has an unknown mark (${kind}).`);
  }
}

function readProperties(): Record<string, unknown> {
  const object: Record<string, unknown> = {};
  for (;;) {
    const length = source[at++] as number;
    if (length === NO_MORE_KEYS) return object;
    const key = length === LONG_KEY ? readString() : readKey(length);
    object[key] = read();
  }
}

// The same few keys come again and again, so the string made for one is kept where the next looks first.
const KEYS = 512;
const keys = new Array<string>(KEYS).fill('');

function readKey(length: number): string {
  let hash = length;
  for (let i = 0; i < length; i++) hash = (hash * 31 + (source[at + i] as number)) | 0;
  const place = hash & (KEYS - 1);
  const known = keys[place] as string;
  if (known.length === length && isKeyHere(known)) {
    at += length;
    return known;
  }
  const key = readLatin1(length);
  keys[place] = key;
  return key;
}

function isKeyHere(key: string): boolean {
  for (let i = 0; i < key.length; i++) if (key.charCodeAt(i) !== source[at + i]) return false;
  return true;
}

function readString(): string {
  const length = readInt32();
  if (source[at++] === LATIN1) return readLatin1(length);
  at += length * 2;
  return source.toString('utf16le', at - length * 2, at);
}

function readLatin1(length: number): string {
  let text = '';
  // Below this length a call into the runtime costs more.
  if (length < 24) for (let i = 0; i < length; i++) text += String.fromCharCode(source[at + i] as number);
  else text = source.toString('latin1', at, at + length);
  at += length;
  return text;
}

function readInt32(): number {
  at += 4;
  return (
    (source[at - 4] as number) |
    ((source[at - 3] as number) << 8) |
    ((source[at - 2] as number) << 16) |
    ((source[at - 1] as number) << 24)
  );
}

function readDouble(): number {
  for (let i = 0; i < 8; i++) doubleBytes[i] = source[at++] as number;
  return double[0] as number;
}

function readBigint(text: string): bigint {
  return text.startsWith('-') ? -BigInt(`0x${text.slice(1)}`) : BigInt(`0x${text}`);
}

/** Makes a copy of those bytes the kind of binary data that binaryKind() gave a number. */
export function restoreBinary(kind: number, bytes: Uint8Array, offset: number, length: number): unknown {
  const copy = Buffer.allocUnsafeSlow(length);
  copy.set(bytes.subarray(offset, offset + length));
  if (kind === BUFFER) return copy;
  if (kind === ARRAY_BUFFER) return copy.buffer;
  const type = binaryTypes[kind];
  if (type === undefined) throw new TypeError(`A message has an unknown kind of binary data (${kind}).`);
  return new type(copy.buffer);
}
