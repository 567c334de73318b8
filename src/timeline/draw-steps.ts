// The picture of a run by steps, such as a counter-example: a column for each step, a box where a process
// moves, a line from move to move, and below the lanes how the shared things stand. Long runs are broken into
// lines, as music is.

import type { Trace, TracedObject } from '../trace/record';
import { type Column, columnsOf, type Move } from './columns';
import type { Captions } from './draw-timeline';
import type { Lane, Lanes } from './lanes';
import { BOLD, indentOf, MARGIN } from './layout';
import { coloursOf, hatching, styleSheet } from './palette';
import { element, fitting, ground, svgOf, text, widthOf } from './svg';
import { type Names, namesOf } from './words';

const LEAST_COLUMN = 74;
/** Lines are broken before a column gets narrower than this, however long its words. */
const ENOUGH_COLUMN = 132;
const ROW = 44;
const BOX = 34;
const STATE_ROW = 24;
const HEAD = 26;
const BETWEEN = 22;
const LEAST_WIDTH = 320;
/** Room for 'MainProcess'. */
const LEAST_GUTTER = 96;

interface Table {
  readonly lanes: Lanes;
  readonly columns: readonly Column[];
  /** The ids of the processes that have a lane. */
  readonly ids: ReadonlySet<number>;
  readonly shown: readonly TracedObject[];
  readonly names: Names;
  /** Where the first column begins. */
  readonly left: number;
  /** How wide a column is at least. */
  readonly least: number;
  /** How wide a column is in which nothing is cut. */
  readonly longest: number;
}

/** A table and the width that it is drawn in. */
interface Drawn extends Table {
  readonly colours: ReadonlyMap<number, number>;
  readonly columnWidth: number;
}

/** What is drawn in at most so many pixels takes so many. */
export function widthOfSteps(trace: Trace, lanes: Lanes, most: number): number {
  const table = tableOf(trace, lanes, most);
  const { perLine, columnWidth } = gridOf(table, most);
  return Math.min(most, Math.max(LEAST_WIDTH, Math.ceil(table.left + perLine * columnWidth + MARGIN)));
}

/** Returns a grid with as many columns in each line, and no wider than their words. */
function gridOf({ columns, left, least, longest }: Table, width: number) {
  const room = width - left - MARGIN;
  const count = Math.max(1, columns.length);
  const lines = Math.ceil(count / Math.max(1, Math.floor(room / least)));
  const perLine = Math.ceil(count / lines);
  return { perLine, columnWidth: Math.min(Math.max(least, longest), room / perLine) };
}

function tableOf(trace: Trace, lanes: Lanes, width: number): Table {
  const names = namesOf(lanes.processes, lanes.objects);
  const ids = new Set(lanes.lanes.map(({ process }) => process.id));
  const all = columnsOf(trace, names);
  const columns = all.filter(({ step }) => step >= lanes.from && step < Math.max(lanes.to, lanes.from + 1));
  const seen = new Set(columns.flatMap(({ state }) => [...state.keys()]));
  const shown = lanes.objects.filter(({ id }) => seen.has(id));
  const named = [...lanes.lanes.map(nameWidth), ...shown.map(({ name }) => 14 + widthOf(name, 11) * BOLD)];
  const left = MARGIN + Math.min(Math.max(60, ...named), Math.max(LEAST_GUTTER, width * 0.24)) + 12;
  const made = columns.flatMap(({ mover, moves }) => (mover === undefined ? [] : (moves.get(mover) ?? [])));
  const heads = columns.flatMap(({ mover }) => (mover === undefined ? [] : [names.process(mover)]));
  const words = [...heads, ...made.flatMap(({ verb, what }) => [verb, what])];
  const longest = Math.max(0, ...words.map((each) => widthOf(each, 11) * BOLD)) + 16;
  const least = Math.min(Math.max(longest, LEAST_COLUMN), ENOUGH_COLUMN);
  return { lanes, columns, ids, shown, names, left, least, longest };
}

