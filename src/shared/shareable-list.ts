// A list of a fixed length in shared memory, of numbers, texts, bytes, booleans and null.

import { inspect } from 'node:util';
import { InvalidArgumentError } from '../errors';
import { checkOptionsOf } from '../given';
import { construct } from '../objects/construct';
import { type Composite, type Parts, registerComposite, toParts } from '../objects/handle';
import { counted } from '../system/counted';
import { showAs } from '../system/show-as';
import { SharedMemory } from './shared-memory';

/** What a ShareableList can hold. */
export type ShareableItem = number | bigint | boolean | string | Uint8Array | null;

// Behind the count and one word that is not used stand, for each item, its state, its room in bytes, and
// twice that room. A new value is written into the room that is not in use and published by the one store of
// the state, so a reader sees half of one only if two are written while it copies a third.
const COUNT = 0;
const HEADER_WORDS = 2;
const STATE = 0;
const ROOM = 1;
const ITEM_WORDS = 2;
const kinds = ['null', 'boolean', 'number', 'bigint', 'string', 'bytes'] as const;
type Kind = (typeof kinds)[number];
const LENGTH_BITS = 26;
const LONGEST_BYTES = 2 ** LENGTH_BITS - 1;
const IN_SECOND_ROOM = 1 << 30;

/**
 * A list of a fixed length that processes share: texts, numbers, bytes, true, false and null. Python's
 * `multiprocessing.shared_memory.ShareableList`. An item may be changed as long as its bytes fit where the
 * first value stood.
 *
 * @example
 * const list = new ShareableList(['Ada', 1815, true]);
 * const child = new Process({ target: () => list.set(1, 1852) });
 * child.start();
 * await child.join();
 * console.log([...list]); // → [ 'Ada', 1852, true ]
 * list.set(0, 'a name that is too long'); // throws InvalidArgumentError: item 0 must be at most 8 bytes long…
 */
export class ShareableList implements Composite, Iterable<ShareableItem> {
  readonly #shm: SharedMemory;
  readonly #i32: Int32Array;
  readonly #places: number[] = [];

