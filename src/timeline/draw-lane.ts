// One process in the picture of a timeline: its bar with what it waits for and what it holds, what it prints,
// how it ended.

import type { Holding } from './holdings';
import type { Lane } from './lanes';
import { BAR, BOLD, indentOf, type Layout, type Row } from './layout';
import { inkOn } from './palette';
import type { Segment } from './segments';
import { type Attributes, element, fitting, Strips, text, widthOf } from './svg';
import { apart, thinned } from './thin';
import { endOf, legibleMark, type Names, waitWords } from './words';

const SMALL = 11;
/** The size of letters in half a bar. */
const TINY = 8;
const LEAST_PX = 1;
/** No room for round corners, an edge or hatching. */
const NARROW_PX = 4;
/** Room that a label leaves on both sides together. */
const PADDING = 8;

export interface Drawing {
  readonly layout: Layout;
  readonly names: Names;
  readonly colours: ReadonlyMap<number, number>;
}

export function drawLane(row: Row, drawing: Drawing): string {
  const { layout } = drawing;
  const { lane, y } = row;
  const leastMs = LEAST_PX / pixelsPerUnit(layout);
  const below = new Strips();
  const above = new Strips();
  const bars = thinned(lane.segments, leastMs).map((segment) => bar(segment, lane, y, drawing, below));
  const held = thinned(lane.holdings, leastMs).map((holding) => holdingBar(holding, lane, y, drawing, above));
  return (
    nameOf(row, layout) +
    String(below) +
    bars.join('') +
    String(above) +
    held.join('') +
    endMark(row, layout) +
    prints(row, drawing)
  );
}

function pixelsPerUnit({ x }: Layout): number {
  return x(1) - x(0) || 1;
}

function nameOf({ lane, y }: Row, { left }: Layout): string {
  const { name, pid } = lane.process;
  const x = indentOf(lane);
  const number = pid === undefined ? '' : String(pid);
  const room = left - 10 - x - (number === '' ? 0 : widthOf(number, SMALL) + 6);
  const shown = fitting(name, 12.5 * BOLD, room) || '…';
  return (
    text(shown, { x, y: y + 4, class: 'name' }) +
    (number === '' ? '' : text(number, { x: left - 9, y: y + 4, class: 'small muted end' }))
  );
}

function bar(segment: Segment, lane: Lane, y: number, { layout, names }: Drawing, strips: Strips): string {
  const x = layout.x(segment.from);
  const width = Math.max(LEAST_PX, layout.x(segment.to) - x);
  const box = { x, y: y - BAR / 2, width, height: BAR, rx: width > 6 ? 3 : undefined };
  switch (segment.state) {
    case 'running':
      if (width <= NARROW_PX) {
        strips.add('run', x, y - BAR / 2 + 3, width, BAR - 6);
        return '';
      }
      return element('rect', { ...box, y: y - BAR / 2 + 3, height: BAR - 6, class: 'run' });
    case 'ready':
      return element('rect', { ...box, y: y - BAR / 2 + 3, height: BAR - 6, class: 'ready' });
    case 'sleeping':
      return element('line', {
        x1: x,
        x2: x + width,
        y1: y,
        y2: y,
        class: 'link',
        'stroke-width': 3,
        'stroke-dasharray': '2 4',
      });
    case 'waiting': {
      if (width <= NARROW_PX) {
        strips.add('narrow', x, y - BAR / 2, width, BAR);
        return '';
      }
      const ground = element('rect', { ...box, class: 'wait' });
      const hatch = element('rect', { ...box, fill: 'url(#hatch)' });
      return ground + hatch + waitLabel(segment, lane, x, width, y, names);
    }
    default:
      return segment.state satisfies never;
  }
}

/** Returns as much of the label as has room: with the process that holds it, or without. */
function waitLabel(segment: Segment, lane: Lane, x: number, width: number, y: number, names: Names): string {
  const place = placeForLabel(segment, lane, y);
  if (place === undefined) return '';
  const room = width - PADDING;
  const holder = segment.heldBy[0];
  const short =
    segment.child !== undefined
      ? names.process(segment.child)
      : segment.object === undefined
        ? ''
        : names.object(segment.object);
  const own =
    holder === lane.process.id ? ' (itself)' : holder === undefined ? '' : ` (${names.process(holder)})`;
  const wordings = [
    `waits for ${waitWords(segment, names, lane.process.id)}`,
    `waits for ${short}${own}`,
    `waits for ${short}`,
    short,
  ];
  const wording = wordings.find((each) => widthOf(each, place.size) <= room);
  if (wording === undefined || wording === '') return '';
  return text(wording, { x: x + width / 2, y: place.y, ...lookOf(place.size, 'small mid halo') });
}

/**
 * Finds the place of a label: in the middle, or where the bars of what it holds meanwhile leave a row free.
 */
