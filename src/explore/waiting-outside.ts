// Who waits outside of the program for what the program uses, and would take some of it: in a real run an item
// may be theirs, or a lock, or a notification. Of waits that have only just begun nothing is known.
import { type ReadReport, readReport } from '../deadlock/reports';
import { currentSlot, isAlive, slotsUsed, tagOf, whoIs } from '../memory/slots';
import { refusal } from './faces/refusal';

/** Those of all that end with something that nobody else gets. */
const TAKING = /\.(acquire|with|get|put|recv|send|wait|waitFor)(Sync)?\(\)$/;
/** An event is there for all who wait for it. */
const SHARED: ReadonlySet<string> = new Set(['Event']);

/** Of a thing that lies there: an error that says who waits for it. */
export function refuseWaiters(offset: number, kind: string): void {
  if (SHARED.has(kind)) return;
  for (const { tag, waits } of reportsOfOthers()) {
    const wait = waits.find(({ subject, what }) => {
      return subject.type === 'object' && subject.offset === offset && TAKING.test(what);
    });
    if (wait === undefined) continue;
    throw refusal(`a ${kind} for which ${whoIs(tag).name} waits in ${wait.what}`, 'end that wait before');
  }
}

function* reportsOfOthers(): Iterable<ReadReport> {
  for (let slot = 0; slot < slotsUsed(); slot++) {
    const report = slot !== currentSlot() && isAlive(slot) ? readReport(tagOf(slot)) : undefined;
    if (report !== undefined) yield report;
  }
}
