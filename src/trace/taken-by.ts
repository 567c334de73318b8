// Where a process took what it has, as the trace tells of it: also of one that neither waits nor has said so.

import { programMemory } from '../memory/memory';
import { area } from './area';
import { placeText } from './places';
import { ACQUIRE, IS_PROCESS, KIND_MASK, PLACE_SHIFT } from './points';
import { processRows, processWord } from './processes';
import { readRing } from './read-ring';
import type { Traced } from './traced';

/** 'Cell 5, line 3'; undefined if its last use of the thing was no taking, or was not told. */
export function tracedTaking(tag: number, thing: Traced): string | undefined {
  const tables = area();
  const number = thing.knownNumber;
  if (tables === 0 || number === undefined) return undefined;
  const { i32 } = programMemory();
  const row = processRows(tables).find((each) => i32[each + processWord.tag] === tag);
  if (row === undefined) return undefined;
  const last = readRing(row).findLast(({ head, subject }) => subject === number && (head & IS_PROCESS) === 0);
  if (last === undefined || (last.head & KIND_MASK) !== ACQUIRE) return undefined;
  return placeText(tables, last.head >>> PLACE_SHIFT)?.replace(/:(\d+)$/, ', line $1');
}
