// Classes travel as their text, evaluated again without what must not run twice: static initialisers and the
// expression behind `extends`. Their static state is copied instead, like that of any object.
import type { ClassNode, Code, Key, Value } from '../captured';
import { describeMembers } from '../members';
import type { Path } from '../path';
import type { AnyFunction } from '../prototypes';
import { prototypeOf } from '../realms';
import { editsOf, waysToPrivates } from './class-edits';
import { type ClassText, classTextOf, isNatural, methodBehind } from './class-text';
import { applyEdits } from './edits';
import { describeEnvironment, type FunctionCapture, type Surroundings } from './environment';
import { inspectPrivateFields } from './inspection';
import { MARK } from './mark';
import type { Source } from './source';

export function describeClass(code: Code, capture: FunctionCapture): ClassNode {
  const { value, source, path, around } = capture;
  const { graph } = around;
  const known = classTextOf(value) as ClassText;
  const { shape } = known;
  const prototype = (value as unknown as { prototype: object }).prototype;
  const superclass = prototypeOf(value);
  const isDerived = shape.superclass !== undefined;
  refuseComputedFields(source, known, path);
  graph.keepIdentity(value);
  const node: ClassNode = {
    type: 'class',
    ...code,
    ...describeMembers(value, path, graph, {
      usual: superclass,
      skip: (key) =>
        key === 'length' || key === 'prototype' || key === 'name' || isNatural(known, value, key, true),
    }),
    superclass:
      isDerived && superclass !== Function.prototype ? graph.refer(superclass, path.variable('super')) : null,
    isDerived,
    keys: placeMethods(value, prototype, known, path, around),
    removed: removedMethods(value, prototype, known),
    plain: undefined,
    staticPrivates: describeStaticPrivates(value, known, path, around),
  };
  const edits = editsOf(known);
  describeEnvironment(node, capture, edits);
  if (shape.privateNames.size > 0) {
    graph.onceComplete(() => {
      node.plain = node.source;
      node.source = applyEdits(source.text, [...edits, ...waysToPrivates(known)]);
    });
  }
  const isOwn = (key: string | symbol) => key !== 'constructor' && !isNatural(known, prototype, key, false);
  if (Reflect.ownKeys(prototype).some(isOwn)) graph.refer(prototype, path.property('prototype', value));
  return node;
}

/**
 * The methods come with the class, so a reference to one is a reference to its place there. Returns the
 * computed keys: the variables in them are often gone by now, but the methods tell what they came to.
 */
function placeMethods(
  value: AnyFunction,
  prototype: object,
  known: ClassText,
  path: Path,
  { graph }: Surroundings,
): Key[] {
  const keys = new Map<object, Key>();
  for (const holder of [prototype, value]) {
    for (const key of Reflect.ownKeys(holder)) {
      if (key === 'constructor') continue;
      const property = Object.getOwnPropertyDescriptor(holder, key);
      for (const part of ['value', 'get', 'set'] as const) {
        const member: unknown = property?.[part];
        const method = methodBehind(known, member, holder === value);
        if (method === undefined) continue;
        const reference = graph.referKey(key, path);
        keys.set(method, reference);
        graph.settle(member as object, {
          type: 'member',
          owner: graph.refer(holder, path),
          key: reference,
          part,
        });
      }
    }
  }
  const computed = known.shape.methods.filter((method) => method.computedKey !== undefined);
  // A method that is gone from the class needs some key until it is gone there too.
  return computed.map((method) => keys.get(method) ?? REMOVED);
}

const REMOVED = `${MARK}removed`;

function removedMethods(value: object, prototype: object, { shape }: ClassText): ClassNode['removed'] {
  return shape.methods.flatMap(({ isStatic, name = REMOVED }): ClassNode['removed'] =>
    Object.hasOwn(isStatic ? value : prototype, name) ? [] : [[isStatic, name]],
  );
}

function refuseComputedFields(source: Source, { shape }: ClassText, path: Path): void {
  for (const { start, end } of shape.computedFields) {
    for (const [name, uses] of source.free) {
      if (name in globalThis || !uses.some((use) => use.start >= start && use.end <= end)) continue;
      throw path.refuse(
        `it is a class with a field whose name is computed from ${name}, which cannot be read back`,
        'Set that field in the constructor.',
      );
    }
  }
}

function describeStaticPrivates(value: object, { shape }: ClassText, path: Path, { graph }: Surroundings) {
  if (shape.staticPrivateFields.length === 0) return [];
  const names = new Set(shape.staticPrivateFields);
  return inspectPrivateFields(value)
    .filter(([name]) => names.has(name))
    .map(([name, held]): [string, Value] => [name, graph.refer(held, path.property(name, value))]);
}
