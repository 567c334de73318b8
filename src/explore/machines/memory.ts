// Memory that processes share, as a value: its bytes, as a text of as many letters. Any view may lie over it.
import type { Operation, Plain } from '../operations';
import type { Rules } from './rule';

type Bytes = string;
type Number_ = number | bigint;
interface Scratch {
  [index: number]: Number_;
  readonly BYTES_PER_ELEMENT: number;
}

const room = new ArrayBuffer(8);
const roomBytes = new Uint8Array(room);
const scratches: Record<string, Scratch> = {
  Int8Array: new Int8Array(room),
  Uint8Array: roomBytes,
  Uint8ClampedArray: new Uint8ClampedArray(room),
  Int16Array: new Int16Array(room),
  Uint16Array: new Uint16Array(room),
  Int32Array: new Int32Array(room),
  Uint32Array: new Uint32Array(room),
  Float32Array: new Float32Array(room),
  Float64Array: new Float64Array(room),
  BigInt64Array: new BigInt64Array(room),
  BigUint64Array: new BigUint64Array(room),
};

export const isKindOfView = (kind: string): boolean => Object.hasOwn(scratches, kind);
export const sizeOfCell = (kind: string): number => scratchOf(kind).BYTES_PER_ELEMENT;

function scratchOf(kind: string): Scratch {
  const view = scratches[kind];
  if (view === undefined) throw new TypeError(`${kind} is no kind of typed array.`);
  return view;
}

/** The number as such a typed array would hold it, as plain data. */
export function letCell(kind: string, cell: Number_): Plain {
  const view = scratchOf(kind);
  view[0] = cell;
  const held = view[0] as Number_;
  return typeof held === 'bigint' || !Number.isFinite(held) || Object.is(held, -0) ? textOf(held) : held;
}

const textOf = (held: Number_) => (Object.is(held, -0) ? '-0' : String(held));

export function openCell(kind: string, cell: Plain): Number_ {
  return kind.startsWith('Big') ? BigInt(String(cell)) : Number(cell);
}

export function cellAt(bytes: Bytes, kind: string, at: number): Plain {
  const view = scratchOf(kind);
  for (let i = 0; i < view.BYTES_PER_ELEMENT; i++) roomBytes[i] = bytes.charCodeAt(at + i);
  return letCell(kind, view[0] as Number_);
}

function withCell(bytes: Bytes, kind: string, at: number, cell: Number_): Bytes {
  const view = scratchOf(kind);
  view[0] = cell;
  let letters = '';
  for (let i = 0; i < view.BYTES_PER_ELEMENT; i++) letters += String.fromCharCode(roomBytes[i] as number);
  return bytes.slice(0, at) + letters + bytes.slice(at + view.BYTES_PER_ELEMENT);
}

/** Whether two operations are about some byte both. */
export function overlaps(
  { args: [kind, at] }: Operation,
  { args: [otherKind, otherAt] }: Operation,
): boolean {
  const from = Number(at);
  const otherFrom = Number(otherAt);
  return from < otherFrom + sizeOfCell(String(otherKind)) && otherFrom < from + sizeOfCell(String(kind));
}

export const zeros = (size: number): Bytes => '\0'.repeat(size);

const read = (bytes: Bytes, { args: [kind, at] }: Operation) => ({
  result: cellAt(bytes, String(kind), Number(at)),
});
const write = (bytes: Bytes, { args: [kind, at, cell] }: Operation) => ({
  value: withCell(bytes, String(kind), Number(at), openCell(String(kind), cell)),
});

/** Changes a number as Atomics does, in one: it reads and writes. */
function changing(change: (before: bigint, by: bigint) => bigint) {
  return (bytes: Bytes, { args: [kind, at, by] }: Operation) => {
    const before = cellAt(bytes, String(kind), Number(at));
    const after = change(BigInt(before as never), BigInt(by as never));
    const cell = String(kind).startsWith('Big') ? after : Number(BigInt.asIntN(53, after));
    return { value: withCell(bytes, String(kind), Number(at), cell), result: before };
  };
}

export const memory: Rules = {
  read,
  write,
  load: read,
  store: write,
  add: changing((before, by) => before + by),
  sub: changing((before, by) => before - by),
  and: changing((before, by) => before & by),
  or: changing((before, by) => before | by),
  xor: changing((before, by) => before ^ by),
  exchange: changing((_before, by) => by),
  compareExchange: (bytes: Bytes, { args: [kind, at, expected, cell] }) => {
    const before = cellAt(bytes, String(kind), Number(at));
    if (before !== expected) return { result: before };
    return { value: withCell(bytes, String(kind), Number(at), openCell(String(kind), cell)), result: before };
  },
};
