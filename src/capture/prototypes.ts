// `F.prototype` of a function or class: it travels as that, and only what was put on it later is copied.
import { describesByName } from './by-name';
import type { Node } from './captured';
import { classTextOf, isNatural } from './functions/class-text';
import type { Graph } from './graph';
import { describeMembers } from './members';
import type { Path } from './path';
import { prototypeOf } from './realms';

export type AnyFunction = (...args: never[]) => unknown;

export function prototypeOwner(value: object): AnyFunction | undefined {
  const maker: unknown = Object.getOwnPropertyDescriptor(value, 'constructor')?.value;
  if (typeof maker !== 'function' || maker.prototype !== value) return undefined;
  return maker as AnyFunction;
}

export function describePrototype(value: object, owner: object, path: Path, graph: Graph): Node {
  const reference = graph.refer(owner, path);
  if (describesByName(owner)) return { type: 'prototype', owner: reference };
  graph.keepIdentity(owner);
  const known = classTextOf(owner);
  const skip = (key: string | symbol) =>
    key === 'constructor' || (known !== undefined && isNatural(known, value, key, false));
  const usual = known === undefined ? Object.prototype : prototypeOf(value);
  return { type: 'prototype', owner: reference, ...describeMembers(value, path, graph, { usual, skip }) };
}
