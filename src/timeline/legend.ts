// What the shapes and colours of a timeline mean: only those that are in it.

import type { Lanes } from './lanes';
import { LEGEND_LINE } from './layout';
import { element, fitting, text, widthOf } from './svg';
import type { Names } from './words';

const SIZE = 11;
const SWATCH = 26;
const GAP = 16;
/** More locks than this are named on their bars alone. */
const MOST_OBJECTS = 6;

interface LegendItem {
  readonly label: string;
  /** The swatch at its place, with the middle of the line at y = 0. */
  readonly swatch: string;
}

export function legendOf(lanes: Lanes, names: Names, colours: ReadonlyMap<number, number>): LegendItem[] {
  return [...statesIn(lanes), ...thingsIn(lanes, names, colours), ...momentsIn(lanes)];
}

const BOX = { x: 0, y: -5, width: SWATCH - 6, height: 10, rx: 3 };

function statesIn(lanes: Lanes): LegendItem[] {
  const states = new Set(lanes.lanes.flatMap(({ segments }) => segments.map(({ state }) => state)));
  const items: LegendItem[] = [];
  if (states.has('running')) items.push({ label: 'runs', swatch: element('rect', { ...BOX, class: 'run' }) });
  if (states.has('ready')) {
    items.push({ label: 'ready to move', swatch: element('rect', { ...BOX, class: 'ready' }) });
  }
  if (states.has('waiting')) {
    const swatch =
      element('rect', { ...BOX, class: 'wait' }) + element('rect', { ...BOX, fill: 'url(#hatch)' });
    items.push({ label: 'waits', swatch });
  }
  if (states.has('sleeping')) {
    const line = { x1: 0, x2: 20, y1: 0, y2: 0, class: 'link', 'stroke-width': 3, 'stroke-dasharray': '2 4' };
    items.push({ label: 'sleeps', swatch: element('line', line) });
  }
  return items;
}

/** Locks that are held, and queues through which messages go. */
function thingsIn(lanes: Lanes, names: Names, colours: ReadonlyMap<number, number>): LegendItem[] {
  const held = distinct(lanes.lanes.flatMap(({ holdings }) => holdings.map(({ object }) => object)));
  const sent = distinct([...lanes.messages, ...lanes.unread].map(({ object }) => object));
  const items: LegendItem[] = [];
  for (const object of held.slice(0, MOST_OBJECTS)) {
    const swatch = element('rect', { ...BOX, y: -6, height: 12, class: `o${colours.get(object) ?? 0}` });
    items.push({ label: `holds ${names.object(object)}`, swatch });
  }
  for (const object of sent.slice(0, MOST_OBJECTS)) {
    const colour = colours.get(object) ?? 0;
    const swatch = element('path', {
      d: 'M0 0H18',
      class: `s${colour}`,
      'stroke-width': 2,
      'marker-end': `url(#tip${colour})`,
    });
    items.push({ label: `message of ${names.object(object)}`, swatch });
  }
  return items;
}

/** What happens at one moment: prints and ends. */
function momentsIn(lanes: Lanes): LegendItem[] {
  const items: LegendItem[] = [];
  if (lanes.lanes.some(({ marks }) => marks.some(({ kind }) => kind === 'print'))) {
    const dot = element('circle', { cx: 14, cy: 0, r: 3.2, class: 'print', 'stroke-width': 1.4 });
    items.push({ label: 'prints', swatch: dot });
  }
  if (lanes.lanes.some(({ end }) => end !== 'open')) {
    const edge = element('rect', { x: 14, y: -6, width: 2, height: 12, class: 'ink' });
    items.push({ label: 'ends', swatch: edge });
  }
  return items;
}

function distinct(ids: readonly number[]): number[] {
  return [...new Set(ids)].sort((one, other) => one - other);
}

interface Placed extends LegendItem {
  readonly x: number;
  readonly line: number;
}

export function placed(items: readonly LegendItem[], margin: number, width: number): Placed[] {
  let x = margin;
  let line = 0;
  return items.map((item) => {
    const label = fitting(item.label, SIZE, width / 2);
    const wide = SWATCH + widthOf(label, SIZE) + GAP;
    if (x + wide > width - margin && x > margin) {
      x = margin;
      line++;
    }
    const at = { ...item, label, x, line };
    x += wide;
    return at;
  });
}

export function drawLegend(items: readonly Placed[], y: number): string {
  return items
    .map(({ swatch, label, x, line }) => {
      const at = `translate(${Math.round(x)} ${y + line * LEGEND_LINE})`;
      return element('g', { transform: at }, swatch + text(label, { x: SWATCH, y: 4, class: 'small' }));
    })
    .join('');
}

export function linesOf(items: readonly Placed[]): number {
  return 1 + Math.max(0, ...items.map(({ line }) => line));
}
