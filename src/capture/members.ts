// The own properties of an object, read without running a getter.
import type { Members } from './captured';
import { globalNameOf } from './globals';
import type { Graph } from './graph';
import type { Path } from './path';

export interface MemberOptions {
  /** Keys that the node says in another way. */
  skip?: (key: string | symbol) => boolean;
  /** The prototype that the restored object has by itself. */
  usual: object | null;
}

export function describeMembers(value: object, path: Path, graph: Graph, options: MemberOptions): Members {
  const members: Members = {};
  const prototype: object | null = Object.getPrototypeOf(value);
  if (prototype !== options.usual) members.prototype = graph.refer(prototype, path);
  for (const key of Reflect.ownKeys(value)) {
    if (options.skip?.(key)) continue;
    const property = Object.getOwnPropertyDescriptor(value, key);
    if (property === undefined) continue;
    const at = path.property(key, value);
    const name = graph.referKey(key, at);
    const { enumerable = false, configurable = false } = property;
    if ('value' in property) {
      const copied = graph.refer(property.value, at);
      if (property.writable && enumerable && configurable) {
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
  if (Object.isFrozen(value) && globalNameOf(value) === undefined) members.integrity = 'frozen';
  else if (Object.isSealed(value)) members.integrity = 'sealed';
  else if (!Object.isExtensible(value)) members.integrity = 'fixed';
  return members;
}
