// The picture of the processes of a program: the tree of them, where each stands in its life, and boxes with
// the variables that each has a copy of.

import type { Captions } from './draw-timeline';
import { BOLD } from './layout';
import { type Life, type Phase, phases } from './life';
import { hatching, styleSheet } from './palette';
import { element, fitting, ground, svgOf, text, widthOf } from './svg';
import { durationOf, endOf, momentOf, sizeOf } from './words';

export interface Box {
  readonly owner: string;
  readonly rows: readonly { readonly name: string; readonly value: string; readonly differs: boolean }[];
}

export interface ShownProcesses {
  readonly lives: readonly Life[];
  /** Whether there are processes at all, at whatever time. */
  readonly isKnown: boolean;
  readonly clock: 'ms' | 'steps';
  /** Bytes, by the id of the process. */
  readonly memory: ReadonlyMap<number, number>;
  readonly boxes: readonly Box[];
}

const MARGIN = 14;
const TOP = 44;
const ROW = 64;
const CARD = 54;
const INDENT = 22;
const BOX_ROW = 20;

export function drawProcesses(shown: ShownProcesses, width: number, captions: Captions): string {
  const { lives, boxes } = shown;
  const deepest = Math.max(0, ...lives.map(({ level }) => Math.min(level, 6)));
  const cardWidth = Math.max(190, width * 0.36 - deepest * INDENT * 0.5);
  const lifeX = MARGIN + deepest * INDENT + cardWidth + 20;
  const rowY = (at: number): number => TOP + at * ROW;
  const boxesTop = rowY(lives.length) + 8;
  const drawnBoxes = drawBoxes(boxes, width, boxesTop);
  const height = boxesTop + drawnBoxes.height + 8;
  const body =
    `<defs>${hatching}</defs>` +
    ground(width, height) +
    text(captions.title, { x: MARGIN, y: MARGIN + 12, class: 'title' }) +
    branches(lives, rowY) +
    lives
      .map(
        (life, at) =>
          card(life, shown, cardWidth, rowY(at)) + lifeLine(life, shown, lifeX, width - MARGIN, rowY(at)),
      )
      .join('') +
    drawnBoxes.body;
  const { title, description } = captions;
  return svgOf({ title, description, width, height, style: styleSheet(), body });
}

function cardX({ level }: Life): number {
  return MARGIN + Math.min(level, 6) * INDENT;
}

/** Draws a line from each process down to its children. */
function branches(lives: readonly Life[], rowY: (at: number) => number): string {
  return lives
    .map((life, at) => {
      const parent = lives.findIndex(({ process }) => process.id === life.process.parent);
      const above = lives[parent];
      if (above === undefined) return '';
      const x = cardX(above) + 10;
      const y = rowY(at) + CARD / 2;
      const d = `M${x} ${rowY(parent) + CARD}V${y}H${cardX(life)}`;
      return element('path', { d, class: 'link', fill: 'none', 'stroke-width': 1.4 });
    })
    .join('');
}

function card(life: Life, { memory }: ShownProcesses, width: number, y: number): string {
  const { process, phase, waitsFor } = life;
  const x = cardX(life);
  const pid = process.pid === undefined ? '' : `pid ${process.pid}`;
  const bytes = memory.get(process.id);
  const size = bytes === undefined ? '' : sizeOf(bytes);
  const room = width - 24 - widthOf(pid, 11);
  const isOver = phase === 'ended' || phase === 'joined';
  const failed = isOver && (process.exitcode ?? 0) !== 0;
  const says =
    waitsFor !== undefined
      ? `waits for ${waitsFor}`
      : isOver
        ? `${failed ? '✗ ' : ''}${endOf(process.exitcode)}`
        : phase;
  return (
    element('rect', { x, y, width, height: CARD, rx: 8, class: 'card', 'stroke-width': 1.2 }) +
    signOf(phase, x, y) +
    text(fitting(process.name, 12.5 * BOLD, room) || '…', { x: x + 16, y: y + 21, class: 'name' }) +
    (pid === '' ? '' : text(pid, { x: x + width - 10, y: y + 21, class: 'small muted end' })) +
    text(fitting(says, 11, width - 26 - (size === '' ? 0 : widthOf(size, 11) + 8)), {
      x: x + 16,
      y: y + 41,
      class: failed ? 'small alarm' : 'small',
    }) +
    (size === '' ? '' : text(size, { x: x + width - 10, y: y + 41, class: 'small muted end' }))
  );
}

