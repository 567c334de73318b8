// What waits outside of the program for what the program uses, and would take some of it: in a real run an
// item may be theirs, or a lock, or a notification.
import { whoWaitsFor } from '../deadlock/who-waits';
import { refusal } from './faces/refusal';

/** The operations that end with something that no other process gets. */
const TAKING = /\.(acquire|with|get|put|recv|send|wait|waitFor)(Sync)?\(\)$/;
/** An event is there for all who wait for it. */
const SHARED: ReadonlySet<string> = new Set(['Event']);

/** Refuses a thing that lies there, by an error that says who waits for it. */
export function refuseWaiters(offset: number, kind: string): void {
  if (SHARED.has(kind)) return;
  for (const { name, what } of whoWaitsFor(offset)) {
    if (TAKING.test(what))
      throw refusal(`a ${kind} for which ${name} waits in ${what}`, 'end that wait before');
  }
}
