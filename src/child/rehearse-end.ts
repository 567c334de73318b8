// Goes the way to the end of a process, all but the last step, so that V8 has compiled it before children are
// forked: in each of them that would take longer than most ends.
import type { LoopEnd } from '../system/dry-loop';
import { endWhenDry } from './end-when-dry';

/** What Node does not declare. */
interface Internals {
  _exiting: boolean;
  reallyExit(exitcode?: number): void;
  /** Runs what nextTick() and promises have planned, as at the end of every callback. */
  _tickCallback(): void;
  noDeprecation?: boolean;
}

/** Is to be called once, before an end of the process matters. */
export function rehearseEnd(dryLoop: (instead: LoopEnd) => void): void {
  const internals = process as unknown as Internals;
  const { reallyExit, noDeprecation = false } = internals;
  internals.reallyExit = () => {};
  // Deprecations are not told: some of these would be.
  internals.noDeprecation = true;
  try {
    dryLoop(endWhenDry);
    internals._tickCallback();
  } finally {
    internals.noDeprecation = noDeprecation;
    internals.reallyExit = reallyExit;
    internals._exiting = false;
    process.exitCode = undefined;
  }
}
