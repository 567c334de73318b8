// What the text of a script says of variables with one name that functions of it use: whether they can only
// be one variable, or only one for each. Whatever it leaves open, only V8 knows.
import { type Node as AcornNode, type Program, parse } from 'acorn';
import { full } from 'acorn-walk';
import { analyze, type Reference, type Scope, type Variable } from 'eslint-scope';
import { isObject } from '../is-object';
import type { Range } from './class-shape';
import type { Script } from './scripts';

/** Where a function names a variable. */
export interface Place {
  script: Script;
  /** The text of the function, in the text of the script. */
  function: Range;
  /** The name itself, likewise. */
  at: number;
}

interface Declarations {
  references: Map<number, Reference>;
  /** What may run more than once, or in more than one go: loops, functions, values of fields. */
  repeated: Range[];
}

const read = new WeakMap<Script, Declarations | undefined>();

/**
 * For each user of a variable a thing that stands for its variable: users with the same thing share it.
 * `values` is what the scopes of all of them hold. Undefined when the text does not tell.
 */
export function tellApart(
  users: ReadonlyMap<object, Place>,
  values: ReadonlyMap<string, unknown>,
): Map<object, object> | undefined {
  const byVariable = new Map<Variable, Map<object, Place>>();
  for (const [made, place] of users) {
    const variable = declarationsOf(place.script)?.references.get(place.at)?.resolved;
    if (variable === undefined || variable === null) return undefined;
    const group = byVariable.get(variable) ?? new Map();
    byVariable.set(variable, group.set(made, place));
  }
  const found = new Map<object, object>();
  for (const [variable, group] of byVariable) {
    const [{ script }] = group.values() as unknown as [Place];
    const { repeated } = declarationsOf(script) as Declarations;
    const isOne =
      group.size === 1 || isRunOnce(variable.scope, repeated, script) || hasToken(variable.scope, values);
    if (!isOne && !isOneForEach(variable.scope, [...group.values()], repeated)) return undefined;
    for (const made of group.keys()) found.set(made, isOne ? variable : made);
  }
  return found;
}

function declarationsOf(script: Script): Declarations | undefined {
  if (!read.has(script)) read.set(script, declarationsIn(script));
  return read.get(script);
}

function declarationsIn({ text, isModule }: Script): Declarations | undefined {
  const sourceType = isModule ? 'module' : 'script';
  let program: Program;
  try {
    program = parse(text, {
      ecmaVersion: 'latest',
      sourceType,
      ranges: true,
      allowReturnOutsideFunction: true,
      allowSuperOutsideMethod: true,
      checkPrivateFields: false,
    });
  } catch {
    return undefined;
  }
  const { scopes } = analyze(program as never, { ecmaVersion: 2022, sourceType });
  const all = scopes.flatMap((scope) => scope.references);
  const repeated: Range[] = [];
  full(program, (node) => {
    if (REPEATED.test(node.type)) repeated.push(node);
  });
  return {
    references: new Map(all.map((reference) => [rangeOf(reference.identifier).start, reference])),
    repeated,
  };
}

const REPEATED = /^(?:For|While|DoWhile|PropertyDefinition)|Function/;

/** Whether it is of the file itself, and no part of what may run again. */
function isRunOnce(scope: Scope, repeated: Range[], script: Script): boolean {
  const isFile = script.isModule || (script.isRunOnce && require.cache[script.url] !== undefined);
  const block = rangeOf(scope.block);
  return isFile && !repeated.some((range) => contains(range, block));
}

/** Whether the scopes hold one thing that each scope makes for itself: then they are one scope. */
function hasToken(scope: Scope, values: ReadonlyMap<string, unknown>): boolean {
  // Each turn of a loop gets what stands in its head anew, with the same values.
  if (scope.type === 'for') return false;
  return scope.variables.some((variable) => isObject(values.get(variable.name)) && isOwnThing(variable));
}

function isOwnThing({ defs, references }: Variable): boolean {
  const definition = defs[0];
  if (definition === undefined || defs.length > 1) return false;
  const { type, node, parent } = definition as unknown as {
    type: string;
    node: { type: string; id: { type: string }; init?: { type: string } };
    parent?: { kind?: string };
  };
  if (type === 'Variable') {
    return parent?.kind === 'const' && node.id.type === 'Identifier' && NEW_THING.has(node.init?.type ?? '');
  }
  const isDeclared = type === 'FunctionName' || type === 'ClassName';
  return (
    isDeclared && node.type.endsWith('Declaration') && !references.some((reference) => reference.isWrite())
  );
}

/** What makes a new object whenever it is evaluated. */
const NEW_THING = new Set([
  'ArrowFunctionExpression',
  'FunctionExpression',
  'ClassExpression',
  'ObjectExpression',
  'ArrayExpression',
]);

/** Whether the users are functions of one place, of which each scope makes only one. */
function isOneForEach(scope: Scope, places: Place[], repeated: Range[]): boolean {
  const [first] = places as [Place];
  if (places.some((place) => place.function.start !== first.function.start)) return false;
  const block = rangeOf(scope.block);
  return !repeated.some((range) => isInside(range, block) && isInside(first.function, range));
}

function contains(outer: Range, inner: Range): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

function isInside(inner: Range, outer: Range): boolean {
  return contains(outer, inner) && outer.end - outer.start > inner.end - inner.start;
}

function rangeOf(node: unknown): Range {
  const { start, end } = node as AcornNode;
  return { start, end };
}
