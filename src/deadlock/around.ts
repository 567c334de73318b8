// The other processes and threads as a thread sees them when it looks around: what each waits for, and who
// could bring it.

import { header } from '../memory/layout';
import { programMemory } from '../memory/memory';
import { hasDeadChild, isTagAlive } from '../memory/slots';
import { whoRefersTo } from '../objects/references';
import type { Subject } from '../objects/subject';
import type { Edge, Graph } from './deadlock';
import { isIdle } from './idle';
import { type ReadReport, readReport, type WaitReport } from './reports';

export interface Around {
  readonly graph: Graph;
  /** The reports of all that `graph` was asked about and that do nothing but wait. */
  readonly reports: ReadonlyMap<number, ReadReport>;
}

export function lookAround(): Around {
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
  return { graph, reports };
}

/** Whether a child of it has died, which will make its event loop turn. */
function mayLearn({ tag, isBlocking }: ReadReport): boolean {
  return !isBlocking && hasDeadChild(tag);
}

export function edgeOf(
  { id, what, subject, sinceMs, isBackground }: Omit<WaitReport, 'where'>,
  thread: number,
): Edge {
  return { id, sinceMs, canBeTold: !isBackground, isIdle: isIdle(what), ...helpersOf(subject, thread) };
}

const unknown = { helpers: undefined, owner: undefined };

function helpersOf(subject: Subject, waiter: number): Pick<Edge, 'helpers' | 'owner'> {
  switch (subject.type) {
    case 'end':
      // It has ended already: who waits will learn of it.
      return isTagAlive(subject.child) ? { helpers: [subject.child], owner: subject.child } : unknown;
    case 'work':
      return subject.workers.length > 0 && subject.workers.every(isTagAlive)
        ? { helpers: subject.workers, owner: undefined }
        : unknown;
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
      // A process that waits for what it took itself waits for a sign from another, and that may be the next
      // cell's.
      const host = owner === waiter ? undefined : i32[header.host];
      const others = helpers?.filter((tag) => tag !== host && tag !== owner);
      return { helpers: others && [owner, ...others], owner };
    }
    default:
      return subject satisfies never;
  }
}
