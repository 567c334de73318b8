// Ends a child as soon as its 'exit' listeners have run. What Node would still take down, the kernel takes
// down faster, and in a forked child Node would wait for threads that are not there. All that a child writes
// by then is written.

import { myIdentity } from '../identity/identity';
import { exitNow } from '../system/process-calls';
import { tellUncaught } from './uncaught';

/** What Node does not declare. */
interface Internals {
  reallyExit(exitcode?: number): never;
  _exiting?: boolean;
  emit(event: string, ...args: unknown[]): boolean;
}

export function endAtOnce(): void {
  const internals = process as unknown as Internals;
  const emit = internals.emit;
  internals.reallyExit = (exitcode) => exitNow(exitcode ?? 0);
  internals.emit = function (this: unknown, event, ...args) {
    const isHeard: boolean = Reflect.apply(emit, this, [event, ...args]);
    // Node tells of it itself where there is no listener, but only after the 'exit' event.
    if (event === 'uncaughtException' && !isHeard) tellUncaught(myIdentity().name, args[0]);
    if (event === 'exit' && internals._exiting) exitNow(Number(process.exitCode ?? args[0] ?? 0));
    return isHeard;
  };
}
