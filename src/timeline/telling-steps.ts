// A run by steps as it is told to people: what every run has, starts and ends, is no step of its own. Pure.

import type { Trace, TraceEvent } from '../trace/record';

const ALWAYS_THERE: ReadonlySet<string> = new Set(['start', 'exit', 'joined']);

/** Whether an event says something about the order. A failure does, and so does a wait for a lock. */
export function isTelling({ kind, number, child }: TraceEvent): boolean {
  if (kind === 'wait') return child === undefined;
  return !ALWAYS_THERE.has(kind) || (number ?? 0) !== 0;
}

/** The same run with a step for each event that tells, from 1 on. Others stand in the step that follows. */
export function tellingSteps(trace: Trace): Trace {
  const last = trace.events.filter(isTelling).length;
  let step = 0;
  const events = trace.events.map((event) => {
    if (isTelling(event)) step++;
    return { ...event, at: isTelling(event) ? step : Math.min(step + 1, last) };
  });
  return { ...trace, events };
}
