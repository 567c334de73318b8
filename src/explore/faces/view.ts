// A typed array in shared memory, as a program under control sees it: each reading and each writing of an
// element is an operation.
import { controlledViews, type Handle, toHandle } from '../../objects/handle';
import type { CallSite } from '../../system/call-site';
import { received } from '../garble';
import { letCell, openCell, sizeOfCell } from '../machines/memory';
import { callSite, type Plain, perform, runner } from '../operations';
import { isForShowing, letShow } from './show-view';
import { viewMethods } from './view-methods';

export interface View {
  /** The index of the memory. */
  readonly index: number;
  /** 'Int32Array' */
  readonly kind: string;
  /** Where it begins, in bytes. */
  readonly from: number;
  readonly length: number;
}

type Cell = number | bigint;
export interface Cells extends Iterable<Cell> {
  [index: number]: Cell;
  readonly length: number;
}
type CellsClass = new (items: number | Iterable<Cell>) => Cells;

const views = new WeakMap<object, View>();

export function viewOf(value: unknown): View | undefined {
  return typeof value === 'object' && value !== null ? views.get(value) : undefined;
}

/**
 * Copies as much of a view as there is now, into memory of the process's own; another value stays what it is.
 */
export function copyOf<V>(value: V): V {
  const view = viewOf(value);
  return view === undefined ? value : (classOf(view.kind, [...(value as Iterable<Cell>)]) as V);
}

export function classOf(kind: string, items: number | Iterable<Cell>): Cells {
  return new (globalThis as unknown as Record<string, CellsClass>)[kind]!(items);
}

/** What lies below a view: other views can be made of it, and nothing else. */
export class ControlledBuffer {
  readonly index: number;
  readonly byteLength: number;
  constructor(index: number, byteLength: number) {
    this.index = index;
    this.byteLength = byteLength;
  }
}

/** How many frames may lie between the line that prints and the reading of an element. */
const DEEP = 200;

const isIndex = /^(?:0|[1-9]\d*)$/;

/** `more`: what it has beside what each view has, in place of the way in which a bare one travels. */
export function makeView(
  view: View,
  sizeBytes: number,
  more?: Readonly<Record<string | symbol, unknown>>,
): Cells {
  const { index, kind, from, length } = view;
  const size = sizeOfCell(kind);
  const target = classOf(kind, 0);
  const read = (at: number, site?: CallSite) =>
    received(openCell(kind, perform('read', index, [kind, from + at * size], { site })));
  const write = (at: number, cell: Cell) =>
    void perform('write', index, [kind, from + at * size, letCell(kind, cell)]);
  letShow(target, {
    kind,
    copy: (most) => {
      const copy = classOf(kind, length);
      // What prints it lies deeper than the line that prints.
      const site = runner().isNew ? callSite(DEEP) : undefined;
      for (let at = 0; at < Math.min(most, length); at++) copy[at] = read(at, site);
      return copy;
    },
  });
  const own: Record<string | symbol, unknown> = {
    length,
    byteLength: length * size,
    byteOffset: from,
    buffer: new ControlledBuffer(index, sizeBytes),
    subarray: (begin = 0, end = length) => {
      const first = within(begin, length);
      const count = Math.max(0, within(end, length) - first);
      return makeView({ index, kind, from: from + first * size, length: count }, sizeBytes);
    },
    ...(more ?? {
      [toHandle]: (): Handle => ({ kind: 'explored-view', index, type: kind, from, length, sizeBytes }),
    }),
  };
  const proxy = new Proxy(target, handlerFor({ kind, length, read, write }, own));
  views.set(proxy, view);
  controlledViews.add(proxy);
  return proxy;
}

interface Elements {
  readonly kind: string;
  readonly length: number;
  read(at: number): Cell;
  write(at: number, cell: Cell): void;
}

/** Answers by operations for the elements; `own`: what the view has beside them and beside its methods. */
function handlerFor(
  { kind, length, read, write }: Elements,
  own: Readonly<Record<string | symbol, unknown>>,
): ProxyHandler<Cells> {
  return {
    get(target, key) {
      const at = placeOf(key);
      if (at >= 0) return at < length ? read(at) : undefined;
      if (Object.hasOwn(own, key)) return own[key];
      if (key === Symbol.toStringTag) return kind;
      return Object.hasOwn(viewMethods, key) ? viewMethods[key] : Reflect.get(target, key);
    },
    set(target, key, value) {
      const at = placeOf(key);
      if (at < 0) return Reflect.set(target, key, value);
      if (at < length) write(at, value as Cell);
      return true;
    },
    has: (target, key) =>
      Object.hasOwn(own, key) || (placeOf(key) >= 0 ? placeOf(key) < length : key in target),
    ownKeys: (target) => [
      ...Array.from({ length }, (_, at) => String(at)),
      ...Reflect.ownKeys(target).filter((key) => !isForShowing(key)),
    ],
    getOwnPropertyDescriptor(target, key) {
      const at = placeOf(key);
      if (isForShowing(key)) return undefined;
      if (at < 0 || at >= length) return Reflect.getOwnPropertyDescriptor(target, key);
      return { value: read(at), writable: true, enumerable: true, configurable: true };
    },
  };
}

/** -1 for what is no element. */
function placeOf(key: string | symbol): number {
  return typeof key === 'string' && isIndex.test(key) ? Number(key) : -1;
}

/** What Atomics does to an element of a view, in one. */
export function doAtomically(method: string, { index, kind, from }: View, at: number, numbers: Cell[]): Cell {
  const args: Plain[] = [kind, from + at * sizeOfCell(kind), ...numbers.map((cell) => letCell(kind, cell))];
  const before = perform(method, index, args);
  return method === 'store' ? (numbers[0] as Cell) : received(openCell(kind, before));
}

/** A place that may be counted from the end, between 0 and `length`. */
function within(place: number, length: number): number {
  return place < 0 ? Math.max(0, length + place) : Math.min(place, length);
}
