// Classes that a module keeps to itself. The other process loads the module anew, and so has its own; it
// finds it where we do: among the variables around something that the module exports.
import { types } from 'node:util';
import { type FunctionInspection, inspectFunction } from './functions/inspection';
import type { Script } from './functions/scripts';
import { entryFile, exportsOfScript, ownValues } from './modules';

export interface Inside {
  /** The file, and the way to the function around which the variable is. */
  id: string;
  names: string[];
  variable: string;
  /** Where the class stands in the file. */
  line: number;
  column: number;
}

type AnyFunction = (...args: never[]) => unknown;

const MOST_ASKED = 100;
const known = new WeakMap<object, Inside | undefined>();

export function insideOf(
  value: object,
  script: Script,
  { location }: FunctionInspection,
): Inside | undefined {
  if (known.has(value)) return known.get(value);
  const module = exportsOfScript(script);
  if (location === undefined || module === undefined || module.file === entryFile()) return undefined;
  known.set(value, undefined);
  let asked = 0;
  for (const [names, exported] of functionsOf(module.exports)) {
    if (++asked > MOST_ASKED) return undefined;
    const inspection = inspectFunction(exported);
    if (inspection.location?.scriptId !== location.scriptId) continue;
    const variable = variableWith(value, inspection);
    if (variable === undefined) continue;
    const { line, column } = location;
    const inside = { id: module.file, names, variable, line, column };
    known.set(value, inside);
    return inside;
  }
  return undefined;
}

/** The one that is in that place here. */
export function findInside(around: unknown, { variable, line, column }: Inside): unknown {
  const scope = inspectFunction(around as AnyFunction).scopes.find(({ variables }) => variable in variables);
  const found = scope && read(scope.variables, variable);
  if (typeof found !== 'function') return undefined;
  const { location } = inspectFunction(found as AnyFunction);
  return location?.line === line && location.column === column ? found : undefined;
}

function variableWith(value: object, { scopes }: FunctionInspection): string | undefined {
  const hidden = new Set<string>();
  for (const { variables } of scopes) {
    for (const name of Object.keys(variables)) {
      if (!hidden.has(name) && read(variables, name) === value) return name;
      hidden.add(name);
    }
  }
  return undefined;
}

function read(variables: Record<string, unknown>, name: string): unknown {
  try {
    return variables[name];
  } catch {
    return undefined; // Not initialised yet.
  }
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
