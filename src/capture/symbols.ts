// Symbols: the registered, the well-known and those of a module travel by name, any other with an id, by
// which every process of the program knows it again.
import type { Node } from './captured';
import { Identities } from './identities';
import { symbolInside } from './module-insides';
import { moduleOf } from './modules';
import type { Path } from './path';

const wellKnown = new Map<symbol, string>();
for (const name of Object.getOwnPropertyNames(Symbol)) {
  const value = (Symbol as unknown as Record<string, unknown>)[name];
  if (typeof value === 'symbol') wellKnown.set(value, name);
}

/** A way may be 200,000 steps long, and have a symbol at each. */
const MOST_HOLDERS = 5;
const identities = new Identities<symbol>();

/** `givesIds`: else one that has no id travels as a new one with the same description. */
export function describeSymbol(value: symbol, path: Path, givesIds: boolean): Node {
  const name = wellKnown.get(value);
  if (name !== undefined) return { type: 'global', names: ['Symbol', name] };
  const key = Symbol.keyFor(value);
  if (key !== undefined) return { type: 'symbol', registered: true, description: key };
  const place = moduleOf(value);
  if (place !== undefined) return { type: 'module', id: place.id, names: place.names };
  const inside = symbolInside(value, path.holders(MOST_HOLDERS));
  if (inside !== undefined) return { type: 'module-inside', ...inside };
  const id = givesIds ? identities.identify(value) : identities.idOf(value);
  return {
    type: 'symbol',
    registered: false,
    description: value.description,
    ...(id !== undefined && { id }),
  };
}

/** The one that this process knows by the id, or a new one. */
export function symbolOf(id: string | undefined, description: string | undefined): symbol {
  const here = id && identities.known(id);
  if (typeof here === 'symbol') return here;
  const made = Symbol(description);
  if (id !== undefined) identities.remember(made, id);
  return made;
}
