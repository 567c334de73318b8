// The containers of a manager, as its server keeps them: the methods are those of Array and Map and Set, and
// what is a property there is a method here, because asking another process takes time.
import { inspect } from 'node:util';
import { InvalidArgumentError } from '../../errors';
import {
  type AnyType,
  type AnyTypedArray,
  arrayClasses,
  checkedInitial,
  type ElementOf,
  NumberCheck,
  typeNamed,
} from '../../shared/number-types';
import { counted } from '../../system/counted';
import { copy } from './copying';

export class ServedList<T = unknown> {
  readonly #items: T[];

  constructor(items: Iterable<T> = []) {
    this.#items = [...items];
  }

  length(): number {
    return this.#items.length;
  }

  at(index: number): T | undefined {
    return this.#items.at(index);
  }

  /** A negative index counts from the end. */
  set(index: number, value: T): void {
    this.#items[placeIn(this.#items, index)] = value;
  }

  push(...items: T[]): number {
    return this.#items.push(...items);
  }

  pop(): T | undefined {
    return this.#items.pop();
  }

  shift(): T | undefined {
    return this.#items.shift();
  }

  unshift(...items: T[]): number {
    return this.#items.unshift(...items);
  }

  splice(start: number, deleteCount = Number.POSITIVE_INFINITY, ...items: T[]): T[] {
    return this.#items.splice(start, deleteCount, ...items);
  }

  slice(start?: number, end?: number): T[] {
    return this.#items.slice(start, end);
  }

  concat(...others: (T | T[])[]): T[] {
    return this.#items.concat(...others);
  }

  indexOf(item: T, from?: number): number {
    return this.#items.indexOf(item, from);
  }

  includes(item: T, from?: number): boolean {
    return this.#items.includes(item, from);
  }

  join(separator?: string): string {
    return this.#items.join(separator);
  }

  reverse(): void {
    this.#items.reverse();
  }

  /** `compare` runs in the server. */
  sort(compare?: (a: T, b: T) => number): void {
    this.#items.sort(compare);
  }

  /** `matches` runs in the server, as for findIndex(). */
  filter(matches: (item: T, index: number) => unknown): T[] {
    return this.#items.filter((item, index) => matches(item, index));
  }

  findIndex(matches: (item: T, index: number) => unknown): number {
    return this.#items.findIndex((item, index) => matches(item, index));
  }

  [copy](): T[] {
    return [...this.#items];
  }

  [inspect.custom](): T[] {
    return this.#items;
  }
}

export class ServedDict<K = unknown, V = unknown> {
  readonly #map: Map<K, V>;

  constructor(entries: Iterable<readonly [K, V]> = []) {
    this.#map = new Map(entries);
  }

  size(): number {
    return this.#map.size;
  }

  get(key: K): V | undefined {
    return this.#map.get(key);
  }

  set(key: K, value: V): void {
    this.#map.set(key, value);
  }

  has(key: K): boolean {
    return this.#map.has(key);
  }

  delete(key: K): boolean {
    return this.#map.delete(key);
  }

  clear(): void {
    this.#map.clear();
  }

  keys(): K[] {
    return [...this.#map.keys()];
  }

  values(): V[] {
    return [...this.#map.values()];
  }

  entries(): [K, V][] {
    return [...this.#map];
  }

  [copy](): Map<K, V> {
    return new Map(this.#map);
  }

  [inspect.custom](): Map<K, V> {
    return this.#map;
  }
}

export class ServedSet<T = unknown> {
  readonly #items: Set<T>;

  constructor(items: Iterable<T> = []) {
    this.#items = new Set(items);
  }

  size(): number {
    return this.#items.size;
  }

  add(item: T): void {
    this.#items.add(item);
  }

  has(item: T): boolean {
    return this.#items.has(item);
  }

  delete(item: T): boolean {
    return this.#items.delete(item);
  }

  clear(): void {
    this.#items.clear();
  }

  values(): T[] {
    return [...this.#items];
  }

  [copy](): Set<T> {
    return new Set(this.#items);
  }

  [inspect.custom](): Set<T> {
    return this.#items;
  }
}

export class ServedNamespace {
  readonly #values: Map<string, unknown>;

  constructor(values: Record<string, unknown> = {}) {
    this.#values = new Map(Object.entries(values));
  }

  get(name: string): unknown {
    return this.#values.get(name);
  }

  set(name: string, value: unknown): void {
    this.#values.set(name, value);
  }

  has(name: string): boolean {
    return this.#values.has(name);
  }

  delete(name: string): boolean {
    return this.#values.delete(name);
  }

  [copy](): object {
    return Object.fromEntries(this.#values);
  }

  /** As in Python, names that begin with _ are not shown. */
  [inspect.custom](): object {
    return Object.fromEntries([...this.#values].filter(([name]) => !name.startsWith('_')));
  }
}

/** Numbers of one type. */
export class ServedArray<T extends AnyType = AnyType> {
  readonly #numbers: AnyTypedArray & { [index: number]: number | bigint };
  readonly #check: NumberCheck;

  constructor(type: T, initial: number | Iterable<ElementOf<T>>) {
    this.#check = new NumberCheck(type);
    const Class = arrayClasses[typeNamed(type)];
    const { length, elements } = checkedInitial(type, initial);
    this.#numbers = new Class(new ArrayBuffer(length * Class.BYTES_PER_ELEMENT), 0, length);
    elements?.forEach((element, index) => {
      this.#numbers[index] = element;
    });
  }

  length(): number {
    return this.#numbers.length;
  }

  at(index: number): ElementOf<T> | undefined {
    return this.#numbers[index < 0 ? index + this.#numbers.length : index] as ElementOf<T> | undefined;
  }

  /** A negative index counts from the end. */
  set(index: number, value: ElementOf<T>): void {
    this.#check.check('value', value);
    this.#numbers[placeIn(this.#numbers, index)] = value;
  }

  slice(start?: number, end?: number): ElementOf<T>[] {
    return [...this.#numbers.slice(start, end)] as ElementOf<T>[];
  }

  [copy](): ElementOf<T>[] {
    return this.slice();
  }

  [inspect.custom](): unknown {
    return this.#numbers;
  }
}

export class ServedValue<T extends AnyType = AnyType> {
  readonly #numbers: ServedArray<T>;

  constructor(type: T, initial?: ElementOf<T>) {
    this.#numbers = new ServedArray(type, 1);
    if (initial !== undefined) this.set(initial);
  }

  get(): ElementOf<T> {
    return this.#numbers.at(0) as ElementOf<T>;
  }

  set(value: ElementOf<T>): void {
    this.#numbers.set(0, value);
  }

  [copy](): ElementOf<T> {
    return this.get();
  }

  [inspect.custom](): ElementOf<T> {
    return this.get();
  }
}

function placeIn({ length }: { length: number }, index: number): number {
  const place = index < 0 ? index + length : index;
  if (Number.isInteger(place) && place >= 0 && place < length) return place;
  throw new InvalidArgumentError('index', `within the ${counted(length, 'item')}`, index);
}
