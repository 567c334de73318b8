// Symbols: the registered, the well-known and those that a module exports travel by name, any other with an
// id, by which every process of the program knows it again.
import { randomUUID } from 'node:crypto';
import type { Node } from './captured';
import { moduleOf } from './modules';

const wellKnown = new Map<symbol, string>();
for (const name of Object.getOwnPropertyNames(Symbol)) {
  const value = (Symbol as unknown as Record<string, unknown>)[name];
  if (typeof value === 'symbol') wellKnown.set(value, name);
}

const ids = new WeakMap<symbol, string>();
const known = new Map<string, WeakRef<symbol>>();
const collected = new FinalizationRegistry<string>((id) => {
  if (known.get(id)?.deref() === undefined) known.delete(id);
});

/** `givesIds`: else one that has no id travels as a new one with the same description. */
export function describeSymbol(value: symbol, givesIds: boolean): Node {
  const name = wellKnown.get(value);
  if (name !== undefined) return { type: 'global', names: ['Symbol', name] };
  const key = Symbol.keyFor(value);
  if (key !== undefined) return { type: 'symbol', registered: true, description: key };
  const place = moduleOf(value);
  if (place !== undefined) return { type: 'module', id: place.id, names: place.names };
  const id = ids.get(value) ?? (givesIds ? remember(value, newId()) : undefined);
  return {
    type: 'symbol',
    registered: false,
    description: value.description,
    ...(id !== undefined && { id }),
  };
}

/** The one that this process knows by the id, or a new one. */
export function symbolOf(id: string | undefined, description: string | undefined): symbol {
  if (id === undefined) return Symbol(description);
  const here = known.get(id)?.deref();
  if (here !== undefined) return here;
  const made = Symbol(description);
  remember(made, id);
  return made;
}

/** Without a stock, which forked processes would have in common. */
function newId(): string {
  return randomUUID({ disableEntropyCache: true });
}

function remember(value: symbol, id: string): string {
  ids.set(value, id);
  known.set(id, new WeakRef(value));
  collected.register(value, id);
  return id;
}
