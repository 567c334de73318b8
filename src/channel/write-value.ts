// Plain values to bytes: JSON's and undefined, bigint, Date, Map, Set and binary data. Much faster than
// v8.serialize for small messages. What it cannot tell exactly, it declines, and capture/ takes over.
import { inspect, types } from 'node:util';
import { isShareable } from '../objects/handle';
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
import { ARRAY_BUFFER, BUFFER, binaryTypes, LATIN1, LONG_KEY, NO_MORE_KEYS, tag, UTF16 } from './value-marks';

// The same object in two places must stay one object, and a cycle must end: both are capture's business.
const MANY = 12;
let seen: object[] = [];
let seenSet: Set<object> | undefined;

// They are taken at the start, because a program may replace them.
const { getOwnPropertyDescriptor, getOwnPropertyNames, getOwnPropertySymbols, isExtensible } = Object;
const { ownKeys } = Reflect;
const { isProxy } = types;
const FEW = 100;
const HIDDEN_ONLY = {
  showHidden: true,
  maxArrayLength: 0,
  customInspect: false,
  breakLength: Number.POSITIVE_INFINITY,
} as const;

// Capture needs no stack for what is nested.
const DEEPEST = 200;
let depth = 0;

type Resizable = ArrayBuffer & { readonly resizable?: boolean };

/** Returns false if the value is not plain; what was written up to there is then of no use. */
export function writeValue(value: unknown): boolean {
  try {
    return write(value);
  } finally {
    // It is not left to the next call: the last value would be kept alive until then.
    seen = [];
    seenSet = undefined;
    depth = 0;
  }
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
      if (!isFirstSight(value) || ++depth > DEEPEST || !writeObject(value)) return false;
      depth--;
      return true;
    default: // functions and symbols
      return false;
  }
}

function writeObject(value: object): boolean {
  const prototype = Object.getPrototypeOf(value) as unknown;
  if (prototype === Object.prototype) return writeProperties(value as Record<string, unknown>);
  if (prototype === Array.prototype) return writeElements(value as unknown[]);
  if (prototype === Date.prototype) {
    if (!isBare(value)) return false;
    writeByte(tag.date);
    writeDouble((value as Date).getTime());
    return true;
  }
  if (prototype === Map.prototype) {
    if (!isBare(value)) return false;
    writeByte(tag.map);
    writeInt32((value as Map<unknown, unknown>).size);
    for (const [key, item] of value as Map<unknown, unknown>) if (!write(key) || !write(item)) return false;
    return true;
  }
  if (prototype === Set.prototype) {
    if (!isBare(value)) return false;
    writeByte(tag.set);
    writeInt32((value as Set<unknown>).size);
    for (const item of value as Set<unknown>) if (!write(item)) return false;
    return true;
  }
  return writeBinary(value, prototype);
}

function writeProperties(value: Record<string, unknown>): boolean {
  if (!isOpen(value)) return false;
  writeByte(tag.object);
  for (const key of getOwnPropertyNames(value)) {
    const property = getOwnPropertyDescriptor(value, key) as PropertyDescriptor;
    // An accessor is not writable either.
    if (!property.enumerable || !property.writable || !property.configurable) return false;
    const place = reserveByte();
    if (key === '__proto__') return false;
    if (key.length < LONG_KEY && writeLatin1(key)) setByte(place, key.length);
    else {
      setByte(place, LONG_KEY);
      writeString(key);
    }
    if (!write(property.value)) return false;
  }
  writeByte(NO_MORE_KEYS);
  return true;
}

function writeElements(value: unknown[]): boolean {
  if (hasMoreThanElements(value)) return false;
  writeByte(tag.array);
  writeInt32(value.length);
  for (let i = 0; i < value.length; i++) {
    const item = value[i];
    if (item === undefined && !(i in value)) return false;
    if (!write(item)) return false;
  }
  return true;
}

/** Whether it is what it seems, no symbols name properties of it, and it may get more. */
function isOpen(value: object): boolean {
  return !isProxy(value) && isExtensible(value) && getOwnPropertySymbols(value).length === 0;
}

/** Whether it has nothing beside its contents. */
function isBare(value: object): boolean {
  return isOpen(value) && getOwnPropertyNames(value).length === 0;
}

/** Whether the array has properties such as the `index` of what an expression found, or may not get more. */
function hasMoreThanElements(value: unknown[]): boolean {
  if (isProxy(value) || !isExtensible(value)) return true;
  const { length } = value;
  if (length <= FEW) return ownKeys(value).length !== length + 1;
  if (getOwnPropertySymbols(value).length > 0) return true;
  // Only this looks at other names without going through all elements.
  return inspect(value, HIDDEN_ONLY) !== `[ ... ${length} more items, [length]: ${length} ]`;
}

function writeBinary(value: object, prototype: unknown): boolean {
  const kind = binaryKind(value, prototype);
  if (kind === undefined) return false;
  // Two views of one memory are to stay so: capture's business, too.
  if (ArrayBuffer.isView(value) && !isPartOfPool(value) && !isFirstSight(value.buffer)) return false;
  const bytes = bytesOf(value as ArrayBuffer | ArrayBufferView);
  writeByte(tag.binary);
  writeByte(kind);
  writeInt32(bytes.length);
  writeBytes(bytes);
  return true;
}

/** Returns the kind of a message that is nothing but binary data, if it is one. */
export function binaryKind(
  value: object,
  prototype: unknown = Object.getPrototypeOf(value),
): number | undefined {
  const kind = kindOf(value, prototype);
  if (kind === undefined) return undefined;
  const buffer = ArrayBuffer.isView(value) ? value.buffer : value;
  // What grows is to grow there, too, and shared memory is passed on and not copied: capture's business.
  return (buffer as Resizable).resizable || isShareable(buffer) ? undefined : kind;
}

/** Node cuts small Buffers out of one memory; that says nothing. */
function isPartOfPool(view: ArrayBufferView): boolean {
  return Buffer.isBuffer(view) && view.byteLength < view.buffer.byteLength;
}

function kindOf(value: object, prototype: unknown): number | undefined {
  if (prototype === Buffer.prototype) return BUFFER;
  if (prototype === ArrayBuffer.prototype) return ARRAY_BUFFER;
  if (!ArrayBuffer.isView(value)) return undefined;
  const kind = binaryTypes.findIndex((type) => type.prototype === prototype);
  return kind < 0 ? undefined : kind;
}

/** Returns the bytes themselves, not a copy. */
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
