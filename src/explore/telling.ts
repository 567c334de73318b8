// What can be told outside of a process of the values and errors in it.
import { inspect, types } from 'node:util';
import { DeadlockError } from '../deadlock/deadlock-error';
import { ExplorationError } from '../errors';
import { placeIn } from '../system/call-site';

/** Whether explore() itself says that it cannot go on, which is no failure of the program. */
export function isOfExplore(error: unknown): error is ExplorationError {
  // A Proxy that was revoked cannot be asked.
  return !types.isProxy(error) && error instanceof ExplorationError;
}

/** The words for what cannot be read: a Proxy that was revoked, an error whose message throws. */
function wordsWithoutReading(error: unknown): string {
  try {
    return inspect(error, { customInspect: false });
  } catch {
    return 'something that cannot be shown';
  }
}

/** 'TypeError: nothing there (Cell 1, line 3)' */
export function wordsOf(error: unknown): string {
  try {
    if (!(error instanceof Error)) return inspect(error);
    // The sentence of a standstill names its lines itself.
    const place = error instanceof DeadlockError ? undefined : placeIn(String(error.stack));
    return `${error.name}: ${error.message}${place === undefined ? '' : ` (${place})`}`;
  } catch {
    return wordsWithoutReading(error);
  }
}
