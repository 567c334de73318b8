// The picture of a run whose clock is time.

import { type Drawing, drawLane } from './draw-lane';
import { drawDepths, drawLinks, drawMessages, tips } from './draw-messages';
import type { Lanes } from './lanes';
import { type Layout, layoutOf, MARGIN } from './layout';
import { drawLegend, legendOf, linesOf, placed } from './legend';
import { coloursOf, hatching, styleSheet } from './palette';
import { element, ground, svgOf, text } from './svg';
import { namesOf } from './words';

export interface Captions {
  readonly title: string;
  readonly description: string;
  /** The sentence on events that were forgotten, and on what is left out; empty if nothing was. */
  readonly lost: string;
}

export function drawTimeline(lanes: Lanes, width: number, captions: Captions): string {
  const names = namesOf(lanes.processes, lanes.objects);
  const channels = new Set(lanes.depths.map(({ object }) => object));
  const colours = coloursOf(lanes.objects, (id) => channels.has(id));
  const legend = placed(legendOf(lanes, names, colours), MARGIN, width);
  const layout = layoutOf(lanes, width, linesOf(legend));
  const drawing: Drawing = { layout, names, colours };
  const { height } = layout;
  const body =
    `<defs>${hatching}${tips([...channels].map((id) => colours.get(id) ?? 0))}${inside(layout)}</defs>` +
    ground(width, height) +
    text(captions.title, { x: MARGIN, y: MARGIN + 12, class: 'title' }) +
    drawLegend(legend, layout.legendY) +
    drawAxis(layout) +
    drawLinks(lanes, drawing) +
    layout.rows.map((row) => drawLane(row, drawing)).join('') +
    drawMessages(lanes, drawing) +
    drawDepths(lanes, drawing) +
    (captions.lost === '' ? '' : text(captions.lost, { x: MARGIN, y: height - 12, class: 'small alarm' }));
  const { title, description } = captions;
  return svgOf({ title, description, width, height, style: styleSheet(), body });
}

function inside({ left, right, top, bottom }: Layout): string {
  const box = element('rect', { x: left, y: top, width: right - left, height: bottom - top });
  return element('clipPath', { id: 'inside' }, box);
}

function drawAxis({ ticks, rows, left, right, top, bottom }: Layout): string {
  const lines = ticks.map(({ x, label }, at) => {
    const end = at === ticks.length - 1 && x > right - 24 ? ' end' : at === 0 && x < left + 10 ? '' : ' mid';
    return (
      element('line', { x1: x, x2: x, y1: top, y2: bottom + 4, class: 'grid' }) +
      text(label, { x: end === '' ? x - 2 : x, y: bottom + 19, class: `small muted${end}` })
    );
  });
  const bases = rows.map(({ y }) =>
    element('line', { x1: left, x2: right, y1: y, y2: y, class: 'grid', 'stroke-dasharray': '1 3' }),
  );
  const axis = element('line', { x1: left, x2: right, y1: bottom + 4, y2: bottom + 4, class: 'base' });
  return lines.join('') + bases.join('') + axis;
}
