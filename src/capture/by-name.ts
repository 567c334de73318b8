// What travels by name, because the other process has it or can load it.
import type { Node } from './captured';
import { globalNameOf } from './globals';
import { moduleOf } from './modules';

export function describeByName(value: object): Node | undefined {
  const names = globalNameOf(value);
  if (names !== undefined) return { type: 'global', names };
  const place = moduleOf(value);
  return place && { type: 'module', id: place.id, names: place.names };
}

export function describesByName(value: object): boolean {
  return describeByName(value) !== undefined;
}
