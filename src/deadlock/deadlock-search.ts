// Looks for a deadlock that this thread is a part of, through the reports of all who wait. What is read is
// read while they go on, so a deadlock counts only when it is seen again and again, and each of its members
// has looked in between: then nothing can have come that was merely not noticed yet.
import { DeadlockError } from '../errors';
import { header } from '../memory/layout';
import { programMemory } from '../memory/memory';
import { Mutex } from '../memory/mutex';
import { currentTag, hasDeadChild, isTagAlive, whoIs } from '../memory/slots';
import { nameOfObject, whoRefersTo } from '../objects/references';
import type { Subject } from '../objects/subject';
import { type Deadlock, type Edge, findDeadlock } from './deadlock';
import { deadlockSentence, type Names } from './deadlock-sentence';
import { type ReadReport, readReport, sequenceOf, type WaitReport, withdraw } from './reports';

interface Sight {
  readonly deadlock: Deadlock;
  readonly reports: ReadonlyMap<number, ReadReport>;
}

export class DeadlockSearch {
  #first: Sight | undefined;
  #second: Sight | undefined;
  #mutex: Mutex | undefined;

  /**
   * The wait of this thread that is to end, and the error that says why. Its report is withdrawn then. To be
   * called no more often than waits look for what the dead have left, which not every look does: it is the
   * second sight that counts from.
   */
  find(): { id: number; error: DeadlockError } | undefined {
    const sight = lookAround();
    if (sight === undefined || this.#first === undefined || !isSame(sight, this.#first)) {
      this.#first = sight;
      this.#second = undefined;
      return undefined;
    }
    this.#second ??= sight;
    if (!hasEverybodyLooked(sight, this.#second) || sight.deadlock.thread !== currentTag()) return undefined;
    return this.#end(sight);
  }

  // One after the other, so that of several who may be told, the first changes what the others see.
  #end(sight: Sight): { id: number; error: DeadlockError } | undefined {
    this.#mutex ??= new Mutex(programMemory(), header.deadlocks * 4);
    this.#mutex.lock();
    try {
      const again = lookAround();
      if (again === undefined || !isSame(again, sight)) return undefined;
      withdraw();
    } finally {
      this.#mutex.unlock();
    }
    this.#first = undefined;
    this.#second = undefined;
    const { deadlock, reports } = sight;
    return { id: deadlock.id, error: new DeadlockError(deadlockSentence(deadlock, reports, names)) };
  }
}

function lookAround(): Sight | undefined {
  const reports = new Map<number, ReadReport>();
  const edges = new Map<number, readonly Edge[] | undefined>();
  const graph = (thread: number) => {
    if (edges.has(thread)) return edges.get(thread);
    const report = readReport(thread);
    if (report !== undefined) reports.set(thread, report);
    const found = report && mayLearn(report) ? undefined : report?.waits.map((wait) => edgeOf(wait, thread));
    edges.set(thread, found);
    return found;
  };
  const deadlock = findDeadlock(graph, currentTag());
  if (deadlock === undefined) return undefined;
  // Until here all of them slept at the same time, if none has looked since it was read.
  for (const thread of deadlock.members) {
    if (!isTagAlive(thread) || sequenceOf(thread) !== reports.get(thread)?.sequence) return undefined;
  }
  return { deadlock, reports };
}

/** Whether a child of it has died, which will make its event loop turn. */
function mayLearn({ tag, isBlocking }: ReadReport): boolean {
  return !isBlocking && hasDeadChild(tag);
}

function edgeOf({ id, subject, sinceMs, isBackground }: WaitReport, thread: number): Edge {
  return { id, sinceMs, canBeTold: !isBackground, ...helpersOf(subject, thread) };
}

const names: Names = {
  thread: (tag) => whoIs(tag).name,
  object: ({ offset, kind }) => nameOfObject(offset, kind),
};

const unknown = { helpers: undefined, owner: undefined };

function helpersOf(subject: Subject, waiter: number): Pick<Edge, 'helpers' | 'owner'> {
  switch (subject.type) {
    case 'end':
      // It has ended already: who waits will learn of it.
      return isTagAlive(subject.child) ? { helpers: [subject.child], owner: subject.child } : unknown;
    case 'object': {
      const { offset, through = offset, pins = 0, owned } = subject;
      const helpers = whoRefersTo(through, pins);
      if (owned === undefined) return { helpers, owner: undefined };
      const { i32 } = programMemory();
      const owner = Atomics.load(i32, owned.at);
      if (owner === 0 || !isTagAlive(owner)) return unknown;
      if (owned.byOwner === true || Atomics.load(i32, owned.byOwner.at) === owner) {
        return { helpers: [owner], owner };
      }
      // Who waits for what it took itself waits for a sign from somebody, and that may be the next cell's.
      const host = owner === waiter ? undefined : i32[header.host];
      const others = helpers?.filter((tag) => tag !== host && tag !== owner);
      return { helpers: others && [owner, ...others], owner };
    }
    default:
      return subject satisfies never;
  }
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
