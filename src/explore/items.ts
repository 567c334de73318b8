// What is put into a queue, as a text: the same for the same item, and a fresh copy for everybody who gets it.
import { deserialize, serialize } from 'node:v8';
import { capture } from '../capture/capture';
import type { Captured } from '../capture/captured';
import { restore } from '../capture/restore/restore';
import type { World } from '../capture/restore/world';

let surroundings: { world: World; require: NodeJS.Require } | undefined;

export function openItemsIn(world: World, require: NodeJS.Require): void {
  surroundings = { world, require };
}

export function letItem(item: unknown): string {
  if (item === null || typeof item === 'boolean' || typeof item === 'string') return JSON.stringify(item);
  if (typeof item === 'number' && Number.isFinite(item)) return JSON.stringify(item);
  return `c${serialize(capture(item, { root: 'item' })).toString('latin1')}`;
}

export function openItem(text: string): unknown {
  if (!text.startsWith('c')) return JSON.parse(text);
  const { world, require } = surroundings as { world: World; require: NodeJS.Require };
  return restore(deserialize(Buffer.from(text.slice(1), 'latin1')) as Captured, require, world);
}

/** For people. */
export function showItem(text: string): string {
  return text.startsWith('c') ? 'an object' : text;
}
