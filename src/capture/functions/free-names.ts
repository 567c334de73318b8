// The names that the text of a function leaves free, and where it uses them.
import type { Program } from 'acorn';
import { simple } from 'acorn-walk';
import { analyze as analyzeScopes } from 'eslint-scope';
import { globalUses, memberName } from './global-uses';
import { leavingsOf } from './leavings';
import type { Use } from './use';

export function freeNames(program: Program, shift: number, gone: { start: number; end: number }[]) {
  const manager = analyzeScopes(program as never, { ecmaVersion: 2022, sourceType: 'script' });
  const special = specialUses(program);
  const isGone = (use: { start: number; end: number }) =>
    gone.some((part) => use.start >= part.start && use.end <= part.end);
  const free = new Map<string, Use[]>();
  for (const reference of manager.globalScope?.through ?? []) {
    const identifier = reference.identifier as unknown as { name: string; start: number; end: number };
    const use: Use = {
      start: identifier.start - shift,
      end: identifier.end - shift,
      isWrite: reference.isWrite(),
      isShorthand: special.shorthands.has(identifier.start),
      isCallee: special.callees.has(identifier.start),
    };
    if (isGone(use)) continue;
    const uses = free.get(identifier.name);
    // `n += 1` is two references, to read and to write, of one place.
    const same = uses?.find((other) => other.start === use.start);
    if (same !== undefined) same.isWrite ||= use.isWrite;
    else if (uses !== undefined) uses.push(use);
    else free.set(identifier.name, [use]);
  }
  const exportsUses = free.get('exports') ?? [];
  const named = exportsUses.map((use) => special.members.get(use.start + shift));
  const exportsNames = named.every((name) => name !== undefined) ? new Set(named as string[]) : undefined;
  const globals = globalUses(program, manager, shift, isGone);
  return { free, globals, exportsNames, leavings: leavingsOf(program, manager.globalScope?.through ?? []) };
}

interface SpecialUses {
  shorthands: Set<number>;
  callees: Set<number>;
  members: Map<number, string | undefined>;
}

/** The positions of identifiers that stand in a special place: `{ x }`, `x()`, `x.member`. */
function specialUses(program: Program): SpecialUses {
  const shorthands = new Set<number>();
  const callees = new Set<number>();
  const members: SpecialUses['members'] = new Map();
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
    TaggedTemplateExpression(node) {
      if (node.tag.type === 'Identifier') callees.add(node.tag.start);
    },
    MemberExpression(node) {
      if (node.object.type === 'Identifier') members.set(node.object.start, memberName(node));
    },
  });
  return { shorthands, callees, members };
}
