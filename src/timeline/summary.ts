// What a timeline says about itself in a few sentences: its title, what cannot be seen at once, what was
// forgotten.

import type { Trace } from '../trace/record';
import { columnsOf } from './columns';
import type { Captions } from './draw-timeline';
import type { Lane, Lanes } from './lanes';
import { legible } from './svg';
import { counted, durationOf, endOf, listed, momentOf, type Names, namesOf } from './words';

export function captionsOf(trace: Trace, lanes: Lanes): Captions {
  const names = namesOf(lanes.processes, lanes.objects);
  return {
    title: titleOf(lanes),
    description: [...lanes.lanes.map((lane) => summaryOf(lane, lanes, names)), orderOf(trace, lanes, names)]
      .filter((sentence) => sentence !== '')
      .join(' '),
    lost: notesOf(lanes),
  };
}

/** '11 processes in 138 ms', '3 processes in 8 steps'. */
export function titleOf(lanes: Lanes): string {
  const { from, to, clock, lanes: all } = lanes;
  if (all.length === 0)
    return `Timeline: nothing ${lanes.leftOut === undefined ? 'has happened yet' : 'is shown'}`;
  const who = counted(all.length, 'process', 'processes');
  const window =
    from > 0 && clock === 'ms' ? `, from ${momentOf(from, clock)} to ${momentOf(to, clock)}` : '';
  return `Timeline: ${who} in ${durationOf(to - from, clock)}${window}`;
}

/** What is not to be seen: left out, or forgotten. */
export function notesOf(lanes: Lanes): string {
  return [lanes.leftOut ?? '', lostOf(lanes)].filter((note) => note !== '').join(' ');
}

export function lostOf({ lost }: Lanes): string {
  if (lost === 0) return '';
  const are = lost === 1 ? 'is' : 'are';
  return `${counted(lost, 'event')} ${are} missing: there was no room for so many.`;
}

/** 'Ada, process 4201, from 4 ms to 27 ms: runs for 11 ms, waits for 3 ms, holds Lock-1 for 12 ms, ended.' */
export function summaryOf(lane: Lane, { clock }: Lanes, names: Names): string {
  const { name, pid, exitcode } = lane.process;
  const total = (state: string): number =>
    lane.segments.filter((each) => each.state === state).reduce((sum, { from, to }) => sum + to - from, 0);
  const parts: string[] = [];
  const verbs = { running: 'runs', ready: 'is ready', waiting: 'waits', sleeping: 'sleeps' } as const;
  for (const [state, verb] of Object.entries(verbs)) {
    if (total(state) > 0) parts.push(`${verb} for ${durationOf(total(state), clock)}`);
  }
  const held = new Map<number, number>();
  for (const { object, from, to } of lane.holdings) held.set(object, (held.get(object) ?? 0) + to - from);
  for (const [object, length] of [...held].slice(0, 4)) {
    parts.push(`holds ${names.object(object)} for ${durationOf(length, clock)}`);
  }
  const printed = lane.marks.filter(({ kind }) => kind === 'print').length;
  if (printed > 0) parts.push(`prints ${counted(printed, 'time')}`);
  parts.push(lane.end === 'open' ? 'has not ended' : endOf(exitcode));
  const who = `${legible(name)}${pid === undefined ? '' : `, process ${pid}`}`;
  return `${who}, from ${momentOf(lane.from, clock)} to ${momentOf(lane.to, clock)}: ${parts.join(', ')}.`;
}

/** Says which process moves in a run by steps: 'Order: A B B A.' */
function orderOf(trace: Trace, lanes: Lanes, names: Names): string {
  if (lanes.clock === 'ms') return '';
  const movers = columnsOf(trace, names).flatMap(({ step, mover }) =>
    mover === undefined || step < lanes.from || step >= lanes.to ? [] : [names.process(mover)],
  );
  return movers.length === 0 ? '' : `Who moves: ${listed(movers, 200)}.`;
}
