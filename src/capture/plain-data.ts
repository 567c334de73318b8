// The arrays, maps, sets, plain objects and bytes of a capture, beside the objects that its nodes stand for:
// whether those still hold what they held then. To see that costs a tenth of describing them again.
import { types } from 'node:util';
import { isReference, type Node, type Value } from './captured';
import { areLaidOutAlike, isBareArray, sharesItsLayout } from './layouts';

type Made = object | symbol | undefined;
type Plain = Extract<Node, { type: 'array' | 'map' | 'set' | 'object' | 'clone' | 'view' }>;
type Held<Type extends Plain['type']> = Node & { type: Type };

const PARTS: Record<string, number> = { array: 3, map: 2, set: 2, object: 2, clone: 2, view: 5 };
const MOST_LAYOUTS = 8;

export class PlainData {
  /** The object of each node. */
  readonly objects: readonly Made[];
  readonly isPlain: boolean[] = [];
  /** Which nodes are plain data. */
  readonly refs: number[] = [];
  /** Which are not. */
  readonly others: number[] = [];
  /** The objects that are no plain data, and to which plain data refers. */
  readonly exits: number[];
  readonly #nodes: readonly Node[];
  readonly #bytes = new Map<object, Uint8Array>();
  readonly #layouts: { sample: object; keys: readonly string[] }[] = [];
  #places: Map<object, number> | undefined;

  /** Without `isOwn` the bytes of the nodes are the program's, which may change, so they are copied. */
  constructor(nodes: readonly Node[], objects: readonly Made[], isOwn: boolean) {
    this.#nodes = nodes;
    this.objects = objects;
    for (let ref = 0; ref < nodes.length; ref++) {
      const isPlain = this.#isSameAtFirst(nodes[ref] as Node, objects[ref], isOwn);
      this.isPlain.push(isPlain);
      (isPlain ? this.refs : this.others).push(ref);
    }
    this.exits = this.#findExits();
  }

  #isSameAtFirst(node: Node, made: Made, isOwn: boolean): boolean {
    if (!mayBePlain(node)) return false;
    if (node.type === 'clone' && types.isArrayBuffer(node.value)) {
      const bytes = new Uint8Array(node.value);
      this.#bytes.set(node, isOwn ? bytes : bytes.slice());
    }
    return this.#isSame(node, made);
  }

  isUnchanged(): boolean {
    return this.refs.every((ref) => this.#isSame(this.#nodes[ref] as Plain, this.objects[ref]));
  }

  /** Which node stands for it. Undefined if it is not of the plain data. */
  placeOf(value: object): number | undefined {
    this.#places ??= new Map(this.refs.map((ref) => [this.objects[ref] as object, ref]));
    return this.#places.get(value);
  }

  #findExits(): number[] {
    const own = new Set(this.refs);
    const exits = new Set<number>();
    for (const ref of this.refs) {
      for (const value of heldBy(this.#nodes[ref] as Plain)) {
        if (isReference(value) && !own.has(value.ref)) exits.add(value.ref);
      }
    }
    return [...exits];
  }

  #holds(value: Value, held: unknown): boolean {
    return isReference(value)
      ? held !== undefined && held === this.objects[value.ref]
      : Object.is(value, held);
  }

  #isSame(node: Plain, made: Made): boolean {
    if (typeof made !== 'object' || made === null) return false;
    switch (node.type) {
      case 'array':
        return this.#isSameArray(node, made as unknown[]);
      case 'map':
        return this.#isSameMap(node, made as Map<unknown, unknown>);
      case 'set':
        return this.#isSameSet(node, made as Set<unknown>);
      case 'object':
        return this.#isSameObject(node, made as Record<string, unknown>);
      case 'clone':
        return this.#isSameClone(node, made);
      case 'view':
        return this.#isSameView(node, made as Uint8Array);
      default:
        return node satisfies never;
    }
  }

  #isSameArray({ items }: Held<'array'>, array: unknown[]): boolean {
    if (array.length !== items.length || !isUsualArray(array)) return false;
    for (let index = 0; index < items.length; index++) {
      const item = array[index];
      // What most are, and quick to see; a zero has a sign.
      if (item === items[index] && item !== 0 && item !== undefined) continue;
      if (!this.#holds(items[index], item)) return false;
      if (item === undefined && !Object.hasOwn(array, index)) return false;
    }
    return true;
  }

  #isSameMap({ entries }: Held<'map'>, map: Map<unknown, unknown>): boolean {
    if (map.size !== entries.length || !isBare(map, Map.prototype)) return false;
    let index = 0;
    let isSame = true;
    Map.prototype.forEach.call(map, (value, key) => {
      const [keyThen, valueThen] = entries[index++] as [Value, Value];
      isSame &&= this.#holds(keyThen, key) && this.#holds(valueThen, value);
    });
    return isSame;
  }

  #isSameSet({ items }: Held<'set'>, set: Set<unknown>): boolean {
    if (set.size !== items.length || !isBare(set, Set.prototype)) return false;
    let index = 0;
    let isSame = true;
    Set.prototype.forEach.call(set, (item) => {
      isSame &&= this.#holds(items[index++] as Value, item);
    });
    return isSame;
  }

  #isSameObject({ properties = [] }: Held<'object'>, object: Record<string, unknown>): boolean {
    if (!this.#hasKeys(object, properties as [string, Value][])) return false;
    for (const [key, value] of properties) {
      if (!this.#holds(value, object[key as string])) return false;
    }
    return true;
  }

  /** They are all plain, and nothing else is there. */
  #hasKeys(object: object, properties: readonly [string, Value][]): boolean {
    const isThis = (keys: readonly string[]) =>
      keys.length === properties.length && properties.every(([key], index) => key === keys[index]);
    const known = this.#layouts.find(({ sample, keys }) => areLaidOutAlike(object, sample) && isThis(keys));
    // Items are no part of the layout.
    if (known !== undefined) return Object.keys(object).length === properties.length;
    if (Object.getPrototypeOf(object) !== Object.prototype || !Object.isExtensible(object)) return false;
    const keys = Reflect.ownKeys(object) as string[];
    if (!isThis(keys)) return false;
    for (const key of keys) {
      const property = Object.getOwnPropertyDescriptor(object, key);
      if (!property?.writable || !property.enumerable || !property.configurable) return false;
    }
    if (sharesItsLayout(object) && !keys.some(isIndex)) {
      if (this.#layouts.unshift({ sample: object, keys }) > MOST_LAYOUTS) this.#layouts.pop();
    }
    return true;
  }

  #isSameClone(node: Held<'clone'>, made: object): boolean {
    if (types.isDate(made)) {
      const isThen = types.isDate(node.value) && Object.is(node.value.getTime(), made.getTime());
      return isThen && isBare(made, Date.prototype);
    }
    const bytes = this.#bytes.get(node);
    if (bytes === undefined || !types.isArrayBuffer(made) || !isBare(made, ArrayBuffer.prototype))
      return false;
    return Buffer.compare(bytes, new Uint8Array(made)) === 0;
  }

  #isSameView(node: Held<'view'>, view: Uint8Array): boolean {
    const buffer = isReference(node.buffer) ? this.objects[node.buffer.ref] : undefined;
    return (
      buffer !== undefined &&
      view.buffer === buffer &&
      view.byteOffset === node.byteOffset &&
      (types.isDataView(view) ? view.byteLength : view.length) === node.length &&
      Object.getPrototypeOf(view) === prototypeNamed(node.kind)
    );
  }
}

