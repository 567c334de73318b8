// Looks for a deadlock that this thread is a part of, through the reports of all who wait. What is read is
// read while they go on, so a deadlock counts only when it is seen again and again, and each of its members
// has looked in between: then nothing can have come that was merely not noticed yet.
import { header } from '../memory/layout';
import { programMemory } from '../memory/memory';
import { Mutex } from '../memory/mutex';
import { isTagAlive, ownerTag } from '../memory/slots';
import { lookAround } from './around';
import { type Deadlock, findDeadlock } from './deadlock';
import { DeadlockError } from './deadlock-error';
import { hangOf } from './hang-kind';
import { type ReadReport, sequenceOf, withdraw } from './reports';
import { standstillOfDeadlock } from './standstill-of';

interface Sight {
  readonly deadlock: Deadlock;
  readonly reports: ReadonlyMap<number, ReadReport>;
}

export class DeadlockSearch {
  #first: Sight | undefined;
  #second: Sight | undefined;
  #mutex: Mutex | undefined;

  /**
   * Returns the wait of this thread that is to end, and the error that says why; its report is withdrawn
   * then. To be called no more often than waits look for what the dead have left: looks are counted from the
   * second sight on, and one of them must have been for that, which not every look is.
   */
  find(): { id: number; error: DeadlockError } | undefined {
    const sight = look();
    if (sight === undefined || this.#first === undefined || !isSame(sight, this.#first)) {
      this.#first = sight;
      this.#second = undefined;
      return undefined;
    }
    this.#second ??= sight;
    if (!hasEverybodyLooked(sight, this.#second) || sight.deadlock.thread !== ownerTag()) return undefined;
    return this.#end(sight);
  }

  // Under a mutex, so that of several who may be told, the first changes what the others see.
  #end(sight: Sight): { id: number; error: DeadlockError } | undefined {
    this.#mutex ??= new Mutex(programMemory(), header.deadlocks * 4);
    this.#mutex.lock();
    try {
      const again = look();
      if (again === undefined || !isSame(again, sight)) return undefined;
      withdraw();
    } finally {
      this.#mutex.unlock();
    }
    this.#first = undefined;
    this.#second = undefined;
    const { deadlock, reports } = sight;
    return { id: deadlock.id, error: new DeadlockError(hangOf(standstillOfDeadlock(deadlock, reports))) };
  }
}

function look(): Sight | undefined {
  const { graph, reports } = lookAround();
  const deadlock = findDeadlock(graph, ownerTag());
  if (deadlock === undefined) return undefined;
  // If none of them has looked since its report was read, all of them slept at this moment.
  for (const thread of deadlock.members) {
    if (!isTagAlive(thread) || sequenceOf(thread) !== reports.get(thread)?.sequence) return undefined;
  }
  return { deadlock, reports };
}

/** The same threads in the same waits, without having gone on in between. */
function isSame(one: Sight, other: Sight): boolean {
  const { members, thread, id } = one.deadlock;
  if (thread !== other.deadlock.thread || id !== other.deadlock.id) return false;
  if (members.size !== other.deadlock.members.size) return false;
  for (const member of members) {
    if (one.reports.get(member)?.edition !== other.reports.get(member)?.edition) return false;
  }
  return true;
}

function hasEverybodyLooked(later: Sight, earlier: Sight): boolean {
  for (const member of later.deadlock.members) {
    const before = earlier.reports.get(member)?.sequence ?? 0;
    const after = later.reports.get(member)?.sequence ?? 0;
    if (((after - before) | 0) < 2) return false;
  }
  return true;
}
