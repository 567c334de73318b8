// A queue, as a value: its items as texts, and how many of them are still being worked on.
import { failed, type Rules } from './rule';

/** `unfinished` is null for a queue that does not count that. */
type Contents = readonly [maxsize: number, unfinished: number | null, ...items: string[]];

export const UNBOUNDED = 2 ** 31 - 1;

export function contents(
  maxsize: number,
  countsWork: boolean,
  items: readonly string[] = [],
  unfinished = items.length,
): Contents {
  return [maxsize > 0 ? maxsize : UNBOUNDED, countsWork ? unfinished : null, ...items];
}

export const queue: Rules = {
  put: ([maxsize, unfinished, ...items]: Contents, { args: [item] }) =>
    items.length >= maxsize
      ? undefined
      : { value: [maxsize, unfinished === null ? null : unfinished + 1, ...items, item] },
  get: ([maxsize, unfinished, ...items]: Contents) =>
    items.length === 0
      ? undefined
      : { value: [maxsize, unfinished, ...items.slice(1)], result: items[0] as string },
  qsize: (value: Contents) => ({ result: value.length - 2 }),
  taskDone: ([maxsize, unfinished, ...items]: Contents) =>
    unfinished ? { value: [maxsize, unfinished - 1, ...items] } : { result: failed('TooManyDoneError') },
  joined: ([, unfinished]: Contents) => (unfinished ? undefined : { result: true }),
};
