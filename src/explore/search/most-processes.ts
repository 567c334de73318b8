// Processes that start processes without end: none of them is a loop, so they are counted.
import { ExplorationError } from '../../errors';
import type { Proc } from './states';

/** How many processes may stand inside each other. */
const DEEPEST = 100;
/** How many may be alive at once. */
const MOST_ALIVE = 1_000;

/** Is called before one more is started at `path`. */
export function checkCount(procs: readonly Proc[], path: string): void {
  if (path.split('.').length > DEEPEST) {
    throw new ExplorationError(
      `A process starts a process that starts one, and so on: ${DEEPEST} are inside each other, and the last one starts one more. ` +
        'Let one of them start none.',
    );
  }
  if (procs.length < MOST_ALIVE || procs.filter(({ ended }) => ended === undefined).length < MOST_ALIVE)
    return;
  throw new ExplorationError(
    `The program starts processes without end: ${MOST_ALIVE.toLocaleString('en')} are alive, and one more is started. Start fewer, or join some first.`,
  );
}