  /**
   * With `sequence` it makes a new list, under `name` if given; without, it opens the list of that name.
   * @throws InvalidArgumentError for an item of another kind; SharedMemoryNotFoundError if nothing has the
   * name.
   */
  constructor(sequence?: Iterable<ShareableItem>, options?: { name?: string });
  // Beyond its type: for restoring one of another process, and for what is built on it.
  constructor(sequence?: Iterable<ShareableItem> | SharedMemory, options: { name?: string } = {}) {
    checkOptionsOf('name', options);
    const { name } = options;
    const items = sequence === undefined || sequence instanceof SharedMemory ? undefined : [...sequence];
    const rooms = roomsFor(items ?? []);
    if (sequence instanceof SharedMemory) this.#shm = sequence;
    else if (items === undefined)
      this.#shm = new SharedMemory({ name: name! }); // which refuses undefined
    else
      this.#shm = new SharedMemory({
        create: true,
        size: sizeOf(rooms),
        ...(name !== undefined && { name }),
      });
    const { buf } = this.#shm;
    this.#i32 = new Int32Array(buf.buffer, buf.byteOffset, Math.floor(buf.byteLength / 4));
    if (items !== undefined) layOut(this.#i32, rooms);
    for (let left = this.#i32[COUNT] ?? 0, at = HEADER_WORDS; left > 0; left--) {
      this.#places.push(at);
      at += ITEM_WORDS + (2 * (this.#i32[at + ROOM] ?? 0)) / 4;
    }
    items?.forEach((item, index) => {
      this.set(index, item);
    });
  }

  /** How many items the list has, which never changes. */
  get length(): number {
    return this.#places.length;
  }

  /** The memory below it, to unlink() or to find it by its name. */
  get shm(): SharedMemory {
    return this.#shm;
  }

  /** The kinds of the items now, for looking at. */
  get format(): string {
    return this.#places.map((at) => kindOfState(this.#i32[at + STATE] ?? 0)).join(' ');
  }

  /**
   * The item at `index`; a negative index counts from the end.
   *
   * @throws InvalidArgumentError beyond either end.
   */
  get(index: number): ShareableItem {
    const at = this.#place(index);
    const state = Atomics.load(this.#i32, at + STATE);
    const bytes = this.#room(at, (state & IN_SECOND_ROOM) !== 0).slice(0, state & LONGEST_BYTES);
    return decode(kindOfState(state), bytes);
  }

  /**
   * Changes the item at `index`; a negative index counts from the end.
   *
   * @throws InvalidArgumentError beyond either end, and for a value that needs more room than there is.
   */
  set(index: number, value: ShareableItem): void {
    const at = this.#place(index);
    const { kind, bytes } = encode(value);
    const isSecond = (Atomics.load(this.#i32, at + STATE) & IN_SECOND_ROOM) === 0;
    const room = this.#room(at, isSecond);
    if (bytes.length > room.length) {
      throw new InvalidArgumentError(`item ${index}`, `at most ${room.length} bytes long`, value);
    }
    room.set(bytes);
    const state = (isSecond ? IN_SECOND_ROOM : 0) | (kinds.indexOf(kind) << LENGTH_BITS) | bytes.length;
    Atomics.store(this.#i32, at + STATE, state);
  }

  /** How often the value occurs. */
  count(value: ShareableItem): number {
    return [...this].filter((item) => isSame(item, value)).length;
  }

  /** The index of the first item that is equal. @throws InvalidArgumentError if none is. */
  index(value: ShareableItem): number {
    const found = [...this].findIndex((item) => isSame(item, value));
    if (found < 0) throw new InvalidArgumentError('value', 'in the list', value);
    return found;
  }

  /** The items in their order. */
  *[Symbol.iterator](): Generator<ShareableItem, void, undefined> {
    for (let index = 0; index < this.length; index++) yield this.get(index);
  }

  /** @internal */
  [toParts](): Parts {
    return { kind: 'shareable-list', parts: [this.#shm] };
  }

  #place(index: number): number {
    const at = this.#places[index < 0 ? index + this.length : index];
    if (at === undefined)
      throw new InvalidArgumentError('index', `within the ${counted(this.length, 'item')}`, index);
    return at;
  }

  #room(at: number, isSecond: boolean): Uint8Array {
    const room = this.#i32[at + ROOM] ?? 0;
    const from = this.#i32.byteOffset + (at + ITEM_WORDS) * 4 + (isSecond ? room : 0);
    return new Uint8Array(this.#i32.buffer, from, room);
  }
}

/** Returns how it is shown; so is a face of it. */
export function listText(list: ShareableList): string {
  return `ShareableList ${inspect([...list])}`;
}

showAs(ShareableList.prototype, listText);

registerComposite('shareable-list', ([shm]) => construct(ShareableList, shm));

/** The room of each item, in bytes. */
function roomsFor(items: ShareableItem[]): number[] {
  return items.map((item, index) => {
    const { length } = encode(item).bytes;
    if (length > LONGEST_BYTES)
      throw new InvalidArgumentError(`item ${index}`, `at most ${LONGEST_BYTES} bytes long`, item);
    return Math.max(8, Math.ceil(length / 8) * 8);
  });
}

function sizeOf(rooms: number[]): number {
  return rooms.reduce((size, room) => size + ITEM_WORDS * 4 + 2 * room, HEADER_WORDS * 4);
}

function layOut(i32: Int32Array, rooms: number[]): void {
  let at = HEADER_WORDS;
  for (const room of rooms) {
    i32[at + ROOM] = room;
    at += ITEM_WORDS + (2 * room) / 4;
  }
  i32[COUNT] = rooms.length;
}

function kindOfState(state: number): Kind {
  return kinds[(state & ~IN_SECOND_ROOM) >>> LENGTH_BITS] ?? 'null';
}

const none = new Uint8Array(0);

function encode(value: ShareableItem): { kind: Kind; bytes: Uint8Array } {
  if (value === null) return { kind: 'null', bytes: none };
  if (typeof value === 'boolean') return { kind: 'boolean', bytes: Uint8Array.of(value ? 1 : 0) };
  if (typeof value === 'number')
    return { kind: 'number', bytes: new Uint8Array(Float64Array.of(value).buffer) };
  if (typeof value === 'bigint') return { kind: 'bigint', bytes: Buffer.from(value.toString()) };
  if (typeof value === 'string') return { kind: 'string', bytes: Buffer.from(value) };
  if (value instanceof Uint8Array) return { kind: 'bytes', bytes: value };
  throw new InvalidArgumentError('item', 'a number, bigint, boolean, string, Uint8Array or null', value);
}

function decode(kind: Kind, bytes: Uint8Array): ShareableItem {
  switch (kind) {
    case 'null':
      return null;
    case 'boolean':
      return bytes[0] === 1;
    case 'number':
      return new Float64Array(bytes.buffer, bytes.byteOffset, 1)[0] ?? 0;
    case 'bigint':
      return BigInt(Buffer.from(bytes).toString());
    case 'string':
      return Buffer.from(bytes).toString();
    case 'bytes':
      return bytes;
    default:
      return kind satisfies never;
  }
}

function isSame(a: ShareableItem, b: ShareableItem): boolean {
  if (a instanceof Uint8Array && b instanceof Uint8Array) return Buffer.compare(a, b) === 0;
  return a === b;
}
