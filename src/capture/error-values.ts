// Errors, with their stack, their cause and what else they carry.
import { describesByName } from './by-name';
import type { Node } from './captured';
import { scriptOf } from './functions/scripts';
import type { Rest } from './members';
import { type AnyFunction, prototypeOwner } from './prototypes';

export function describeError(error: Error, rest: Rest): Node {
  const members = rest(Error.prototype, { prototype: errorPrototype(error), skip: (key) => key === 'stack' });
  // Newer versions of V8 keep the stack behind a native getter, so it is read by name.
  const stack = { value: String(error.stack), writable: true };
  const described = [...(members.described ?? [])];
  if (Object.hasOwn(error, 'stack')) {
    described.push({ key: 'stack', enumerable: false, configurable: true, content: stack });
  }
  return { type: 'error', ...members, described };
}

// Node's own errors have classes that no program can reach: they arrive as the kind of error that they
// extend.
function errorPrototype(error: Error): object {
  let prototype: object | null = Object.getPrototypeOf(error);
  for (; prototype !== null; prototype = Object.getPrototypeOf(prototype)) {
    const owner = prototypeOwner(prototype);
    if (owner !== undefined && (describesByName(owner) || !isInsideNode(owner))) return prototype;
  }
  return Error.prototype;
}

function isInsideNode(owner: AnyFunction): boolean {
  return scriptOf(owner)?.url.startsWith('node:') ?? false;
}
