// What is put into a queue, as a text: the same for the same item, and a fresh copy for everybody who gets
// it.

import { inspect } from 'node:util';
import { deserialize, serialize } from 'node:v8';
import { capture } from '../capture/capture';
import type { Captured } from '../capture/captured';
import { beginWriting, written } from '../channel/byte-writer';
import { readValue } from '../channel/read-value';
import { writeValue } from '../channel/write-value';
import type { Handle } from '../objects/handle';
import { type Plain, perform, runner } from './operations';

// The first letter: JSON has none of these two.
const PLAIN = 'P';
const CAPTURED = 'C';

/** `isLent`: the ends of pipes in it are on their way from now on. */
export function letItem(item: unknown, isLent = false): string {
  if (item === null || typeof item === 'boolean' || typeof item === 'string') return JSON.stringify(item);
  if (typeof item === 'number' && Number.isFinite(item) && !Object.is(item, -0)) return JSON.stringify(item);
  beginWriting();
  if (writeValue(item)) return PLAIN + Buffer.from(written()).toString('latin1');
  const captured = capture(item, { root: 'item', givesIds: false });
  if (isLent) for (const [pipe, side] of endsIn(captured)) perform('lend', pipe, [side, 1]);
  return CAPTURED + serialize(captured).toString('latin1');
}

/** `isReceived`: the ends of pipes in it are ours from now on. */
export function openItem(text: string, isReceived = false): unknown {
  if (text.startsWith(PLAIN)) return readValue(bytesOf(text), 0);
  if (!text.startsWith(CAPTURED)) return JSON.parse(text);
  const captured = deserialize(bytesOf(text)) as Captured;
  const { path, things } = runner();
  if (isReceived) {
    for (const [pipe, side] of endsIn(captured)) {
      perform('hold', pipe, [side, path]);
      perform('lend', pipe, [side, -1]);
    }
  }
  return things.restore(captured);
}

/** How an item is shown that is no plain data. */
export const UNTOLD = 'an object';

/** Shows an item to people. */
export function showItem(text: string): string {
  if (text.startsWith(CAPTURED)) return UNTOLD;
  if (!text.startsWith(PLAIN)) return text;
  return inspect(readValue(bytesOf(text), 0), { breakLength: Number.POSITIVE_INFINITY, depth: 2 });
}

/** The real things that travel with an item. */
export function handlesIn(text: string): Handle[] {
  if (!text.startsWith(CAPTURED)) return [];
  const { nodes } = deserialize(bytesOf(text)) as Captured;
  return nodes.flatMap((node) => (node.type === 'handle' ? [node.handle] : []));
}

/** The ends of pipes that travel with a capture. */
export function endsIn({ nodes }: Captured): [pipe: number, side: Plain][] {
  return nodes.flatMap((node) =>
    node.type === 'handle' && node.handle.kind === 'explored' && node.handle.type === 'pipe-end'
      ? [[Number(node.handle.index), Number(node.handle.side)]]
      : [],
  );
}

function bytesOf(text: string): Buffer {
  return Buffer.from(text.slice(1), 'latin1');
}