export function drawSteps(trace: Trace, lanes: Lanes, width: number, captions: Captions): string {
  const channels = new Set(lanes.depths.map(({ object }) => object));
  const made = tableOf(trace, lanes, width);
  const { columns } = made;
  const { perLine, columnWidth } = gridOf(made, width);
  const colours = coloursOf(lanes.objects, (id) => channels.has(id));
  const table: Drawn = { ...made, colours, columnWidth };
  const lineHeight = HEAD + lanes.lanes.length * ROW + table.shown.length * STATE_ROW + BETWEEN;
  const top = MARGIN + 34;
  const lines: string[] = [];
  for (let at = 0; at < columns.length; at += perLine) {
    lines.push(drawLine(columns.slice(at, at + perLine), table, top + (at / perLine) * lineHeight));
  }
  const height = top + lines.length * lineHeight + (captions.lost === '' ? 0 : 20);
  const body =
    `<defs>${hatching}</defs>` +
    ground(width, height) +
    text(captions.title, { x: MARGIN, y: MARGIN + 12, class: 'title' }) +
    lines.join('') +
    (captions.lost === '' ? '' : text(captions.lost, { x: MARGIN, y: height - 12, class: 'small alarm' }));
  const { title, description } = captions;
  return svgOf({ title, description, width, height, style: styleSheet(), body });
}

function nameWidth(lane: Lane): number {
  return indentOf(lane) - MARGIN + widthOf(lane.process.name.slice(0, 60), 12.5) * BOLD;
}

function drawLine(columns: readonly Column[], table: Drawn, top: number): string {
  const { lanes, shown, left, columnWidth } = table;
  const rowY = new Map(lanes.lanes.map(({ process }, at) => [process.id, top + HEAD + at * ROW + ROW / 2]));
  const x = (at: number): number => left + at * columnWidth;
  const right = x(columns.length);
  const bottom = top + HEAD + lanes.lanes.length * ROW;
  const rows = lanes.lanes.map((lane) => {
    const y = rowY.get(lane.process.id) ?? 0;
    const name = fitting(lane.process.name, 12.5 * BOLD, left - indentOf(lane) - 6) || '…';
    return (
      text(name, { x: indentOf(lane), y: y + 4, class: 'name' }) +
      element('line', { x1: left, x2: right, y1: y, y2: y, class: 'base' }) +
      lifeOf(lane, columns, x, y)
    );
  });
  const boxes = columns.flatMap(({ moves, mover }, at) =>
    [...moves].flatMap(([process, move]) => {
      const y = rowY.get(process);
      return y === undefined ? [] : boxOf(move, process === mover, x(at), y, table);
    }),
  );
  const step = text('step', { x: MARGIN, y: top + 11, class: 'small muted' });
  return (
    headsOf(columns, table, top, bottom - top + shown.length * STATE_ROW) +
    step +
    rows.join('') +
    batonOf(columns, rowY, x, columnWidth) +
    boxes.join('') +
    statesOf(columns, table, bottom, x)
  );
}

/** The number of each step and who moves in it; every other column is shaded, `height` pixels down. */
function headsOf(
  columns: readonly Column[],
  { ids, names, left, columnWidth }: Drawn,
  top: number,
  height: number,
): string {
  return columns
    .map(({ step, mover }, at) => {
      const x = left + at * columnWidth;
      const box = { x, y: top, width: columnWidth, height, class: 'wait', 'stroke-width': 0 };
      const shade = at % 2 === 0 ? element('rect', box) : '';
      const middle = x + columnWidth / 2;
      const number = text(String(step), { x: middle, y: top + 11, class: 'small muted mid' });
      const who = mover === undefined || !ids.has(mover) ? '' : names.process(mover);
      const name = fitting(who, 11 * BOLD, columnWidth - 6);
      return (
        shade + number + (name === '' ? '' : text(name, { x: middle, y: top + 23, class: 'small mid name' }))
      );
    })
    .join('');
}

