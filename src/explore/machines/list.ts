// A ShareableList, as a value: its items as plain data, each with its room in bytes.
import type { Plain } from '../operations';
import { failed, type Rules } from './rule';

export type ListItem = readonly [kind: string, cell: Plain, room: number];
type Items = readonly ListItem[];

export const list: Rules = {
  getItem: (items: Items, { args: [index] }) => ({ result: (items[Number(index)] as ListItem).slice(0, 2) }),
  setItem: (items: Items, { args: [index, given, kind, cell, size, shown] }) => {
    const room = items[Number(index)]?.[2] ?? 0;
    if (Number(size) > room) {
      return { result: failed('InvalidArgumentError', `item ${given}`, `at most ${room} bytes long`, shown) };
    }
    return { value: items.with(Number(index), [String(kind), cell, room]) };
  },
};
