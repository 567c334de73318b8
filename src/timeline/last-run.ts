// What a timeline shows of a notebook in which many cells have run: the last that did something. Pure.
import type { Trace } from '../trace/record';

/** Returns when the last run began; undefined outside of a host. */
export function beginOfLastRun({ cells = [], events }: Trace): number | undefined {
  const found = cells.findLast((began, index) => {
    const ended = cells[index + 1] ?? Number.POSITIVE_INFINITY;
    return events.some(({ at }) => at >= began && at < ended);
  });
  return found && Math.max(0, found);
}
