// Plain values as bytes: JSON's and undefined, bigint, Date, Map, Set and binary data. Much faster than v8.serialize
// for small messages. What it cannot tell exactly, it declines, and capture/ takes over.
import {
  reserveByte,
  setByte,
  writeByte,
  writeBytes,
  writeDouble,
  writeInt32,
  writeLatin1,
  writeUtf16,
} from './byte-writer';

const tag = {
  int32: 1,
  double: 2,
  string: 3,
  true: 4,
  false: 5,
  null: 6,
  undefined: 7,
  array: 8,
  object: 9,
  bigint: 10,
  date: 11,
  map: 12,
  set: 13,
  binary: 14,
} as const;

const LATIN1 = 0;
const UTF16 = 1;
// A key's first byte is its length, or one of these.
const LONG_KEY = 254;
const NO_MORE_KEYS = 255;

type BinaryType = { new (buffer: ArrayBuffer): ArrayBufferView; prototype: object };
const binaryTypes: readonly BinaryType[] = [
  Uint8Array,
  Int8Array,
  Uint8ClampedArray,
  Uint16Array,
  Int16Array,
  Uint32Array,
  Int32Array,
  Float32Array,
  Float64Array,
  BigUint64Array,
  BigInt64Array,
  DataView,
];
const BUFFER = 100;
const ARRAY_BUFFER = 101;

// The same object in two places must stay one object, and a cycle must end: both are capture's business.
const MANY = 12;
let seen: object[] = [];
let seenSet: Set<object> | undefined;

/** False if the value is not plain; what was written up to there is then of no use. */
export function writeValue(value: unknown): boolean {
  seen = [];
  seenSet = undefined;
  return write(value);
}

function write(value: unknown): boolean {
  switch (typeof value) {
    case 'number':
      if ((value | 0) === value && !Object.is(value, -0)) {
        writeByte(tag.int32);
        writeInt32(value);
      } else {
        writeByte(tag.double);
        writeDouble(value);
      }
      return true;
    case 'string':
      writeByte(tag.string);
      writeString(value);
      return true;
    case 'boolean':
      writeByte(value ? tag.true : tag.false);
      return true;
    case 'undefined':
      writeByte(tag.undefined);
      return true;
    case 'bigint':
      writeByte(tag.bigint);
      writeString(value.toString(16));
      return true;
    case 'object':
      if (value === null) {
        writeByte(tag.null);
        return true;
      }
      return isFirstSight(value) && writeObject(value);
    default: // functions and symbols
      return false;
  }
}

function writeObject(value: object): boolean {
  const prototype = Object.getPrototypeOf(value) as unknown;
  if (prototype === Object.prototype) return writeProperties(value as Record<string, unknown>);
  if (prototype === Array.prototype) return writeElements(value as unknown[]);
  if (prototype === Date.prototype) {
    writeByte(tag.date);
    writeDouble((value as Date).getTime());
    return true;
  }
  if (prototype === Map.prototype) {
    writeByte(tag.map);
    writeInt32((value as Map<unknown, unknown>).size);
    for (const [key, item] of value as Map<unknown, unknown>) if (!write(key) || !write(item)) return false;
    return true;
  }
  if (prototype === Set.prototype) {
    writeByte(tag.set);
    writeInt32((value as Set<unknown>).size);
    for (const item of value as Set<unknown>) if (!write(item)) return false;
    return true;
  }
  return writeBinary(value, prototype);
}

function writeProperties(value: Record<string, unknown>): boolean {
  writeByte(tag.object);
  for (const key in value) {
    const place = reserveByte();
    if (key === '__proto__') return false;
    if (key.length < LONG_KEY && writeLatin1(key)) setByte(place, key.length);
    else {
      setByte(place, LONG_KEY);
      writeString(key);
    }
    if (!write(value[key])) return false;
  }
  writeByte(NO_MORE_KEYS);
  return true;
}

function writeElements(value: unknown[]): boolean {
  writeByte(tag.array);
  writeInt32(value.length);
  for (let i = 0; i < value.length; i++) {
    const item = value[i];
    if (item === undefined && !(i in value)) return false;
    if (!write(item)) return false;
  }
  return true;
}

function writeBinary(value: object, prototype: unknown): boolean {
  const kind = binaryKind(value, prototype);
  if (kind === undefined) return false;
  const bytes = bytesOf(value as ArrayBuffer | ArrayBufferView);
  writeByte(tag.binary);
  writeByte(kind);
  writeInt32(bytes.length);
  writeBytes(bytes);
  return true;
}

/** For a message that is nothing but binary data: its kind, if it is one. */
export function binaryKind(
  value: object,
  prototype: unknown = Object.getPrototypeOf(value),
): number | undefined {
  if (prototype === Buffer.prototype) return BUFFER;
  if (prototype === ArrayBuffer.prototype) return ARRAY_BUFFER;
  if (!ArrayBuffer.isView(value)) return undefined;
  const kind = binaryTypes.findIndex((type) => type.prototype === prototype);
  return kind < 0 ? undefined : kind;
}

export function bytesOf(value: ArrayBuffer | ArrayBufferView): Uint8Array {
  if (value instanceof ArrayBuffer) return new Uint8Array(value);
  if (value instanceof Uint8Array) return value;
  return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
}

function writeString(text: string): void {
  writeInt32(text.length);
  const form = reserveByte();
  if (writeLatin1(text)) setByte(form, LATIN1);
  else {
    setByte(form, UTF16);
    writeUtf16(text);
  }
}

function isFirstSight(value: object): boolean {
  if (seenSet !== undefined) {
    if (seenSet.has(value)) return false;
    seenSet.add(value);
    return true;
  }
  if (seen.includes(value)) return false;
  seen.push(value);
  if (seen.length > MANY) seenSet = new Set(seen);
  return true;
}

let source: Buffer = Buffer.alloc(0);
let at = 0;
const double = new Float64Array(1);
const doubleBytes = new Uint8Array(double.buffer);

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

export function restoreBinary(kind: number, bytes: Uint8Array, offset: number, length: number): unknown {
  const copy = Buffer.allocUnsafeSlow(length);
  copy.set(bytes.subarray(offset, offset + length));
  if (kind === BUFFER) return copy;
  if (kind === ARRAY_BUFFER) return copy.buffer;
  const type = binaryTypes[kind];
  if (type === undefined) throw new TypeError(`A message has an unknown kind of binary data (${kind}).`);
  return new type(copy.buffer);
}
