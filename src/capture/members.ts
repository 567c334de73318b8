// The own properties of an object, read without running a getter.
import type { Members, Privates } from './captured';
import { type Graph, isPrimitive } from './graph';
import type { Path } from './path';
import { ownOf, prototypeOf } from './realms';

interface MemberOptions {
  /** Keys that the node says in another way. */
  skip?: (key: string | symbol) => boolean;
  /** All own keys, where the caller has listed them. */
  keys?: (string | symbol)[];
  /** The prototype to copy, where it is not the object's own. */
  prototype?: object | null;
  /** The prototype that the restored object has by itself. */
  usual: object | null;
}

/** Describes what an object has beside its kind: its members and private fields. */
export type Rest = (usual: object | null, options?: Partial<MemberOptions>) => Members & Privates;

export function describeMembers(value: object, path: Path, graph: Graph, options: MemberOptions): Members {
  const members: Members = {};
  const prototype = prototypeFor(value, options);
  if (prototype !== options.usual) members.prototype = graph.refer(prototype, path);
  for (const key of options.keys ?? Reflect.ownKeys(value)) {
    if (options.skip?.(key)) continue;
    const property = Object.getOwnPropertyDescriptor(value, key);
    if (property === undefined) continue;
    const { enumerable = false, configurable = false } = property;
    // Properties behind one with attributes come behind it there, too.
    const isUsual = members.described === undefined && isPlain(property);
    // A path costs more than the rest, and only what is no primitive can need one.
    if (typeof key === 'string' && isPrimitive(property.value) && isUsual) {
      members.properties ??= [];
      members.properties.push([key, property.value]);
      continue;
    }
    const at = path.property(key, value);
    const name = graph.referKey(key, at);
    if ('value' in property) {
      const copied = graph.refer(property.value, at);
      if (isUsual) {
        members.properties ??= [];
        members.properties.push([name, copied]);
      } else {
        members.described ??= [];
        const content = { value: copied, writable: property.writable ?? false };
        members.described.push({ key: name, enumerable, configurable, content });
      }
    } else {
      members.described ??= [];
      const content = { get: graph.refer(property.get, at), set: graph.refer(property.set, at) };
      members.described.push({ key: name, enumerable, configurable, content });
    }
  }
  if (!Object.isExtensible(value)) members.integrity = integrityOf(value);
  return members;
}

function prototypeFor(value: object, { prototype }: MemberOptions): object | null {
  return prototype ? (ownOf(prototype) ?? prototype) : prototypeOf(value);
}

function isPlain(property: PropertyDescriptor): boolean {
  return property.writable === true && property.enumerable === true && property.configurable === true;
}

function integrityOf(value: object): NonNullable<Members['integrity']> {
  if (Object.isFrozen(value)) return 'frozen';
  return Object.isSealed(value) ? 'sealed' : 'fixed';
}
