// Some items of a call, on their way to a worker, in its hand, or back. Pure.
import type { Call } from './call';
import { type Values, valuesBetween } from './conversation';

export interface Chunk {
  readonly call: Call;
  /** Which item of the call is its first. */
  readonly first: number;
  readonly items: Values;
}

/** Its items from place `from` up to `to`. */
export function part({ call, first, items }: Chunk, from: number, to = items.length): Chunk {
  return { call, first: first + from, items: valuesBetween(items, from, to) };
}

export function singly(chunk: Chunk): Chunk[] {
  return Array.from(chunk.items, (_item, place) => part(chunk, place, place + 1));
}
