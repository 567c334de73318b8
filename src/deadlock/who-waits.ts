// Which threads wait for a thing, of all but this one, as far as they have written it down: a wait that has
// only just begun is not known.
import { currentSlot, isAlive, slotsUsed, tagOf, whoIs } from '../memory/slots';
import { readReport } from './reports';

interface Waiter {
  /** The name of the process. */
  readonly name: string;
  /** 'Lock.acquire()' */
  readonly what: string;
}

/** Gives the waits for the thing that lies there. */
export function* whoWaitsFor(offset: number): Iterable<Waiter> {
  for (let slot = 0; slot < slotsUsed(); slot++) {
    if (slot === currentSlot() || !isAlive(slot)) continue;
    const tag = tagOf(slot);
    for (const { subject, what } of readReport(tag)?.waits ?? []) {
      if (subject.type === 'object' && subject.offset === offset) yield { name: whoIs(tag).name, what };
    }
  }
}
