// Where each process stands in its life at a moment: created, started, running, waiting, ended, joined. Pure.

import type { Trace, TracedProcess } from '../trace/record';
import { lanesOf } from './lanes';
import { namesOf, waitWords } from './words';

export const phases = ['created', 'started', 'running', 'waiting', 'ended', 'joined'] as const;
export type Phase = (typeof phases)[number];

export interface Life {
  readonly process: TracedProcess;
  /** How many generations below the main process. */
  readonly level: number;
  readonly phase: Phase;
  /** When each phase was reached first, of those that were. */
  readonly reached: ReadonlyMap<Phase, number | undefined>;
  /** All its waits together, on the clock of the trace. */
  readonly waited: number;
  /** What it waits for, in words. */
  readonly waitsFor?: string;
  readonly endedAt?: number;
}

/** Returns the lives of the processes that have begun. `at` left out: at the end of what is known. */
export function livesOf(trace: Trace, at?: number): Life[] {
  const lanes = lanesOf(trace);
  const now = at ?? lanes.to;
  const names = namesOf(trace.processes, trace.objects);
  const there = lanes.lanes.filter(({ from }) => from <= now);
  return there.map((lane): Life => {
    const { process, level } = lane;
    const reached = new Map<Phase, number | undefined>([['created', undefined]]);
    const { id } = process;
    const isMain = process.parent === undefined;
    reached.set('started', lane.from);
    const segments = lane.begun === undefined ? lane.segments : [...lane.segments, lane.begun];
    const until = segments.filter(({ from }) => from <= now);
    const waits = until.filter(({ state }) => state === 'waiting' || state === 'sleeping');
    const runs = until.find(({ state }) => state === 'running');
    if (runs !== undefined) reached.set('running', runs.from);
    if (waits[0] !== undefined) reached.set('waiting', waits[0].from);
    const waited = waits.reduce((sum, { from, to }) => sum + Math.min(to, now) - from, 0);
    const hasEnded = lane.end !== 'open' && lane.to <= now;
    if (hasEnded) {
      reached.set('ended', lane.to);
      const joined = lanes.joins.find(({ child, at: when }) => child === id && when <= now);
      if (joined !== undefined && !isMain) reached.set('joined', joined.at);
      const phase = joined === undefined || isMain ? 'ended' : 'joined';
      return { process, level, phase, reached, waited, endedAt: lane.to };
    }
    const current = until.at(-1);
    if (current?.state !== 'waiting' && current?.state !== 'sleeping') {
      return { process, level, phase: 'running', reached, waited };
    }
    // Which process has it at this moment, of all that had it while it was waited for.
    const heldBy = lanes.lanes
      .filter(({ holdings }) =>
        holdings.some(
          ({ object, from, to, isHeld }) =>
            object === current.object && from <= now && (now < to || isHeld === true),
        ),
      )
      .map(({ process: holder }) => holder.id);
    const waitsFor =
      current.state === 'sleeping' ? 'its alarm clock' : waitWords({ ...current, heldBy }, names, id);
    return { process, level, phase: 'waiting', reached, waited, waitsFor };
  });
}
