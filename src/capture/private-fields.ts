// The private fields of an instance. JavaScript cannot list them; the inspector can.

import { describesByName } from './by-name';
import type { Privates } from './captured';
import { inspectFunction, inspectPrivateFields } from './functions/inspection';
import { canLayOut } from './functions/original-privates';
import { classesOf } from './functions/owners';
import { scriptOf } from './functions/scripts';
import type { Graph } from './graph';
import { describeLowered } from './lowered-fields';
import { insideOf } from './module-insides';
import { esModuleOf } from './modules';
import type { Path } from './path';
import type { AnyFunction } from './prototypes';
import { prototypeOf } from './realms';

/** Describes private fields; those of `maker` are left out. */
export function describePrivates(value: object, path: Path, graph: Graph, maker?: object): Privates {
  const prototype = prototypeOf(value);
  if (prototype === null || prototype === Object.prototype || prototype === Array.prototype) return {};
  const lowered = describeLowered(value, path, graph, isLoadedThere);
  const inModule = lowered.length === 0 ? {} : { lowered };
  const owners = classesOf(value).filter(({ shape }) => shape.privateNames.size > 0);
  if (owners.length === 0) return inModule;
  const fields = inspectPrivateFields(value);
  const privates: NonNullable<Privates['privates']> = [];
  const names = owners.flatMap(({ shape }) => shape.instancePrivateFields);
  const isAlone = new Set(names).size === names.length;
  for (const { value: owner, shape } of owners) {
    if (owner !== maker && isOfModule(owner) && !(isAlone && canLayOut(owner))) {
      throw path.refuse(
        'it has private fields, and its class comes from a module, which alone could fill them in',
        'Make it inside the process that uses it.',
      );
    }
    const own: [string, ReturnType<Graph['refer']>][] = [];
    for (const name of shape.instancePrivateFields) {
      // Subclasses may repeat a name; the inspector lists the root class's first.
      const index = fields.findIndex(([field]) => field === name);
      const found = index < 0 ? undefined : fields.splice(index, 1)[0];
      if (found !== undefined && owner !== maker)
        own.push([name, graph.refer(found[1], path.property(name, value))]);
    }
    if (owner !== maker) privates.push({ owner: graph.refer(owner, path), fields: own });
  }
  return privates.length === 0 ? inModule : { privates, ...inModule };
}

const ofModule = new WeakMap<object, boolean>();

/** Every process loads it for itself. */
function isOfModule(owner: object): boolean {
  if (describesByName(owner)) return true;
  const is = ofModule.get(owner) ?? isOfEsModule(owner);
  ofModule.set(owner, is);
  return is;
}

/** Whether a class is loaded there, also one that a module keeps to itself. */
function isLoadedThere(owner: object): boolean {
  if (isOfModule(owner)) return true;
  const script = scriptOf(owner as AnyFunction);
  return script !== undefined && insideOf(owner, script, inspectFunction(owner as AnyFunction)) !== undefined;
}

function isOfEsModule(owner: object): boolean {
  const script = scriptOf(owner as AnyFunction);
  return script !== undefined && esModuleOf(owner, script) !== undefined;
}
