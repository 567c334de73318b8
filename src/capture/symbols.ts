// Symbols: the registered and the well-known ones travel by name, any other as a new one with the same
// description.
import type { Node } from './captured';

const wellKnown = new Map<symbol, string>();
for (const name of Object.getOwnPropertyNames(Symbol)) {
  const value = (Symbol as unknown as Record<string, unknown>)[name];
  if (typeof value === 'symbol') wellKnown.set(value, name);
}

export function describeSymbol(value: symbol): Node {
  const name = wellKnown.get(value);
  if (name !== undefined) return { type: 'global', names: ['Symbol', name] };
  const key = Symbol.keyFor(value);
  return { type: 'symbol', registered: key !== undefined, description: key ?? value.description };
}
