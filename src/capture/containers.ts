// Arrays, maps, sets and plain objects. An object that holds the same as when the last capture came to this
// place is described by the same node, so that nothing is made for it and nothing has to be compared.
import type { Key, Node, Value } from './captured';
import { type Graph, isPrimitive } from './graph';
import type { Rest } from './members';
import type { Path } from './path';

type Kind = 'array' | 'map' | 'set' | 'object';
type Pair<Name> = [Name, Value];

export function describeArray(array: unknown[], path: Path, graph: Graph, rest: Rest): Node {
  const { length } = array;
  if (graph.layouts.isBare(array)) {
    const before = bareBefore('array', graph);
    const items = itemsOf(array, path, graph, before?.items);
    if (before !== undefined && items === before.items) return before;
    if (items !== undefined) return { type: 'array', length, items };
  }
  const keys = Reflect.ownKeys(array);
  // Indices come first in the list of keys, so this is where 'length' stands when none is missing.
  const isDense = keys[length] === 'length' && hasUsualItems(array);
  const others = isDense ? keys.slice(length + 1) : keys.filter((key) => key !== 'length');
  const items = isDense ? itemsOf(array, path, graph) : undefined;
  return { type: 'array', length, items: items ?? [], ...rest(Array.prototype, { keys: others }) };
}

/** None is a getter, or is hidden, and what is said of the whole array tells who may change them. */
function hasUsualItems(array: unknown[]): boolean {
  const isFrozen = Object.isFrozen(array);
  const isConfigurable = !isFrozen && !Object.isSealed(array);
  for (let index = 0; index < array.length; index++) {
    const item = Object.getOwnPropertyDescriptor(array, index);
    const isUsual = item?.enumerable && item.writable === !isFrozen && item.configurable === isConfigurable;
    if (!isUsual) return false;
  }
  return true;
}

/** Returns the items of before, if they are the same. Undefined if one is missing. */
function itemsOf(array: unknown[], path: Path, graph: Graph, before?: Value[]): Value[] | undefined {
  let items = before?.length === array.length ? before : [];
  // It is not done by map(), because a class that extends Array may have its own.
  for (let index = 0; index < array.length; index++) {
    const item: unknown = array[index];
    if (items === before && item !== undefined && Object.is(item, before[index])) continue;
    if (item === undefined && !Object.hasOwn(array, index)) return undefined;
    const value = isPrimitive(item) ? item : graph.refer(item, path.item(index, array));
    if (items === before) {
      if (isSame(value, before[index])) continue;
      items = before.slice(0, index);
    }
    items.push(value);
  }
  return items;
}

export function describeMap(map: Map<unknown, unknown>, path: Path, graph: Graph, rest: Rest): Node {
  const before = bareBefore('map', graph);
  const pairs = new Pairs<Value>(before?.entries);
  let index = 0;
  Map.prototype.forEach.call(map, (item, key) => {
    const name = isPrimitive(key) ? key : graph.refer(key, path.index(`key ${index}`));
    const at = typeof key === 'string' ? key : index;
    pairs.add(name, isPrimitive(item) ? item : graph.refer(item, path.index(at)));
    index++;
  });
  const others = rest(Map.prototype);
  if (before !== undefined && pairs.list === before.entries && isEmpty(others)) return before;
  return { type: 'map', entries: pairs.list, ...others };
}

export function describeSet(set: Set<unknown>, path: Path, graph: Graph, rest: Rest): Node {
  const before = bareBefore('set', graph);
  const items: Value[] = [];
  Set.prototype.forEach.call(set, (item) => {
    items.push(isPrimitive(item) ? item : graph.refer(item, path.index(items.length)));
  });
  const others = rest(Set.prototype);
  const isAsBefore = items.length === before?.items.length && isEmpty(others);
  if (isAsBefore && before.items.every((item, index) => isSame(item, items[index]))) return before;
  return { type: 'set', items, ...others };
}

/** One that is like others in this capture, as the rows of a table are. */
export function describeAlike(value: object, keys: string[], path: Path, graph: Graph): Node {
  const before = bareBefore('object', graph);
  const pairs = new Pairs(before?.properties as Pair<string>[] | undefined);
  for (const key of keys) {
    const item: unknown = (value as Record<string, unknown>)[key];
    pairs.add(key, isPrimitive(item) ? item : graph.refer(item, path.property(key, value)));
  }
  if (before !== undefined && pairs.list === before.properties) return before;
  return { type: 'object', properties: pairs.list };
}

export function describePlain(value: object, graph: Graph, rest: Rest): Node {
  const node: Node & { type: 'object' } = { type: 'object', ...rest(Object.prototype) };
  if (node.properties !== undefined && Object.keys(node).length === 2) {
    const keys = node.properties.map(([key]) => key);
    // What may be a prototype or a module is asked for each time.
    const isTold = (key: Key) => typeof key === 'string' && key !== 'constructor' && key !== 'default';
    if (keys.every(isTold)) graph.layouts.learn(value, keys as string[]);
  }
  return node;
}

/** The list of before as long as it says the same as what is added; else one of its own. */
class Pairs<Name> {
  readonly #before: Pair<Name>[];
  #own: Pair<Name>[] | undefined;
  #count = 0;

  constructor(before: Pair<Name>[] = []) {
    this.#before = before;
  }

  add(key: Name, value: Value): void {
    if (this.#own === undefined) {
      const pair = this.#before[this.#count];
      if (pair !== undefined && isSame(pair[0] as Value, key as Value) && isSame(pair[1], value)) {
        this.#count++;
        return;
      }
      this.#own = this.#before.slice(0, this.#count);
    }
    this.#own.push([key, value]);
  }

  get list(): Pair<Name>[] {
    if (this.#own === undefined && this.#count < this.#before.length) {
      this.#own = this.#before.slice(0, this.#count);
    }
    return this.#own ?? this.#before;
  }
}

const PARTS = { array: 3, map: 2, set: 2, object: 2 } satisfies Record<Kind, number>;

/** Returns the node of the last capture if it has no members beside what it holds. */
function bareBefore<Type extends Kind>(type: Type, { before }: Graph): (Node & { type: Type }) | undefined {
  const isBare = before?.type === type && Object.keys(before).length === PARTS[type];
  return isBare ? (before as Node & { type: Type }) : undefined;
}

function isSame(one: Value, other: Value | undefined): boolean {
  if (typeof one !== 'object' || one === null) return Object.is(one, other);
  return typeof other === 'object' && other !== null && one.ref === other.ref;
}

function isEmpty(members: object): boolean {
  return Object.keys(members).length === 0;
}
