// Where things stand in the picture of a timeline: one row for each process, one for each queue, time from
// left to right. Pure numbers.

import { ticks } from 'd3-array';
import type { Lane, Lanes } from './lanes';
import { widthOf } from './svg';
import { momentOf } from './words';

export const BAR = 16;
export const MARGIN = 14;
const LABELLED_ROW = 36;
const PLAIN_ROW = 25;
/** In more rows than this, nothing but bars is drawn. */
const MOST_LABELLED = 24;
const PANEL = 46;
const TITLE = 30;
export const LEGEND_LINE = 20;
const AXIS = 30;
const LEAST_GUTTER = 64;
const NAME_SIZE = 12.5;
const INDENT = 10;
/** How wide the text is on what went wrong, behind the end of a lane. */
const FAILURE = 104;

/** Bold letters are wider: in the widest of the usual fonts by so much. */
export const BOLD = 1.25;

export interface Row {
  readonly lane: Lane;
  /** The middle of its bar. */
  readonly y: number;
}

export interface Panel {
  readonly object: number;
  readonly top: number;
  readonly bottom: number;
}

export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly rowHeight: number;
  readonly rows: readonly Row[];
  readonly rowOf: ReadonlyMap<number, Row>;
  readonly panels: readonly Panel[];
  /** Where the legend's first line stands. */
  readonly legendY: number;
  /** Where the lanes begin and the last panel ends. */
  readonly top: number;
  readonly bottom: number;
  readonly ticks: readonly { readonly x: number; readonly label: string }[];
  x(at: number): number;
}

export function layoutOf(lanes: Lanes, width: number, legendLines: number): Layout {
  const longest = Math.max(0, ...lanes.lanes.map(gutterOf));
  const left = MARGIN + Math.min(Math.max(LEAST_GUTTER, longest), width * 0.24) + 10;
  const hasFailed = lanes.lanes.some(({ process }) => (process.exitcode ?? 0) !== 0);
  const right = width - MARGIN - (hasFailed ? FAILURE : 8);
  const hasLabels = lanes.lanes.some(({ marks }) => marks.length > 0) && lanes.lanes.length <= MOST_LABELLED;
  const rowHeight = hasLabels ? LABELLED_ROW : PLAIN_ROW;
  const legendY = MARGIN + TITLE;
  const top = legendY + legendLines * LEGEND_LINE + 4;
  const rows = lanes.lanes.map((lane, at) => ({
    lane,
    y: top + at * rowHeight + rowHeight - BAR / 2 - 4,
  }));
  const panelsTop = top + lanes.lanes.length * rowHeight + 10;
  const panels = lanes.depths.map(({ object }, at) => ({
    object,
    top: panelsTop + at * PANEL + 8,
    bottom: panelsTop + (at + 1) * PANEL - 4,
  }));
  const bottom = panelsTop + panels.length * PANEL;
  const span = lanes.to - lanes.from || 1;
  const x = (at: number): number => left + ((at - lanes.from) / span) * (right - left);
  const count = Math.max(2, Math.floor((right - left) / 95));
  const moments = ticks(lanes.from, lanes.from + span, count);
  const apart = (moments[1] ?? Number.POSITIVE_INFINITY) - (moments[0] ?? 0);
  return {
    width,
    height: bottom + AXIS + (lanes.lost > 0 || lanes.leftOut !== undefined ? LEGEND_LINE : 0) + 4,
    left,
    right,
    rowHeight,
    rows,
    rowOf: new Map(rows.map((row) => [row.lane.process.id, row])),
    panels,
    legendY,
    top,
    bottom,
    ticks: moments.map((at) => ({ x: x(at), label: momentOf(at, lanes.clock, apart) })),
    x,
  };
}

/** Returns a width for the name of the process, and its pid behind it. */
function gutterOf({ process: { name, pid }, level }: Lane): number {
  const number = pid === undefined ? 0 : widthOf(String(pid), 11) + 10;
  return level * INDENT + widthOf(name.slice(0, 60), NAME_SIZE) * BOLD + number;
}

export function indentOf(lane: Lane): number {
  return MARGIN + Math.min(lane.level, 5) * INDENT;
}
