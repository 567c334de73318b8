// Where each process stands in its life at a moment: created, started, running, waiting, ended, joined. Pure.

import type { Trace, TracedProcess } from '../trace/record';
import { type Lane, type Lanes, lanesOf } from './lanes';
import { type Names, namesOf, waitWords } from './words';

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
  return lanes.lanes.filter(({ from }) => from <= now).map((lane) => lifeOf(lane, lanes, now, names));
}

function lifeOf(lane: Lane, lanes: Lanes, now: number, names: Names): Life {
  const { process, level } = lane;
  const reached = new Map<Phase, number | undefined>([
    ['created', undefined],
    ['started', lane.from],
  ]);
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
    const isMain = process.parent === undefined;
    const joined = isMain
      ? undefined
      : lanes.joins.find(({ child, at }) => child === process.id && at <= now);
    if (joined !== undefined) reached.set('joined', joined.at);
    const phase = joined === undefined ? 'ended' : 'joined';
    return { process, level, phase, reached, waited, endedAt: lane.to };
  }
  const current = until.at(-1);
  if (current?.state !== 'waiting' && current?.state !== 'sleeping') {
    return { process, level, phase: 'running', reached, waited };
  }
  // Who has it at this moment, of all that had it while it was waited for.
  const heldBy = holdersAt(now, lanes, current.object);
  const waitsFor =
    current.state === 'sleeping' ? 'its alarm clock' : waitWords({ ...current, heldBy }, names, process.id);
  return { process, level, phase: 'waiting', reached, waited, waitsFor };
}

/** Returns the ids of the processes that hold the object at a moment. */
function holdersAt(now: number, { lanes }: Lanes, object: number | undefined): number[] {
  return lanes
    .filter(({ holdings }) =>
      holdings.some((held) => held.object === object && held.from <= now && (now < held.to || held.isHeld)),
    )
    .map(({ process }) => process.id);
}
