// ShareableList, as a program under control sees it: to get or to set an item is one operation, as it is
// whole in reality.

import { InvalidArgumentError } from '../../errors';
import { checkOptionsOf } from '../../given';
import { type Handle, toHandle, type toParts } from '../../objects/handle';
import {
  listText,
  type ShareableList as RealShareableList,
  type ShareableItem,
} from '../../shared/shareable-list';
import type { SharedMemory as RealSharedMemory } from '../../shared/shared-memory';
import { counted } from '../../system/counted';
import { showAs } from '../../system/show-as';
import { received } from '../garble';
import type { ListItem } from '../machines/list';
import { letCell } from '../machines/memory';
import { type Plain, perform, runner } from '../operations';
import type { Public } from './public';
import { belowList, checkedName, findNamed, namesThing, type SharedMemory } from './shared-memory';
import { At, newThing, Thing } from './thing';
import { type View, viewOf } from './view';

const SHAPE = { type: 'shareable-list', machine: 'list', className: 'ShareableList' };

export class ShareableList
  extends Thing
  implements Public<RealShareableList, typeof toParts>, Iterable<ShareableItem>
{
  readonly length: number;

  constructor(sequence?: Iterable<ShareableItem> | At, options: { name?: string; length?: number } = {}) {
    if (!(sequence instanceof At)) checkOptionsOf('name', options);
    const { name, length } = options;
    const made =
      sequence instanceof At ? { index: sequence.index, length: length ?? 0 } : listOf(sequence, name);
    super({ ...SHAPE, initial: [] }, new At(made.index));
    this.length = made.length;
  }

  /** @internal */
  override [toHandle](): Handle {
    return { ...super[toHandle](), length: this.length };
  }

  get shm(): RealSharedMemory {
    throw belowList();
  }

  get format(): string {
    return Array.from({ length: this.length }, (_, at) => this.#item(at)[0]).join(' ');
  }

  get(index: number): ShareableItem {
    return received(openItem(this.#item(this.#place(index))));
  }

  set(index: number, value: ShareableItem): void {
    const at = this.#place(index);
    const { kind, cell, size } = letItem(value);
    this.do('setItem', at, index, kind, cell, size, shown(value));
  }

  count(value: ShareableItem): number {
    return [...this].filter((item) => isSame(item, value)).length;
  }

  index(value: ShareableItem): number {
    const found = [...this].findIndex((item) => isSame(item, value));
    if (found < 0) throw new InvalidArgumentError('value', 'in the list', value);
    return found;
  }

  *[Symbol.iterator](): Generator<ShareableItem, void, undefined> {
    for (let index = 0; index < this.length; index++) yield this.get(index);
  }

  #item(at: number): readonly [kind: string, cell: Plain] {
    return this.do('getItem', at) as unknown as readonly [string, Plain];
  }

  #place(index: number): number {
    const at = index < 0 ? index + this.length : index;
    if (!Number.isInteger(at) || at < 0 || at >= this.length) {
      throw new InvalidArgumentError('index', `within the ${counted(this.length, 'item')}`, index);
    }
    return at;
  }
}

interface Laid {
  readonly kind: string;
  readonly cell: Plain;
  readonly size: number;
}

function listOf(sequence: Iterable<ShareableItem> | undefined, name: string | undefined) {
  if (sequence === undefined) {
    // Which refuses undefined.
    const { index, length } = findNamed(checkedName({ name: name as string }));
    return length === undefined ? itemsOver(index, String(name)) : { index, length };
  }
  const items = [...sequence].map((item): ListItem => {
    const { kind, cell, size } = letItem(item);
    return [kind, cell, Math.max(8, Math.ceil(size / 8) * 8)];
  });
  const index = newThing('list', items, 'ShareableList', name);
  const { length } = items;
  const called = checkedName({ create: true, ...(name !== undefined && { name }) });
  perform('create', namesThing(), [called, { index, length }]);
  return { index, length };
}

function letItem(value: ShareableItem): Laid {
  if (value === null) return { kind: 'null', cell: null, size: 0 };
  if (typeof value === 'boolean') return { kind: 'boolean', cell: value, size: 1 };
  if (typeof value === 'number') return { kind: 'number', cell: letCell('Float64Array', value), size: 8 };
  if (typeof value === 'bigint') return { kind: 'bigint', cell: `${value}`, size: `${value}`.length };
  if (typeof value === 'string') return { kind: 'string', cell: value, size: Buffer.byteLength(value) };
  if (value instanceof Uint8Array) return { kind: 'bytes', cell: [...value], size: value.length };
  throw new InvalidArgumentError('item', 'a number, bigint, boolean, string, Uint8Array or null', value);
}

function openItem([kind, cell]: readonly [kind: string, cell: Plain]): ShareableItem {
  switch (kind) {
    case 'number':
      return Number(cell);
    case 'bigint':
      return BigInt(String(cell));
    case 'bytes':
      return Uint8Array.from(cell as number[]);
    default:
      return cell as ShareableItem;
  }
}

/** Shows a value as the error about its length does. */
function shown(value: ShareableItem): Plain {
  return typeof value === 'bigint' ? `${value}n` : value instanceof Uint8Array ? [...value] : value;
}

function isSame(a: ShareableItem, b: ShareableItem): boolean {
  if (a instanceof Uint8Array && b instanceof Uint8Array) return Buffer.compare(a, b) === 0;
  return a === b;
}

const HEADER_WORDS = 2;
const KIND_NAMES = ['null', 'boolean', 'number', 'bigint', 'string', 'bytes'];
const LENGTH_BITS = 26;
const IN_SECOND_ROOM = 1 << 30;

/** A real list, read out of its memory as it was. */
export function listOver(memory: SharedMemory): ShareableList {
  const { index } = viewOf(memory.buf) as View;
  const made = itemsOver(index, memory.name);
  return new ShareableList(new At(made.index), { length: made.length });
}

/** See shared/shareable-list.ts for how they lie there. */
function itemsOver(memory: number, name: string): { index: number; length: number } {
  const { things } = runner();
  const { id: over, initial } = things.at(memory);
  const bytes = Buffer.from(String(initial), 'latin1');
  const items: ListItem[] = [];
  let at = HEADER_WORDS * 4;
  for (let left = bytes.readInt32LE(0); left > 0; left--) {
    const state = bytes.readInt32LE(at);
    const room = bytes.readInt32LE(at + 4);
    const from = at + 8 + ((state & IN_SECOND_ROOM) === 0 ? 0 : room);
    const kind = KIND_NAMES[(state & ~IN_SECOND_ROOM) >>> LENGTH_BITS] ?? 'null';
    items.push([kind, cellOf(kind, bytes.subarray(from, from + (state & ((1 << LENGTH_BITS) - 1)))), room]);
    at += 8 + 2 * room;
  }
  const id = `${over}/list`;
  const index = things.make({ id, machine: 'list', kind: 'ShareableList', initial: items, name });
  return { index, length: items.length };
}

function cellOf(kind: string, bytes: Buffer): Plain {
  switch (kind) {
    case 'null':
      return null;
    case 'boolean':
      return bytes[0] === 1;
    case 'number':
      return letCell('Float64Array', bytes.readDoubleLE(0));
    case 'bytes':
      return [...bytes];
    default:
      return bytes.toString();
  }
}

showAs(ShareableList.prototype, listText);
