// Between the lanes of a timeline: who starts whom, who learns of whose end, and messages on their way. Below
// them: how full each queue is.

import { area, curveStepAfter, line } from 'd3-shape';
import type { Drawing } from './draw-lane';
import type { Lanes } from './lanes';
import { BAR, type Layout, type Row } from './layout';
import { element, fitting, text } from './svg';
import { apart } from './thin';

/** More of them would be a grey wall: then they are thin and pale, and have no numbers. */
const MOST_BOLD = 60;
const MOST_NUMBERED = 16;
/** About so many are drawn one by one. */
const MOST_DRAWN = 300;

/** Drawn before the lanes, so that it lies under them. */
export function drawLinks(lanes: Lanes, { layout }: Drawing): string {
  const place = ({ at, parent, child }: Lanes['starts'][number]): string =>
    `${Math.round(layout.x(at))} ${parent} ${child}`;
  const link = (kind: 'start' | 'join') => (each: Lanes['starts'][number]) => {
    const parent = layout.rowOf.get(each.parent);
    const child = layout.rowOf.get(each.child);
    if (parent === undefined || child === undefined) return '';
    const x = layout.x(each.at);
    const down = child.y > parent.y ? 1 : -1;
    return element('line', {
      x1: x,
      x2: x,
      y1: parent.y + (down * BAR) / 2,
      y2: child.y - (down * BAR) / 2 + (kind === 'start' ? 0 : 2 * down),
      class: 'link',
      'stroke-width': 1,
      ...(kind === 'join' && { 'stroke-dasharray': '2 3' }),
    });
  };
  return [
    ...apart(lanes.starts, place).map(link('start')),
    ...apart(lanes.joins, place).map(link('join')),
  ].join('');
}

/** Drawn behind the lanes, so that it lies on them. */
export function drawMessages(lanes: Lanes, { layout, colours }: Drawing): string {
  const { messages } = lanes;
  const isBold = messages.length <= MOST_BOLD;
  const grainPx = Math.max(1, messages.length / MOST_DRAWN);
  const placeOf = (at: number): number => Math.round(layout.x(at) / grainPx);
  const shown = apart(
    // In a crowd, what a process sends to itself is only in the way.
    isBold ? messages : messages.filter(({ from, to }) => from !== to),
    ({ from, to, putAt, gotAt }) => `${from} ${to} ${placeOf(putAt)} ${placeOf(gotAt)}`,
  );
  const ways = shown.flatMap((message) => {
    const sender = layout.rowOf.get(message.from);
    const receiver = layout.rowOf.get(message.to);
    if (sender === undefined || receiver === undefined) return [];
    const [x1, x2] = [layout.x(message.putAt), layout.x(message.gotAt)];
    const { y1, y2 } = ends(sender, receiver);
    return [
      { colour: colours.get(message.object) ?? 0, number: message.number, lane: sender.y, x1, y1, x2, y2 },
    ];
  });
  if (!isBold) return crowdOf(ways);
  const numbered = messages.length <= MOST_NUMBERED;
  return ways.map((way) => arrow(way, layout, numbered)).join('');
}

interface Way {
  readonly colour: number;
  readonly number: number;
  /** The middle of the sender's bar. */
  readonly lane: number;
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
}

function arrow(
  { colour, number, lane, x1, y1, x2, y2 }: Way,
  { left, right }: Layout,
  isNumbered: boolean,
): string {
  const path = element('path', {
    d: wayOf(x1, y1, x2, y2),
    class: `s${colour}`,
    fill: 'none',
    'stroke-width': 2,
    // The way to the edge is drawn of what was put before this window, or is taken after it.
    'clip-path': 'url(#inside)',
    'marker-end': `url(#tip${colour})`,
  });
  if (x1 < left || x1 > right) return path;
  const start = element('circle', { cx: x1, cy: y1, r: 2.6, class: `o${colour}` });
  if (!isNumbered) return path + start;
  const label = { x: x1 + 4, y: lane + 4, class: 'small halo' };
  return path + start + text(String(number), label);
}

