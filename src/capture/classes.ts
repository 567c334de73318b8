// Classes travel as their text, evaluated again without what must not run twice: static initialisers and the
// expression behind `extends`. Their static state is copied instead, like that of any object.
import type { ClassNode, Code, Value } from './captured';
import { type ClassText, classTextOf, isNaturalMember } from './class-text';
import { blank, type Edit, replaceInPlace } from './edits';
import { describeEnvironment, MARK, type Surroundings } from './environment';
import { type FunctionInspection, inspectPrivateFields } from './inspection';
import { describeMembers } from './members';
import type { Path } from './path';
import type { Script } from './scripts';
import type { Source } from './source';

export type AnyFunction = (...args: never[]) => unknown;

export function describeClass(
  value: AnyFunction,
  code: Code,
  source: Source,
  inspection: FunctionInspection,
  script: Script,
  path: Path,
  around: Surroundings,
): ClassNode {
  const { graph } = around;
  const known = classTextOf(value) as ClassText;
  const { shape } = known;
  const prototype = (value as unknown as { prototype: object }).prototype;
  const superclass: object | null = Object.getPrototypeOf(value);
  const isDerived = shape.superclass !== undefined;
  placeMethods(value, prototype, known, path, around);
  const isNatural = (holder: object, key: string | symbol, isStatic: boolean) =>
    accessedFunctions(holder, key).some((member) => isNaturalMember(known, member, isStatic));
  const node: ClassNode = {
    type: 'class',
    ...code,
    ...describeMembers(value, path, graph, {
      usual: superclass,
      skip: (key) => key === 'length' || key === 'prototype' || key === 'name' || isNatural(value, key, true),
    }),
    superclass: isDerived && superclass !== Function.prototype ? graph.refer(superclass, path.variable('super')) : null,
    isDerived,
    needed: [],
    hasPrivateNames: shape.hasPrivateNames,
    staticPrivates: describeStaticPrivates(value, known, path, around),
  };
  const edits = classEdits(source.text, known);
  describeEnvironment(node, value, source, inspection, script, path, around, edits);
  around.graph.onceComplete(() => {
    node.needed = neededNames(source, known, node);
  });
  if (Reflect.ownKeys(prototype).some((key) => key !== 'constructor' && !isNatural(prototype, key, false))) {
    graph.refer(prototype, path.property('prototype', value));
  }
  return node;
}

/** The methods come with the class, so a reference to one is a reference to its place there. */
function placeMethods(
  value: AnyFunction,
  prototype: object,
  known: ClassText,
  path: Path,
  { graph }: Surroundings,
): void {
  for (const holder of [prototype, value]) {
    for (const key of Reflect.ownKeys(holder)) {
      const property = Object.getOwnPropertyDescriptor(holder, key);
      for (const part of ['value', 'get', 'set'] as const) {
        const member: unknown = property?.[part];
        if (key === 'constructor' || !isNaturalMember(known, member, holder === value)) continue;
        const owner = graph.refer(holder, path);
        graph.place(member as object, { type: 'member', owner, key: graph.referKey(key, path), part });
      }
    }
  }
}

function accessedFunctions(holder: object, key: string | symbol): unknown[] {
  const property = Object.getOwnPropertyDescriptor(holder, key);
  return property === undefined ? [] : [property.value, property.get, property.set];
}

function describeStaticPrivates(value: object, { shape }: ClassText, path: Path, { graph }: Surroundings) {
  if (shape.staticPrivateFields.length === 0) return [];
  const names = new Set(shape.staticPrivateFields);
  return inspectPrivateFields(value)
    .filter(([name]) => names.has(name))
    .map(([name, held]): [string, Value] => [name, graph.refer(held, path.property(name, value))]);
}

/** The word, within the program around a class, that tells its constructors to only lay out the fields. */
export const LAYING_OUT = `${MARK}r`;

function classEdits(text: string, { shape }: ClassText): Edit[] {
  const edits: Edit[] = [];
  if (shape.superclass !== undefined) {
    edits.push(replaceInPlace(text, shape.superclass.start, shape.superclass.end, MARK));
  }
  for (const { start, end } of shape.staticFields) edits.push(blank(text, start, end));
  for (const { start, end } of shape.staticPrivateValues) edits.push(replaceInPlace(text, start, end, '0'));
  if (!shape.hasPrivateNames) return edits;
  // An instance gets its private fields from the constructor alone, so there must be a way through it that runs
  // nothing of the program's; and only code in the class body can then reach them.
  const leave = shape.superclass === undefined ? 'return' : '{super();return}';
  if (shape.constructorStart !== undefined) {
    edits.push({ start: shape.constructorStart, end: shape.constructorStart, text: `if(${LAYING_OUT})${leave};` });
  }
  for (const { start } of shape.instanceFieldValues) {
    edits.push({ start, end: start, text: `${LAYING_OUT}?void 0:` });
  }
  const reach = `;static ${MARK}(){return eval(arguments[0])}`;
  edits.push({ start: shape.bodyEnd, end: shape.bodyEnd, text: reach });
  return edits;
}

function neededNames(source: Source, { shape }: ClassText, node: ClassNode): string[] {
  if (shape.computedKeys.length === 0) return [];
  const inKey = (at: number) => shape.computedKeys.some(({ start, end }) => at >= start && at < end);
  const needed = [...source.free].filter(([, uses]) => uses.some((use) => inKey(use.start))).map(([name]) => name);
  return needed.filter((name) => node.names.includes(name));
}