/** Thick where the process lives, hatched where it waits. */
function lifeOf(lane: Lane, columns: readonly Column[], x: (at: number) => number, y: number): string {
  const parts = columns.map(({ step }, at) => {
    if (step < lane.from || step >= lane.to) return '';
    const state = lane.segments.find((segment) => segment.from <= step && step < segment.to)?.state;
    const box = { x: x(at), y: y - 4, width: x(1) - x(0), height: 8 };
    if (state === 'waiting') return element('rect', { ...box, fill: 'url(#hatch)' });
    return element('rect', { ...box, y: y - 1.5, height: 3, class: 'run' });
  });
  return parts.join('');
}

function boxOf(move: Move, isMover: boolean, left: number, y: number, table: Drawn): string {
  const { columnWidth, colours } = table;
  const colour = move.object === undefined ? undefined : colours.get(move.object);
  const width = columnWidth - 8;
  const x = left + 4;
  const middle = x + width / 2;
  const box = { x, y: y - BOX / 2, width, height: BOX, rx: 6 };
  const edge = { 'stroke-width': isMover ? 2.4 : 1 };
  const frame = element('rect', {
    ...box,
    ...edge,
    class: !isMover ? 'card' : colour === undefined ? 'box link' : `box s${colour}`,
    ...(move.waits && { 'stroke-dasharray': '4 3' }),
  });
  const verb = fitting(move.verb, 11 * BOLD, width - 8);
  const what = fitting(move.what, 11, width - 8);
  const lines = [verb, what].filter((each) => each !== '');
  return (
    frame +
    lines
      .map((each, at) =>
        text(each, {
          x: middle,
          y: y + (lines.length === 1 ? 4 : at === 0 ? -3 : 11),
          class: `small mid${at === 0 ? ' name' : ' muted'}`,
        }),
      )
      .join('')
  );
}

/** From who moved to who moves next: the order, as one line. */
function batonOf(
  columns: readonly Column[],
  rowY: ReadonlyMap<number, number>,
  x: (at: number) => number,
  columnWidth: number,
): string {
  const points = columns.flatMap(({ mover }, at) => {
    const y = mover === undefined ? undefined : rowY.get(mover);
    return y === undefined ? [] : [`${Math.round(x(at) + columnWidth / 2)},${Math.round(y)}`];
  });
  return points.length < 2
    ? ''
    : element('polyline', {
        points: points.join(' '),
        class: 'baton',
        fill: 'none',
        'stroke-width': 1.6,
        'stroke-opacity': 0.55,
        'stroke-linejoin': 'round',
      });
}

function statesOf(
  columns: readonly Column[],
  { shown, names, left, columnWidth, colours }: Drawn,
  top: number,
  x: (at: number) => number,
): string {
  return shown
    .map(({ id }, row) => {
      const y = top + row * STATE_ROW + STATE_ROW / 2;
      const colour = colours.get(id) ?? 0;
      const name = fitting(names.object(id), 12.5 * BOLD, left - MARGIN - 18) || '…';
      const swatch = element('rect', {
        x: MARGIN,
        y: y - 5,
        width: 8,
        height: 10,
        rx: 2,
        class: `o${colour}`,
      });
      let before: string | undefined;
      const values = columns.map(({ state }, at) => {
        const value = state.get(id) ?? '';
        const changes = value !== before;
        before = value;
        const label = fitting(value, 11.5 * BOLD, columnWidth - 8) || (value === '' ? '' : '…');
        const look = changes ? 'small mid name' : 'small mid muted';
        return label === '' ? '' : text(label, { x: x(at) + columnWidth / 2, y: y + 4, class: look });
      });
      return swatch + text(name, { x: MARGIN + 14, y: y + 4, class: 'small name' }) + values.join('');
    })
    .join('');
}
