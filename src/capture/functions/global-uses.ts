// What a text reads off `globalThis` by names that stand in it: `globalThis.name`, and the name taken
// apart, as in `const { name } = globalThis`.
import type { AnyNode, AssignmentProperty, MemberExpression, Pattern, Program } from 'acorn';
import { simple } from 'acorn-walk';
import type { Reference, ScopeManager } from 'eslint-scope';
import type { Use } from './use';

export interface GlobalUses {
  /** `globalThis.name`, by the name. */
  members: Map<string, Use[]>;
  /** Where `globalThis` itself stands, and only these names are read off it. */
  objects: ObjectUse[];
}

export interface ObjectUse {
  start: number;
  end: number;
  names: string[];
}

type Reading = { member: string; start: number; end: number; isWrite: boolean } | { names: string[] };

interface Readings {
  /** The readings, by the place of the identifier that is read from. */
  readonly at: Map<number, Reading>;
  /** Variables that begin as another one: their declarations, by the place of the other. */
  readonly aliases: Map<number, AnyNode>;
}

const NAMES = new Set(['globalThis', 'global']);

/** Calls that read the name, their second argument, off the first. */
const READERS = new Set(['Reflect.get', 'Reflect.has', 'Object.hasOwn']);

export function globalUses(
  program: Program,
  manager: ScopeManager,
  shift: number,
  isGone: (place: { start: number; end: number }) => boolean,
): GlobalUses {
  const found: GlobalUses = { members: new Map(), objects: [] };
  const through = manager.globalScope?.through ?? [];
  const ofProgram = through.filter(({ identifier }) => NAMES.has(identifier.name));
  if (ofProgram.length === 0) return found;
  const { at, aliases } = readings(program, new Set(through.map(startOf)));
  const others = ofProgram.flatMap((reference) => readsOfAlias(aliases.get(startOf(reference)), manager));
  for (const reference of [...ofProgram, ...others]) {
    const reading = at.get(startOf(reference));
    if (reading === undefined || isGone(placeOf(reference, shift))) continue;
    if ('names' in reading) {
      found.objects.push({ ...placeOf(reference, shift), names: reading.names });
      continue;
    }
    const { member, start, end, isWrite } = reading;
    const uses = found.members.get(member) ?? [];
    const use = { start: start - shift, end: end - shift, isWrite, isShorthand: false, isCallee: false };
    found.members.set(member, [...uses, use]);
  }
  return found;
}

/** The name of `object.name`, `object['name']`. */
export function memberName({ computed, property }: MemberExpression): string | undefined {
  if (!computed) return property.type === 'Identifier' ? property.name : undefined;
  return textOf(property);
}

function startOf({ identifier }: Reference): number {
  return (identifier as unknown as AnyNode).start;
}

function placeOf({ identifier }: Reference, shift: number): { start: number; end: number } {
  const { start, end } = identifier as unknown as AnyNode;
  return { start: start - shift, end: end - shift };
}

/** Finds where `g` is used, of a `const g = globalThis` to which nothing else is assigned. */
function readsOfAlias(declaration: AnyNode | undefined, manager: ScopeManager): Reference[] {
  if (declaration === undefined) return [];
  const references = manager.getDeclaredVariables(declaration as never).flatMap((each) => each.references);
  const writes = references.filter((reference) => reference.isWrite());
  return writes.length === 1 ? references.filter((reference) => !reference.isWrite()) : [];
}

function readings(program: Program, free: ReadonlySet<number>): Readings {
  const at: Readings['at'] = new Map();
  const aliases: Readings['aliases'] = new Map();
  const readsAll = (object: AnyNode | null | undefined, names: (string | undefined)[]) => {
    if (object?.type !== 'Identifier' || names.length === 0) return;
    if (names.every((name) => name !== undefined)) at.set(object.start, { names: names as string[] });
  };
  const fills = (pattern: Pattern, from: AnyNode | null | undefined) => {
    if (pattern.type === 'ObjectPattern') readsAll(from, pattern.properties.map(keyOf));
  };
  simple(program, {
    MemberExpression(node) {
      const member = memberName(node);
      if (node.object.type !== 'Identifier' || member === undefined) return;
      at.set(node.object.start, { member, start: node.start, end: node.end, isWrite: false });
    },
    AssignmentExpression({ left, right }) {
      fills(left, right);
      isWrittenTo(left);
    },
    UpdateExpression({ argument }) {
      isWrittenTo(argument);
    },
    AssignmentPattern({ left, right }) {
      fills(left, right);
    },
    VariableDeclarator(node) {
      fills(node.id, node.init);
      if (node.id.type === 'Identifier' && node.init?.type === 'Identifier') {
        aliases.set(node.init.start, node);
      }
    },
    BinaryExpression({ operator, left, right }) {
      if (operator === 'in') readsAll(right, [textOf(left)]);
    },
    CallExpression({ callee, arguments: [object, name] }) {
      if (callee.type !== 'MemberExpression' || callee.object.type !== 'Identifier') return;
      const called = `${callee.object.name}.${memberName(callee)}`;
      if (READERS.has(called) && free.has(callee.object.start)) readsAll(object, [name && textOf(name)]);
    },
  });
  return { at, aliases };

  // The walk comes to what is inside of a node before the node itself.
  function isWrittenTo(node: AnyNode): void {
    const reading = node.type === 'MemberExpression' ? at.get(node.object.start) : undefined;
    if (reading !== undefined && 'member' in reading) reading.isWrite = true;
  }
}

/** Undefined of one that is computed, and of `...rest`. */
function keyOf(property: AssignmentProperty | AnyNode): string | undefined {
  if (property.type !== 'Property') return undefined;
  const { computed, key } = property as AssignmentProperty;
  return !computed && key.type === 'Identifier' ? key.name : textOf(key);
}

function textOf(node: AnyNode): string | undefined {
  if (node.type === 'Literal') return typeof node.value === 'string' ? node.value : undefined;
  const isPlain = node.type === 'TemplateLiteral' && node.expressions.length === 0;
  return isPlain ? (node.quasis[0]?.value.cooked ?? undefined) : undefined;
}
