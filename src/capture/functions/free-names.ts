// The names that the text of a function leaves free, and where it uses them.
import type { Program } from 'acorn';
import { simple } from 'acorn-walk';
import { analyze as analyzeScopes } from 'eslint-scope';

/** One place where a free name is used. Offsets count in the source. */
export interface Use {
  start: number;
  end: number;
  isWrite: boolean;
  /** `{ name }`, which must become `{ name: … }` when the name is replaced. */
  isShorthand: boolean;
  /** `name()`, whose `this` must stay undefined when the name is replaced. */
  isCallee: boolean;
}

export function freeNames(program: Program, shift: number, gone: { start: number; end: number }[]) {
  const scope = analyzeScopes(program as never, { ecmaVersion: 2022, sourceType: 'script' }).globalScope;
  const special = specialUses(program);
  const free = new Map<string, Use[]>();
  for (const reference of scope?.through ?? []) {
    const identifier = reference.identifier as unknown as { name: string; start: number; end: number };
    const use: Use = {
      start: identifier.start - shift,
      end: identifier.end - shift,
      isWrite: reference.isWrite(),
      isShorthand: special.shorthands.has(identifier.start),
      isCallee: special.callees.has(identifier.start),
    };
    if (gone.some((part) => use.start >= part.start && use.end <= part.end)) continue;
    const uses = free.get(identifier.name);
    // `n += 1` is two references, to read and to write, of one place.
    const same = uses?.find((other) => other.start === use.start);
    if (same !== undefined) same.isWrite ||= use.isWrite;
    else if (uses !== undefined) uses.push(use);
    else free.set(identifier.name, [use]);
  }
  const exportsUses = free.get('exports') ?? [];
  const named = exportsUses.map((use) => special.members.get(use.start + shift)?.name);
  const exportsNames = named.every((name) => name !== undefined) ? new Set(named as string[]) : undefined;
  return { free, globals: globalUses(free, shift, special), exportsNames };
}

function globalUses(free: Map<string, Use[]>, shift: number, special: SpecialUses): Map<string, Use[]> {
  const found = new Map<string, Use[]>();
  for (const use of [...(free.get('globalThis') ?? []), ...(free.get('global') ?? [])]) {
    const member = special.members.get(use.start + shift);
    if (member === undefined) continue;
    const isWrite = special.writes.has(use.start + shift);
    const uses = found.get(member.name) ?? [];
    found.set(member.name, [...uses, { ...use, end: member.end - shift, isWrite }]);
  }
  return found;
}

interface SpecialUses {
  shorthands: Set<number>;
  callees: Set<number>;
  members: Map<number, { name: string; end: number }>;
  /** Where a member is assigned to. */
  writes: Set<number>;
}

/** The positions of identifiers that stand in a special place: `{ x }`, `x()`, `x.member`. */
function specialUses(program: Program): SpecialUses {
  const shorthands = new Set<number>();
  const callees = new Set<number>();
  const members: SpecialUses['members'] = new Map();
  const writes = new Set<number>();
  simple(program, {
    Property(node) {
      if (node.shorthand) shorthands.add(node.value.start);
    },
    ObjectPattern(node) {
      for (const property of node.properties) {
        if (property.type === 'Property' && property.shorthand) shorthands.add(property.value.start);
      }
    },
    CallExpression(node) {
      if (node.callee.type === 'Identifier') callees.add(node.callee.start);
    },
    AssignmentExpression(node) {
      if (node.left.type === 'MemberExpression') writes.add(node.left.object.start);
    },
    UpdateExpression(node) {
      if (node.argument.type === 'MemberExpression') writes.add(node.argument.object.start);
    },
    TaggedTemplateExpression(node) {
      if (node.tag.type === 'Identifier') callees.add(node.tag.start);
    },
    MemberExpression(node) {
      if (node.object.type !== 'Identifier' || node.computed || node.property.type !== 'Identifier') return;
      members.set(node.object.start, { name: node.property.name, end: node.end });
    },
  });
  return { shorthands, callees, members, writes };
}
