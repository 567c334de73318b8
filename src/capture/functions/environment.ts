// The variables with which one function travels: finds each free name in the scopes around it, and says at
// the end which of them it shares with other functions.

import { types } from 'node:util';
import { type Code, isReference, type Reference, type Value } from '../captured';
import { isProgramGlobal } from '../globals';
import type { Graph } from '../graph';
import { importedFrom } from '../imports';
import { isObject } from '../is-object';
import { moduleOf, namespaceImport } from '../modules';
import type { Path } from '../path';
import type { AnyFunction } from '../prototypes';
import type { Contexts } from './contexts';
import type { Place } from './declarations';
import { applyEdits, type Edit } from './edits';
import type { GlobalUses, ObjectUse } from './global-uses';
import type { FunctionScope } from './heap-contexts';
import { type FunctionInspection, readVariable, type Scope } from './inspection';
import { MARK } from './mark';
import { beginsAt, type Script } from './scripts';
import type { Source } from './source';
import type { Use } from './use';
import type { AlikeScopes, Variable, Variables } from './variables';

export interface Surroundings {
  graph: Graph;
  contexts: Contexts;
  variables: Variables;
  exportsSeen: Map<object, Set<string>>;
  globals: AlikeScopes;
  addScript(script: Script): void;
}

/** A function that is about to travel, and what is known of it. */
export interface FunctionCapture {
  readonly value: AnyFunction;
  readonly source: Source;
  readonly inspection: FunctionInspection;
  readonly script: Script;
  readonly path: Path;
  readonly around: Surroundings;
}

interface Entry {
  variable: Variable;
  value: Value;
  uses: Use[];
  /** Written as `globalThis.name`, which a variable of that name cannot stand in for. */
  isMember: boolean;
}

/** No variable can be declared by this name where code is strict. The other is as wide. */
const ARGUMENTS = 'arguments';
const ARGUMENTS_AS_NAME = `${MARK}argument`;

const NO_GLOBALS: GlobalUses = { members: new Map(), objects: [] };
const OF_REQUIRE = ['resolve', 'cache', 'extensions', 'main'];

export function isRequire(value: unknown): value is NodeJS.Require {
  // It is not known by its cache: a test runner gives each module another.
  return typeof value === 'function' && OF_REQUIRE.every((name) => Object.hasOwn(value, name));
}

/**
 * Fills in `code.names` and `code.values`, and puts edits into its source where a variable lives in a box.
 */
export function describeEnvironment(code: Code, capture: FunctionCapture, edits: Edit[]): AlikeScopes[] {
  const { value: made, source, inspection, script, path, around } = capture;
  const { graph } = around;
  const { location } = inspection;
  const scopes = source.free.size > 0 || source.usesThis ? inspection.scopes : [];
  const chain = around.variables.around(made, scopes.map(withValues), location?.scriptId ?? '');
  const start = location && beginsAt(source.text, location, script);
  const entries: Entry[] = [];
  const add = (variable: Variable | undefined, uses: Use[], isMember: boolean) => {
    if (variable === undefined) return; // Node's own globals are there as well.
    const at = path.variable(variable.name);
    const isAssigned = uses.some((use) => use.isWrite) || (variable.users.get(made)?.isAssigned ?? false);
    variable.users.set(made, { isAssigned, place: placeOf(script, start, source, uses), path: at });
    entries.push({ variable, value: describeVariable(variable, capture, at), uses, isMember });
  };
  for (const [name, uses] of source.free) {
    const variable = findVariable(name, chain, around.globals);
    add(variable, uses, false);
    // Outside every function of a module there are none, and where it is made again there would be.
    if (variable === undefined && name === ARGUMENTS) {
      edits.push(...uses.map((use) => boxedUse(use, ARGUMENTS_AS_NAME)));
    }
  }
  const { members, objects } = hasOwnGlobal(source, chain) ? NO_GLOBALS : source.globals;
  for (const name of new Set([...members.keys(), ...objects.flatMap(({ names }) => names)])) {
    add(findVariable(name, [], around.globals), members.get(name) ?? [], true);
  }
  if (source.importMetas.length > 0) {
    const meta = graph.add({ type: 'import-meta', file: fileOf(script) ?? '' });
    const name = `${MARK}importmeta`; // As long as `import.meta`.
    addName(code, name, meta);
    for (const { start, end } of source.importMetas) edits.push({ start, end, text: name });
  }
  graph.onceComplete(() => {
    const inBox = new Set(entries.flatMap(({ variable, isMember }) => (isMember ? variable : [])));
    const boxed = new Map<string, string>();
    for (const { variable, value, uses, isMember } of entries) {
      const shared =
        around.variables.boxFor(variable, made) ??
        (inBox.has(variable) ? variable.scopes.box('one') : undefined) ??
        // A class that is here already can be given other variables, but no other text.
        (source.form === 'class' && uses.some((use) => use.isWrite) ? variable.scopes.box(made) : undefined);
      if (shared !== undefined) {
        const box = shared.hold(graph, variable.name, value);
        const boxName = nameOfBox(code, box, source);
        addName(code, boxName, box);
        const replacement = `${boxName}${keyed(variable.name)}`;
        edits.push(...uses.map((use) => boxedUse(use, replacement)));
        if (isMember) boxed.set(variable.name, replacement);
      } else if (variable.name === ARGUMENTS) {
        addName(code, ARGUMENTS_AS_NAME, value);
        edits.push(...uses.map((use) => boxedUse(use, ARGUMENTS_AS_NAME)));
      } else addName(code, variable.name, value);
    }
    edits.push(...objects.flatMap((use) => boxedObject(use, boxed, source)));
    code.source = applyEdits(source.text, edits);
  });
  return chain;
}