/** A strip at the edge of the card, as the bars of the timeline are drawn. */
function signOf(phase: Phase, x: number, y: number): string {
  const strip = { x: x + 5, y: y + 6, width: 5, height: CARD - 12, rx: 2 };
  switch (phase) {
    case 'running':
      return element('rect', { ...strip, class: 'run' });
    case 'created':
    case 'started':
      return element('rect', { ...strip, class: 'ready' });
    case 'waiting':
      return (
        element('rect', { ...strip, class: 'wait' }) + element('rect', { ...strip, fill: 'url(#hatch)' })
      );
    case 'ended':
    case 'joined':
      return element('rect', { ...strip, class: 'ink' });
    default:
      return phase satisfies never;
  }
}

/** The phases that were reached are filled; the one that holds now has a thick edge. */
function lifeLine(life: Life, { clock }: ShownProcesses, left: number, right: number, y: number): string {
  // No process of the program created or joins its main process.
  const shown = life.process.parent === undefined ? phases.slice(2, 5) : phases;
  const step = (right - left) / phases.length;
  const middle = y + CARD / 2 - 7;
  return shown
    .map((phase) => {
      const at = phases.indexOf(phase);
      const isReached = life.reached.has(phase);
      const isNow = life.phase === phase;
      const x = left + at * step + 2;
      const width = step - 12;
      const pill = {
        x,
        y: middle - 12,
        width,
        height: 24,
        rx: 12,
        class: isNow ? 'run ring' : isReached ? 'lit' : 'box dim',
        'stroke-width': isNow ? 2.4 : 1,
        ...(!isReached && !isNow && { 'stroke-dasharray': '3 3' }),
      };
      const look = isNow ? 'small mid onColour' : isReached ? 'small mid' : 'small mid muted';
      const when = isReached ? timeOf(life, phase, clock) : '';
      const arrow =
        at === phases.indexOf(shown.at(-1) ?? phase)
          ? ''
          : element('path', {
              d: `M${Math.round(x + width + 1)} ${Math.round(middle)}h8m-3 -3l3 3l-3 3`,
              class: 'link',
              fill: 'none',
              'stroke-width': 1.2,
            });
      return (
        element('rect', pill) +
        text(fitting(phase, 11, width - 2) || phase, { x: x + width / 2, y: middle + 4, class: look }) +
        (when === '' ? '' : text(when, { x: x + width / 2, y: middle + 27, class: 'small muted mid' })) +
        arrow
      );
    })
    .join('');
}

function timeOf({ reached, waited }: Life, phase: Phase, clock: 'ms' | 'steps'): string {
  const at = reached.get(phase);
  if (at === undefined) return '';
  if (phase === 'waiting') return (clock === 'ms' ? 'in all ' : '') + durationOf(waited, clock);
  return momentOf(at, clock);
}

/** Side by side, as many in a line as there is room for. */
function drawBoxes(boxes: readonly Box[], width: number, top: number): { body: string; height: number } {
  if (boxes.length === 0) return { body: '', height: 0 };
  const inner = width - 2 * MARGIN;
  const perLine = Math.max(1, Math.min(boxes.length, Math.floor(inner / 170)));
  const gap = 12;
  const boxWidth = Math.min(260, (inner - gap * (perLine - 1)) / perLine);
  const heading = text('Each process has a copy of its own:', {
    x: MARGIN,
    y: top + 14,
    class: 'small name',
  });
  let y = top + 24;
  let body = heading;
  for (let at = 0; at < boxes.length; at += perLine) {
    const line = boxes.slice(at, at + perLine);
    const tallest = 34 + Math.max(...line.map(({ rows }) => rows.length)) * BOX_ROW;
    body += line
      .map((box, column) => drawBox(box, MARGIN + column * (boxWidth + gap), y, boxWidth, tallest))
      .join('');
    y += tallest + 12;
  }
  return { body, height: y - top };
}

function drawBox({ owner, rows }: Box, x: number, y: number, width: number, height: number): string {
  return (
    element('rect', { x, y, width, height, rx: 8, class: 'card', 'stroke-width': 1.2 }) +
    text(fitting(owner, 12.5 * BOLD, width - 20) || '…', { x: x + 10, y: y + 19, class: 'name' }) +
    rows
      .map(({ name, value, differs }, at) => {
        const rowY = y + 30 + at * BOX_ROW;
        const label = fitting(name, 11.5, width * 0.45) || '…';
        const said = fitting(differs ? `≠ ${value}` : value, 11.5 * BOLD, width * 0.5 - 16) || '…';
        const mark = differs
          ? element('rect', {
              x: x + 6,
              y: rowY - 1,
              width: width - 12,
              height: BOX_ROW - 2,
              rx: 4,
              class: 'o0',
              'fill-opacity': 0.3,
            })
          : '';
        return (
          mark +
          text(label, { x: x + 10, y: rowY + 12, class: 'small' }) +
          text(said, { x: x + width - 10, y: rowY + 12, class: 'small name end' })
        );
      })
      .join('')
  );
}