/** Whether the node tells of nothing but what it holds. */
function mayBePlain(node: Node): node is Plain {
  const parts = Object.keys(node).length;
  if (node.type === 'object' && parts === 1) return true;
  if (parts !== PARTS[node.type]) return false;
  if (node.type === 'array') return node.items.length === node.length;
  if (node.type === 'object') return node.properties?.every(([key]) => typeof key === 'string') ?? false;
  if (node.type !== 'clone') return true;
  return types.isDate(node.value) || (types.isArrayBuffer(node.value) && !isResizable(node.value));
}

function isResizable(buffer: ArrayBuffer): boolean {
  return (buffer as { resizable?: boolean }).resizable === true;
}

function heldBy(node: Plain): Value[] {
  switch (node.type) {
    case 'array':
    case 'set':
      return node.items;
    case 'map':
      return node.entries.flat();
    case 'object':
      return node.properties?.map(([, value]) => value) ?? [];
    case 'view':
      return [node.buffer];
    case 'clone':
      return [];
    default:
      return node satisfies never;
  }
}

function isBare(object: object, prototype: object): boolean {
  return (
    Object.getPrototypeOf(object) === prototype &&
    Object.isExtensible(object) &&
    Reflect.ownKeys(object).length === 0
  );
}

function isUsualArray(array: unknown[]): boolean {
  if (isBareArray(array)) return true;
  if (Object.getPrototypeOf(array) !== Array.prototype || !Object.isExtensible(array)) return false;
  if (Reflect.ownKeys(array).length !== array.length + 1) return false;
  return (
    Object.getOwnPropertyDescriptor(array, 'length')?.writable === true && array.every(isUsualItem, array)
  );
}

function isUsualItem(this: unknown[], _item: unknown, index: number): boolean {
  const property = Object.getOwnPropertyDescriptor(this, index);
  return property?.writable === true && property.enumerable === true && property.configurable === true;
}

function isIndex(key: string): boolean {
  return String(Number(key)) === key;
}

function prototypeNamed(kind: string): object | undefined {
  return (globalThis as unknown as Record<string, { prototype: object } | undefined>)[kind]?.prototype;
}
