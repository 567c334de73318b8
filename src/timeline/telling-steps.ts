// A run by steps as it is told to people: what every run has, starts and ends, is no step of its own. Pure.

import type { Trace, TraceEvent } from '../trace/record';

const ALWAYS_THERE: ReadonlySet<string> = new Set(['start', 'exit', 'joined']);

export type Tells = (event: TraceEvent) => boolean;

/** Whether an event says something about the order. A failure does, and so does a wait for a lock. */
export function isTelling({ kind, number, child }: TraceEvent): boolean {
  if (kind === 'wait') return child === undefined;
  return !ALWAYS_THERE.has(kind) || (number ?? 0) !== 0;
}

/**
 * Returns what is told of an order that has come to its end: where processes do nothing but begin and end,
 * that tells.
 */
export function tellingIn({ events }: Trace): Tells {
  return events.some(isTelling) || !events.some(({ kind }) => kind === 'start') ? isTelling : () => true;
}

/** The same run with a step for each event that tells, from 1 on. Others stand in the step that follows. */
export function tellingSteps(trace: Trace, tells: Tells = isTelling): Trace {
  const last = trace.events.filter(tells).length;
  let step = 0;
  const events = trace.events.map((event) => {
    if (tells(event)) step++;
    return { ...event, at: tells(event) ? step : Math.min(step + 1, last) };
  });
  return { ...trace, events };
}
