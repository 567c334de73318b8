// Classes and symbols that a module keeps to itself. The other process loads the module anew, and so has its
// own; it finds it where we do: among the variables around something that the module exports.
import { types } from 'node:util';
import type { Inside } from './captured';
import { type FunctionInspection, inspectFunction, readVariable } from './functions/inspection';
import { type Script, scriptOf } from './functions/scripts';
import { entryFile, exportsOfScript, ownValues } from './modules';
import { type AnyFunction, prototypeOwner } from './prototypes';

type Place = Pick<Inside, 'id' | 'names' | 'variable'>;

const MOST_ASKED = 100;
/** Where each was looked for by now, and found or not. */
const known = new WeakMap<object | symbol, Map<string, Place | undefined>>();

/** Where the module of a class has it, if the other process finds it there too. */
export function insideOf(
  value: object,
  script: Script,
  { location }: FunctionInspection,
): Inside | undefined {
  const place = location && placeOf(value, script, location.scriptId);
  return place && { ...place, what: { line: location.line, column: location.column } };
}

/** `holders`: what has the symbol as a key, or in a value, the last first. */
export function symbolInside(value: symbol, holders: Iterable<object>): Inside | undefined {
  for (const holder of holders) {
    for (const maker of makersOf(holder)) {
      const script = scriptOf(maker);
      const place = script && placeOf(value, script, inspectFunction(maker).location?.scriptId);
      if (place !== undefined) return { ...place, what: { description: value.description } };
    }
  }
  return undefined;
}

/** The one that is in that place here. */
export function findInside(around: unknown, { variable, what }: Inside): unknown {
  const scope = inspectFunction(around as AnyFunction).scopes.find(({ variables }) => variable in variables);
  const found = scope && readVariable(scope.variables, variable);
  if ('description' in what) {
    return typeof found === 'symbol' && found.description === what.description ? found : undefined;
  }
  if (typeof found !== 'function') return undefined;
  const { location } = inspectFunction(found as AnyFunction);
  return location?.line === what.line && location.column === what.column ? found : undefined;
}

function placeOf(value: object | symbol, script: Script, scriptId: string | undefined): Place | undefined {
  const places = known.get(value) ?? new Map<string, Place | undefined>();
  known.set(value, places);
  if (places.has(script.url)) return places.get(script.url);
  const module = exportsOfScript(script);
  if (module === undefined || module.file === entryFile()) return undefined;
  const place = search(value, module, scriptId);
  places.set(script.url, place);
  return place;
}

function search(
  value: object | symbol,
  { file, exports }: { file: string; exports: unknown },
  scriptId: string | undefined,
): Place | undefined {
  let asked = 0;
  for (const [names, exported] of functionsOf(exports)) {
    if (++asked > MOST_ASKED) return undefined;
    const inspection = inspectFunction(exported);
    if (inspection.location?.scriptId !== scriptId) continue;
    const variable = variableWith(value, inspection);
    if (variable !== undefined) return { id: file, names, variable };
  }
  return undefined;
}

/** The function itself, and what made the object and what it inherits from. */
function* makersOf(holder: object): Generator<AnyFunction> {
  if (typeof holder === 'function') yield holder as AnyFunction;
  for (
    let at: object | null = holder;
    at !== null && at !== Object.prototype;
    at = Object.getPrototypeOf(at)
  ) {
    if (types.isProxy(at)) return;
    const maker = prototypeOwner(at);
    if (maker !== undefined) yield maker;
  }
}

function variableWith(value: object | symbol, { scopes }: FunctionInspection): string | undefined {
  const hidden = new Set<string>();
  for (const { variables } of scopes) {
    for (const name of Object.keys(variables)) {
      if (!hidden.has(name) && readVariable(variables, name) === value) return name;
      hidden.add(name);
    }
  }
  return undefined;
}

/** What the module exports, and the methods of what it exports. */
function* functionsOf(exported: unknown): Generator<[names: string[], value: AnyFunction]> {
  if (typeof exported === 'function') yield* withMethods([], exported as AnyFunction);
  if ((typeof exported !== 'object' && typeof exported !== 'function') || exported === null) return;
  if (types.isProxy(exported)) return;
  for (const [name, value] of ownValues(exported, types.isModuleNamespaceObject(exported))) {
    if (typeof value === 'function' && !types.isProxy(value))
      yield* withMethods([name], value as AnyFunction);
  }
}

function* withMethods(names: string[], value: AnyFunction): Generator<[names: string[], value: AnyFunction]> {
  yield [names, value];
  const prototype: unknown = Object.getOwnPropertyDescriptor(value, 'prototype')?.value;
  if (typeof prototype !== 'object' || prototype === null) return;
  for (const [name, method] of ownValues(prototype, false)) {
    if (typeof method === 'function') yield [[...names, 'prototype', name], method as AnyFunction];
  }
}
