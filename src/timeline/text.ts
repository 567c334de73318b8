// A timeline as text, for a terminal and for readers who listen: first the lanes as rows of signs, then
// everything that happened, process by process.

import type { Trace, TraceEvent } from '../trace/record';
import { columnsOf } from './columns';
import { eventWords } from './event-words';
import type { Lane, Lanes } from './lanes';
import { notesOf, summaryOf, titleOf } from './summary';
import { shortened } from './svg';
import { counted, momentOf, type Names, namesOf } from './words';

const NAME_WIDTH = 16;
const SIGNS = { running: '━', ready: '┄', waiting: '░', sleeping: '╌' } as const;
const HOLDING = '█';
const LONGEST_TEXT = 120;

/** `most` lines are told of each process; then how many more there are. */
export function textOf(trace: Trace, lanes: Lanes, most = Number.POSITIVE_INFINITY): string {
  const names = namesOf(lanes.processes, lanes.objects);
  const parts = [
    overviewOf(trace, lanes, 60),
    ...lanes.lanes.map((lane) => story(trace, lane, lanes, names, most)),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

/** The rows of signs alone, each in at most `NAME_WIDTH` + `width` + 1 columns. */
export function overviewOf(trace: Trace, lanes: Lanes, width: number): string {
  const lines = [titleOf(lanes)];
  if (lanes.lanes.length > 0) {
    lines.push(
      ...(lanes.clock === 'steps' ? stepRows(trace, lanes) : [...rows(lanes, width), legend(lanes)]),
    );
  }
  const notes = notesOf(lanes);
  return [...lines, ...(notes === '' ? [] : [notes])].join('\n');
}

function legend(lanes: Lanes): string {
  const states = new Set(lanes.lanes.flatMap(({ segments }) => segments.map(({ state }) => state)));
  const words = { running: 'runs', ready: 'is ready', waiting: 'waits', sleeping: 'sleeps' } as const;
  const shown = Object.entries(words).filter(([state]) => states.has(state as keyof typeof words));
  const said = shown.map(([state, verb]) => `${SIGNS[state as keyof typeof words]} ${verb}`);
  if (lanes.lanes.some(({ holdings }) => holdings.length > 0)) said.push(`${HOLDING} holds a lock`);
  return `(${said.join('   ')})`;
}

function rows(lanes: Lanes, width: number): string[] {
  const span = lanes.to - lanes.from || 1;
  const begin = momentOf(lanes.from, 'ms');
  const labels = `${begin}${momentOf(lanes.to, 'ms').padStart(width - begin.length)}`;
  const drawn = lanes.lanes.map((lane) => {
    const cells = Array.from({ length: width }, (_, at) => {
      const from = lanes.from + (span * at) / width;
      return signAt(lane, from, from + span / width);
    });
    return `${nameColumn(lane)} ${cells.join('').trimEnd()}`;
  });
  return [`${''.padEnd(NAME_WIDTH)} ${labels}`, ...drawn];
}

/** What takes most of the time of this cell. */
function signAt(lane: Lane, from: number, to: number): string {
  if (lane.to < from || lane.from >= to) return ' ';
  const share = (parts: readonly { from: number; to: number }[]): number =>
    parts.reduce((sum, part) => sum + Math.max(0, Math.min(part.to, to) - Math.max(part.from, from)), 0);
  const waiting = lane.segments.filter(({ state }) => state === 'waiting');
  const lived = Math.min(lane.to, to) - Math.max(lane.from, from);
  if (share(lane.holdings) * 2 > lived && share(waiting) * 2 <= lived) return HOLDING;
  let best: keyof typeof SIGNS = 'running';
  let most = 0;
  for (const state of Object.keys(SIGNS) as (keyof typeof SIGNS)[]) {
    const length = share(lane.segments.filter((each) => each.state === state));
    if (length > most) [best, most] = [state, length];
  }
  return most === 0 ? ' ' : SIGNS[best];
}

/** One row for each step: who moves, what it does, and how the shared things stand then. */
function stepRows(trace: Trace, lanes: Lanes): string[] {
  const names = namesOf(lanes.processes, lanes.objects);
  const ids = new Set(lanes.lanes.map(({ process }) => process.id));
  return columnsOf(trace, names)
    .filter(({ step }) => step >= lanes.from && step < Math.max(lanes.to, lanes.from + 1))
    .map(({ step, moves, state }) => {
      const done = [...moves]
        .filter(([id]) => ids.has(id))
        .map(([id, { sentence }]) => `${names.process(id)} ${sentence}`);
      const stands = [...state].map(([id, value]) => `${names.object(id)}: ${value}`).join(', ');
      return `${String(step).padStart(4)}  ${done.join('; ')}${stands === '' ? '' : `   [${stands}]`}`;
    });
}

function nameColumn({ process, level }: Lane): string {
  const name = `${' '.repeat(Math.min(level, 3))}${shortened(process.name, NAME_WIDTH - Math.min(level, 3))}`;
  return name.padEnd(NAME_WIDTH);
}

function story(trace: Trace, lane: Lane, lanes: Lanes, names: Names, most: number): string {
  const { id } = lane.process;
  const own = trace.events.filter(({ process, at }) => process === id && at >= lanes.from && at <= lanes.to);
  const lines = own.slice(0, most).map((event) => {
    const where = event.where === undefined ? '' : `  (${shortened(event.where, LONGEST_TEXT)})`;
    return `  ${momentOf(event.at, lanes.clock).padStart(9)}  ${happening(event, lane, names)}${where}`;
  });
  const more = own.length - lines.length;
  if (more > 0)
    lines.push(`  … and ${counted(more, 'more event')}: console.log(String(timeline())) tells all.`);
  return [summaryOf(lane, lanes, names), ...lines].join('\n');
}

function happening(event: TraceEvent, lane: Lane, names: Names): string {
  const { heldBy = [] } =
    lane.segments.find(
      ({ state, from }) => event.kind === 'wait' && state === 'waiting' && from === event.at,
    ) ?? {};
  return eventWords(event, names, heldBy);
}
