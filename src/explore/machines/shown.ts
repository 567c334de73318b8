// What a thing is at a moment, in words: 'free', '3 items: 1, 2, 3', '7'.
import { counted } from '../../system/counted';
import type { Plain } from '../operations';
import { cellAt, sizeOfCell } from './memory';

type Show = (value: never, show: Showing) => string;

export interface Showing {
  /** Returns the name of a process, by its path. */
  nameOf(path: string): string;
  /** Shows an item of a queue, by its text. */
  showItem(text: string): string;
  /** The kind of array as which memory was made. */
  readonly view?: string | undefined;
}

const MOST_SHOWN = 8;

function listed(texts: readonly string[]): string {
  const shown = texts.slice(0, MOST_SHOWN).join(', ');
  return texts.length > MOST_SHOWN ? `${shown} …` : shown;
}

const shows: Record<string, Show> = {
  lock: (owner: string | null, { nameOf }) => (owner === null ? 'free' : `held by ${nameOf(owner)}`),
  semaphore: ([free]: [number]) => `${counted(free, 'permit')} free`,
  event: (changes: number) => (changes % 2 === 1 ? 'set' : 'not set'),
  condition: ([waiting, notified]: [string[], number]) =>
    `${waiting.length} waiting${notified === 0 ? '' : `, ${notified} notified`}`,
  barrier: ({ parties, here, broken }: { parties: number; here: string[]; broken: unknown }) =>
    broken === null ? `${here.length} of ${parties} here` : 'broken',
  queue: ([, , ...items]: [number, number, ...string[]], { showItem }) =>
    items.length === 0 ? 'empty' : `${counted(items.length, 'item')}: ${listed(items.map(showItem))}`,
  pipe: ([[one, other]]: [[string[], string[]]], { showItem }) => {
    const items = [...one, ...other];
    return items.length === 0 ? 'empty' : `${counted(items.length, 'item')}: ${listed(items.map(showItem))}`;
  },
  memory: (bytes: string, { view = 'Uint8Array' }) => {
    const size = sizeOfCell(view);
    const count = Math.min(bytes.length / size, MOST_SHOWN + 1);
    return listed(Array.from({ length: count }, (_, at) => String(cellAt(bytes, view, at * size))));
  },
  list: (items: [string, Plain][]) => listed(items.map(([, cell]) => String(cell))),
  names: (names: Record<string, unknown>) => listed(Object.keys(names)),
  pool: ({ left, taken }: { left: unknown[]; taken: object }) =>
    `${left.length} to do, ${Object.keys(taken).length} in hand`,
};

export function shown(machine: string, value: unknown, showing: Showing): string {
  return shows[machine]?.(value as never, showing) ?? '';
}
