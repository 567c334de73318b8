// A run by steps as it is told to people: what every run has, starts and ends, is no step of its own. Pure.

import type { Trace, TraceEvent } from '../trace/record';

const ALWAYS_THERE: ReadonlySet<string> = new Set(['start', 'exit', 'joined']);

/** Those that say something about the order; where none does, all that happened is told. */
export function tellingEvents({ events }: Trace): readonly TraceEvent[] {
  const telling = events.filter(isTelling);
  return telling.length === 0 ? events : telling;
}

/** A failure does, and so does a wait for a lock. */
export function isTelling({ kind, number, child }: TraceEvent): boolean {
  if (kind === 'wait') return child === undefined;
  return !ALWAYS_THERE.has(kind) || (number ?? 0) !== 0;
}

/** The same run with a step for each event that tells, from 1 on. Others stand in the step that follows. */
export function tellingSteps(trace: Trace): Trace {
  const telling = new Set(tellingEvents(trace));
  const last = telling.size;
  let step = 0;
  const events = trace.events.map((event) => {
    if (telling.has(event)) step++;
    return { ...event, at: telling.has(event) ? step : Math.min(step + 1, last) };
  });
  return { ...trace, events };
}
