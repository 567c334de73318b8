// What a process waits for, in one sentence that follows the way from each to the next. Pure.

import type { HangWait, Standstill } from './hang';
import { doing, listed, nameOf, placeTaken, ways } from './hang-sentence';

/** 'Ada waits for the end of Bob (Cell 5, line 3), which waits in Queue.get() for jobs (Cell 4, line 2).' */
export function waitChain(standstill: Standstill): string {
  return `${nameOf(standstill, 0)} ${follow(standstill, 0, new Set())}.`;
}

function follow(standstill: Standstill, process: number, seen: Set<number>): string {
  seen.add(process);
  const waits = standstill.waits.filter((wait) => wait.process === process);
  if (waits.length === 0) return doing(standstill, process);
  return `waits ${listed(ways(standstill, waits, (wait) => next(standstill, wait, seen)))}`;
}

/** The process that is waited for, and what it does. */
function next(standstill: Standstill, { for: subject }: HangWait, seen: Set<number>): string {
  if ('end' in subject) {
    return seen.has(subject.end) ? '' : `, which ${follow(standstill, subject.end, seen)}`;
  }
  const owner = standstill.holds.find(({ object }) => object === subject.object)?.process;
  if (owner === undefined) return '';
  const name = nameOf(standstill, owner);
  const since = placeTaken(standstill, owner, subject.object);
  const then = seen.has(owner) ? '' : `, which ${follow(standstill, owner, seen)}`;
  return `, held by ${name}${since}${then}`;
}