/** All of one colour in one shape. */
function crowdOf(ways: readonly Way[]): string {
  const paths = new Map<number, string>();
  for (const { colour, x1, y1, x2, y2 } of ways) {
    paths.set(colour, (paths.get(colour) ?? '') + wayOf(x1, y1, x2, y2));
  }
  const look = { fill: 'none', 'stroke-width': 1, 'stroke-opacity': '0.45', 'clip-path': 'url(#inside)' };
  return [...paths].map(([colour, d]) => element('path', { d, class: `s${colour}`, ...look })).join('');
}

function ends(sender: Row, receiver: Row): { y1: number; y2: number } {
  if (sender === receiver) return { y1: sender.y - BAR / 2, y2: sender.y - BAR / 2 };
  const down = receiver.y > sender.y ? 1 : -1;
  return { y1: sender.y + (down * BAR) / 2, y2: receiver.y - down * (BAR / 2 + 4) };
}

function wayOf(x1: number, y1: number, x2: number, y2: number): string {
  const r = (value: number): number => Math.round(value * 10) / 10;
  if (y1 === y2) return `M${r(x1)} ${r(y1)}Q${r((x1 + x2) / 2)} ${r(y1 - 14)} ${r(x2)} ${r(y2)}`;
  // Leaves its lane straight down, and comes in straight too.
  const bend = (y2 - y1) / 2;
  return `M${r(x1)} ${r(y1)}C${r(x1)} ${r(y1 + bend)} ${r(x2)} ${r(y2 - bend)} ${r(x2)} ${r(y2)}`;
}

/** The tips of the arrows, one for each colour that is used. */
export function tips(colours: Iterable<number>): string {
  return [...new Set(colours)]
    .map((colour) =>
      element(
        'marker',
        {
          id: `tip${colour}`,
          viewBox: '0 0 8 8',
          refX: 6,
          refY: 4,
          markerWidth: 8,
          markerHeight: 8,
          markerUnits: 'userSpaceOnUse',
          orient: 'auto',
        },
        element('path', { d: 'M0 0L8 4L0 8z', class: `o${colour}` }),
      ),
    )
    .join('');
}

export function drawDepths(lanes: Lanes, { layout, names, colours }: Drawing): string {
  return layout.panels
    .map(({ object, top, bottom }) => {
      const points = lanes.depths.find((depth) => depth.object === object)?.points ?? [];
      const most = Math.max(1, ...points.map(({ depth }) => depth));
      const y = (depth: number): number => bottom - (depth / most) * (bottom - top - 6);
      const drawn = steps(points, lanes, layout, y);
      const colour = colours.get(object) ?? 0;
      const shape = area().curve(curveStepAfter).y0(bottom).digits(1);
      const edge = line().curve(curveStepAfter).digits(1);
      const name = fitting(names.object(object), 12.5, layout.left - 26) || '…';
      return (
        element('line', { x1: layout.left, x2: layout.right, y1: bottom, y2: bottom, class: 'base' }) +
        element('path', { d: shape(drawn) ?? '', class: `o${colour}`, 'fill-opacity': 0.35 }) +
        element('path', {
          d: edge(drawn) ?? '',
          class: `s${colour}`,
          fill: 'none',
          'stroke-width': 1.6,
        }) +
        text(name, { x: 14, y: (top + bottom) / 2 - 1, class: 'name' }) +
        text(`at most ${most}`, { x: 14, y: (top + bottom) / 2 + 13, class: 'small muted' })
      );
    })
    .join('');
}

/** The fullest moment of each pixel, so that no peak is lost. */
function steps(
  points: readonly { readonly at: number; readonly depth: number }[],
  lanes: Lanes,
  layout: Layout,
  y: (depth: number) => number,
): [number, number][] {
  const drawn: { x: number; depth: number }[] = [];
  for (const { at, depth } of points) {
    const x = Math.round(layout.x(at) * 2) / 2;
    const last = drawn.at(-1);
    if (last?.x === x && points.length > layout.width) last.depth = Math.max(last.depth, depth);
    else drawn.push({ x, depth });
  }
  drawn.push({ x: layout.x(lanes.to), depth: points.at(-1)?.depth ?? 0 });
  return drawn.map(({ x, depth }) => [x, y(depth)]);
}