function withValues({ description, variables }: Scope): FunctionScope {
  const values = new Map<string, unknown>();
  for (const name of Object.keys(variables)) values.set(name, readVariable(variables, name));
  return { description, values };
}

function placeOf(
  script: Script,
  start: number | undefined,
  { text }: Source,
  [use]: Use[],
): Place | undefined {
  if (start === undefined || use === undefined) return undefined;
  return { script, function: { start, end: start + text.length }, at: start + use.start };
}

function addName(code: Code, name: string, value: Value): void {
  if (code.names.includes(name)) return;
  code.names.push(name);
  code.values.push(value);
}

/** The same whatever else travels along, so that a class always has the same text. */
function nameOfBox(code: Code, box: Reference, { free }: Source): string {
  for (let index = 0; ; index++) {
    const name = `${MARK}${index}`;
    const at = code.names.indexOf(name);
    if (at < 0 ? !free.has(name) : isReference(code.values[at]) && code.values[at].ref === box.ref)
      return name;
  }
}

function boxedUse(use: Use, replacement: string): Edit {
  if (use.isShorthand) return { start: use.end, end: use.end, text: `: ${replacement}` };
  return { start: use.start, end: use.end, text: use.isCallee ? `(0, ${replacement})` : replacement };
}

/** A variable around the function that only has the name, as `const global = { … }`. */
function hasOwnGlobal({ free }: Source, chain: AlikeScopes[]): boolean {
  return ['globalThis', 'global'].some((name) => {
    const variable = free.has(name) ? findVariable(name, chain) : undefined;
    return variable !== undefined && variable.value !== globalThis;
  });
}

/** Puts in place of `globalThis` an object with what is read off it. */
function boxedObject(
  { start, end, names }: ObjectUse,
  boxed: ReadonlyMap<string, string>,
  { text }: Source,
): Edit[] {
  if (!names.some((name) => boxed.has(name))) return [];
  const itself = text.slice(start, end);
  const properties = names.map((name) => {
    const key = JSON.stringify(name);
    return `[${key}]: ${boxed.get(name) ?? `${itself}[${key}]`}`;
  });
  return [{ start, end, text: `{ ${properties.join(', ')} }` }];
}

function keyed(name: string): string {
  return /^[\w$]+$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
}

function findVariable(name: string, chain: AlikeScopes[], globals?: AlikeScopes): Variable | undefined {
  for (const scope of chain) {
    const variable = scope.variable(name);
    if (variable !== undefined) return variable;
  }
  if (globals === undefined || !isProgramGlobal(name)) return undefined;
  globals.values.set(name, (globalThis as Record<string, unknown>)[name]);
  return globals.variable(name);
}

function describeVariable(
  variable: Variable,
  { source, script, around }: FunctionCapture,
  path: Path,
): Value {
  const { value } = variable;
  if (isRequire(value)) return around.graph.place(value, { type: 'require', file: fileOf(script) });
  if (
    variable.name === 'exports' &&
    typeof value === 'object' &&
    value !== null &&
    moduleOf(value) === undefined
  ) {
    return describeExports(value as Record<string, unknown>, source.exportsNames, path, around);
  }
  const place =
    variable.scopes.description === 'Module' ? importedFrom(variable.name, value, script) : undefined;
  if (place !== undefined) {
    const node = { type: 'module', ...place } as const;
    return isObject(value) ? around.graph.place(value, node) : around.graph.add(node);
  }
  if (types.isModuleNamespaceObject(value)) namespaceImport(value as object, variable.name, script);
  return around.graph.refer(value, path);
}

/**
 * Describes `exports`, of which only the names that are used travel: a notebook's holds all its variables.
 */
function describeExports(
  exported: Record<string, unknown>,
  names: Set<string> | undefined,
  path: Path,
  { graph, exportsSeen }: Surroundings,
): Reference {
  const reference = graph.place(exported, { type: 'object', properties: [] });
  const node = graph.nodes[reference.ref];
  const seen = exportsSeen.get(exported) ?? new Set();
  exportsSeen.set(exported, seen);
  for (const name of names ?? Object.keys(exported)) {
    if (seen.has(name) || !(name in exported)) continue;
    seen.add(name);
    const value = graph.refer(exported[name], path.renamed(name));
    if (node?.type === 'object') node.properties?.push([name, value]);
  }
  return reference;
}

/** The file from which a script's relative requests are resolved; a cell has none. */
export function fileOf(script: Script): string | undefined {
  return script.url.startsWith('/') || script.url.startsWith('file:') ? script.url : undefined;
}
