// The objects that are no code: made empty, then filled.
import { restoreBase } from '../../objects/handle';
import type { Node, Value } from '../captured';
import { prototypeOf } from '../realms';
import { makeArguments } from './restore-arguments';
import type { Restoring } from './restoring';

export function emptyValue(node: Node, restorer: Restoring): object {
  switch (node.type) {
    case 'array':
      return new Array(node.length);
    case 'map':
      return new Map();
    case 'set':
      return new Set();
    case 'error':
      return withoutOwnProperties(new Error());
    case 'clone':
      return ofThisRealm(node.value);
    case 'arguments':
      return makeArguments(node.parameters ?? []);
    case 'view':
      return makeView(node.kind, restorer.value(node.buffer) as ArrayBuffer, node.byteOffset, node.length);
    case 'url':
      return new URL(node.href);
    case 'url-search-params':
      return new URLSearchParams(node.text);
    case 'object':
      return node.base === undefined ? {} : makeBase(node.base, restorer);
    default:
      throw new TypeError(`A node of type ${node.type} is no plain value.`);
  }
}

function makeBase(
  { kind, parts }: { kind: string; parts: Record<string, Value> },
  restorer: Restoring,
): object {
  const made = Object.entries(parts).map(([name, part]) => [name, restorer.value(part)]);
  return restoreBase({ kind, parts: Object.fromEntries(made) });
}

export function fillValue(node: Node, made: object, restorer: Restoring): void {
  const value = (captured: Value) => restorer.value(captured);
  if (node.type === 'array') {
    for (let index = 0; index < node.items.length; index++) {
      (made as unknown[])[index] = value(node.items[index] as Value);
    }
  }
  // It is not done by made.set(), because the class of the instance may have its own.
  if (node.type === 'map') {
    for (const [key, held] of node.entries) Map.prototype.set.call(made, value(key), value(held));
  }
  if (node.type === 'set') {
    for (const item of node.items) Set.prototype.add.call(made, value(item));
  }
}

/** What structured clone makes is of the main realm, and a test runner may have loaded us in another. */
function ofThisRealm(made: object): object {
  const prototype = prototypeOf(made);
  return prototype === Object.getPrototypeOf(made) ? made : Object.setPrototypeOf(made, prototype);
}

function withoutOwnProperties(object: object): object {
  for (const key of Reflect.ownKeys(object)) Reflect.deleteProperty(object, key);
  return object;
}

type ViewConstructor = new (buffer: ArrayBuffer, byteOffset: number, length?: number) => object;

function makeView(kind: string, buffer: ArrayBuffer, byteOffset: number, length?: number): object {
  const View = (globalThis as unknown as Record<string, ViewConstructor>)[kind] as ViewConstructor;
  return new View(buffer, byteOffset, length);
}
