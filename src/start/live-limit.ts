// A bound on the living processes of a program: a loop without end, or a function that starts itself, must
// not take the machine down.
import { totalmem } from 'node:os';
import { TooManyProcessesError } from '../errors';
import { header } from '../memory/layout';
import { programMemory } from '../memory/memory';
import { Mutex } from '../memory/mutex';
import { isAlive, slotsUsed } from '../memory/slots';
import { hasTask } from './child-task';

/** What a small child takes from the machine. */
const CHILD_BYTES = 64 * 2 ** 20;
const FEWEST = 32;
const MACHINE_BYTES = totalmem();
/** Leaves slots for the threads and the stock of every child. */
const MOST = 500;

/**
 * How many children of a program, and children of children, may be alive at once; PARLAB_MAX_PROCESSES says
 * another number.
 */
export function largestFamily(memoryBytes = MACHINE_BYTES): number {
  const asked = process.env.PARLAB_MAX_PROCESSES;
  if (asked !== undefined && /^\d+$/.test(asked)) return Number(asked);
  return Math.max(FEWEST, Math.min(MOST, Math.floor(memoryBytes / CHILD_BYTES)));
}

let mutex: Mutex | undefined;

/** One after the other in the whole program, so that no two take the last place. */
export function startWithinLimit<T>(processName: string, start: () => T): T {
  mutex ??= new Mutex(programMemory(), header.starts * 4);
  // A former holder that died inside has started a child or not: nothing to put right.
  mutex.lock();
  try {
    checkRoom(processName);
    return start();
  } finally {
    mutex.unlock();
  }
}

function checkRoom(processName: string): void {
  let living = 0;
  for (let slot = 0; slot < slotsUsed(); slot++) if (hasTask(slot) && isAlive(slot)) living++;
  if (living >= largestFamily()) throw new TooManyProcessesError(processName, living);
}