function placeForLabel(
  segment: Segment,
  { holdings }: Lane,
  y: number,
): { y: number; size: number } | undefined {
  const held = holdings.filter((holding) => meets(holding, segment));
  if (held.length === 0) return { y: y + 4, size: SMALL };
  const beside = holdings.filter((each) => held.some((holding) => meets(each, holding)));
  const rows = 1 + Math.max(...beside.map(({ row }) => row));
  const free = Array.from({ length: rows }, (_, row) => row).find((row) =>
    held.every((each) => each.row !== row),
  );
  const height = (BAR + 2) / rows;
  if (free === undefined || height < TINY) return undefined;
  return { y: y - BAR / 2 - 1 + (free + 0.5) * height + TINY * 0.36, size: TINY };
}

function lookOf(size: number, look: string): Attributes {
  return { class: look, ...(size < SMALL && { style: `font-size:${size}px` }) };
}

/** Over the bar: coloured while it works, hatched while it waits for something else. */
function holdingBar(holding: Holding, lane: Lane, y: number, drawing: Drawing, strips: Strips): string {
  const { layout, names, colours } = drawing;
  const colour = colours.get(holding.object) ?? 0;
  const x = layout.x(holding.from);
  const width = Math.max(LEAST_PX, layout.x(holding.to) - x);
  const others = width <= NARROW_PX ? [] : lane.holdings.filter((other) => meets(other, holding));
  const rows = 1 + Math.max(holding.row, ...others.map(({ row }) => row));
  const height = (BAR + 2) / rows;
  const top = y - BAR / 2 - 1 + holding.row * height;
  if (width <= NARROW_PX) {
    strips.add(`o${colour}`, x, top, width, height);
    return '';
  }
  const box = { x, y: top, width, height, rx: 3 };
  const waits = lane.segments
    .filter((segment) => segment.state === 'waiting' && meets(segment, holding))
    .map((segment) => {
      const from = Math.max(x, layout.x(segment.from));
      const to = Math.min(x + width, layout.x(segment.to));
      return element('rect', { ...box, x: from, width: Math.max(0, to - from), fill: 'url(#hatch)' });
    });
  const size = height >= 12 ? SMALL : TINY;
  const label = height < TINY ? '' : labelOf(names.object(holding.object), size, width - PADDING);
  const look = `small mid ${inkOn(colour)}`;
  return (
    element('rect', { ...box, class: `o${colour}` }) +
    waits.join('') +
    (label === ''
      ? ''
      : text(label, {
          x: x + width / 2,
          y: top + height / 2 + size * 0.36,
          ...lookOf(size, look),
        }))
  );
}

interface Span {
  readonly from: number;
  readonly to: number;
}

function meets(one: Span, other: Span): boolean {
  return one.from < other.to && other.from < one.to;
}

/** A bar that ended has an edge; one that goes on has none. What went wrong is written there. */
function endMark({ lane, y }: Row, layout: Layout): string {
  if (lane.end === 'open') return '';
  const x = layout.x(lane.to);
  const edge = element('rect', { x: x - 1, y: y - BAR / 2, width: 2, height: BAR, class: 'ink' });
  const { exitcode } = lane.process;
  if (exitcode === undefined || exitcode === 0) return edge;
  return edge + text(`✗ ${endOf(exitcode)}`, { x: x + 6, y: y + 4, class: 'small alarm halo' });
}

/** Each printed line stands behind its dot, above the bar, as far as there is room. */
function prints({ lane, y }: Row, { layout, names }: Drawing): string {
  const marks = apart(lane.marks, ({ at }) => String(Math.round(layout.x(at) / 2)));
  const above = y - BAR / 2 - 6;
  const roomBehind = (index: number): number => {
    const [mark, next] = [marks[index], marks[index + 1]];
    return (next === undefined ? layout.width - 8 : layout.x(next.at) - 6) - layout.x(mark?.at ?? 0) - 6;
  };
  const roomBefore = (index: number): number => {
    const [mark, before] = [marks[index], marks[index - 1]];
    return layout.x(mark?.at ?? 0) - 8 - (before === undefined ? layout.left : layout.x(before.at) + 6);
  };
  // At the right edge of the picture, what is printed stands to the left of its dot.
  const last = marks.length - 1;
  const edge = last < 0 ? '' : legibleMark(marks[last] as (typeof marks)[number], names);
  const isLastLeft = widthOf(edge, SMALL) > roomBehind(last) && roomBefore(last) > roomBehind(last);
  return marks
    .map((mark, index) => {
      const x = layout.x(mark.at);
      const dot = element('circle', { cx: x, cy: above, r: 3, class: 'print', 'stroke-width': 1.4 });
      const isLeft = isLastLeft && index === last;
      // Between the last two there is room for one label only.
      const isTaken = isLastLeft && index === last - 1;
      const room = isLeft ? roomBefore(index) : roomBehind(index);
      const label = isTaken ? '' : labelOf(legibleMark(mark, names), SMALL, room);
      if (label === '') return dot;
      const place = isLeft ? { x: x - 6, class: 'small muted end' } : { x: x + 6, class: 'small muted' };
      return dot + text(label, { y: above + 4, ...place });
    })
    .join('');
}

function labelOf(words: string, size: number, room: number): string {
  const fits = fitting(words, size, room);
  // The beginning of a word says less than nothing.
  return fits.length >= Math.min(words.length, 10) ? fits : '';
}
