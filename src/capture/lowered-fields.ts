// The private fields of an instance whose class a compiler has written for an older JavaScript: they are in
// WeakMaps of the module. The other process loads the module, and has WeakMaps of its own, by the same names.
import { types } from 'node:util';
import type { Privates, Value } from './captured';
import { inspectFunction, readVariable } from './functions/inspection';
import { textOf } from './functions/restored-sources';
import type { Graph } from './graph';
import type { Path } from './path';
import { type AnyFunction, prototypeOwner } from './prototypes';
import { prototypeOf } from './realms';

type Lowered = NonNullable<Privates['lowered']>;
type Weak = WeakMap<object, unknown> | WeakSet<object>;

const known = new WeakMap<object, [variable: string, Weak][]>();

/** `isOfModule`: all others travel with what is around them. */
export function describeLowered(
  value: object,
  path: Path,
  graph: Graph,
  isOfModule: (maker: object) => boolean,
): Lowered {
  const makers = makersOf(value);
  return makers.flatMap((maker, index) => {
    const fields = weakOf(maker, makers.slice(index), isOfModule)
      .filter(([, weak]) => weak.has(value))
      .map(([name, weak]): [string, Value] => [
        name,
        types.isWeakMap(weak) ? graph.refer(weak.get(value), path.property(name, value)) : true,
      ]);
    return fields.length === 0 ? [] : { owner: graph.refer(maker, path), fields };
  });
}

export function fillLowered(owner: AnyFunction, name: string, made: object, held: unknown): void {
  const weak = weakAround(owner).find(([variable]) => variable === name)?.[1];
  if (types.isWeakMap(weak)) weak.set(made, held);
  else weak?.add(made);
}

function makersOf(value: object): AnyFunction[] {
  const found: AnyFunction[] = [];
  for (let at = prototypeOf(value); at !== null && at !== Object.prototype; at = prototypeOf(at)) {
    const maker = prototypeOwner(at);
    if (maker !== undefined) found.push(maker);
  }
  return found;
}

/** A module may keep to itself what its class extends, which stands among the same variables. */
function weakOf(
  maker: AnyFunction,
  extended: AnyFunction[],
  isOfModule: (maker: object) => boolean,
): [string, Weak][] {
  let found = known.get(maker);
  if (found === undefined) {
    const texts = extended.map((each) => textOf(each)).filter((text) => /\(_?this\b/.test(text));
    const isFilled = (name: string) => {
      const fills = new RegExp(`\\b${name}\\.(set|add)\\(_?this\\b|\\(_?this, ?${name}\\b`);
      return texts.some((text) => fills.test(text));
    };
    found = texts.length === 0 ? [] : weakAround(maker).filter(([name]) => isFilled(name));
    if (found.length > 0 && !isOfModule(maker)) found = [];
    known.set(maker, found);
  }
  return found;
}

/** What TypeScript, Babel, SWC and esbuild name them. */
const NAME = /^_\w+$/;

function weakAround(maker: AnyFunction): [string, Weak][] {
  return inspectFunction(maker).scopes.flatMap(({ variables }) =>
    Object.keys(variables).flatMap((name): [string, Weak][] => {
      const value = NAME.test(name) ? readVariable(variables, name) : undefined;
      return types.isWeakMap(value) || types.isWeakSet(value) ? [[name, value]] : [];
    }),
  );
}
