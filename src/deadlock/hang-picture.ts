// Who waits for whom, drawn: processes on the left, what they wait for on the right, the circle thick and
// numbered. Pure: a standstill → the text of an SVG that needs nothing else.

import { escapeHtml } from '../host/escape-html';
import { beginningOf } from '../host/shorten';
import type { Standstill } from './hang';
import { type Arrow, arrowsOf, type Node } from './hang-arrows';
import { hangText } from './hang-text';

const WIDTH = 640;
const ROW = 76;
const TOP = 20;
const BOX = { width: 150, height: 40 };
const LEFT = 56;
const RIGHT = WIDTH - 12 - BOX.width;
const LONGEST_NAME = 20;
const LONGEST_PLACE = 34;
/** Vermilion and grey: they differ for every eye, and in thickness too. */
const MARKED = '#c2410c';
const PLAIN = '#64748b';

interface Drawing {
  readonly shapes: string;
  readonly label: { readonly x: number; readonly y: number; readonly anchor: 'start' | 'end' | 'middle' };
}

/** Draws which process waits for what, as an SVG; the circle is marked where there is one. */
export function hangPicture(standstill: Standstill & { readonly circle?: readonly number[] }): string {
  const arrows = arrowsOf(standstill);
  const plainFirst = arrows.toSorted(
    (one, other) => Number(one.step !== undefined) - Number(other.step !== undefined),
  );
  const rows = Math.max(standstill.processes.length, standstill.objects.length, 1);
  const height = TOP * 2 + (rows - 1) * ROW + BOX.height;
  const marked = new Set(
    arrows.filter(({ step }) => step !== undefined).flatMap(({ from, to }) => [id(from), id(to)]),
  );
  const boxes = [
    ...standstill.processes.map(({ name, state }, index) => {
      return box({ is: 'process', index, name }, state === 'waits' ? 'process' : `process, ${state}`, marked);
    }),
    ...standstill.objects.map(({ name, kind }, index) => box({ is: 'object', index, name }, kind, marked)),
  ];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" role="img" font-family="system-ui, sans-serif" font-size="12">`,
    '<title>Who waits for whom</title>',
    `<desc>${drawable(hangText(standstill))}</desc>`,
    `<rect width="${WIDTH}" height="${height}" rx="8" fill="#ffffff"/>`,
    // The plain ones first, so that nothing hides the circle, and the words last.
    ...plainFirst.map(shaft),
    ...boxes,
    ...plainFirst.map(label),
    '</svg>',
  ].join('\n');
}

function box(node: Node, below: string, marked: ReadonlySet<string>): string {
  const { x, y } = cornerOf(node);
  const isMarked = marked.has(id(node));
  const stroke = `stroke="${isMarked ? MARKED : PLAIN}" stroke-width="${isMarked ? 2.5 : 1}"`;
  const round = node.is === 'process' ? 20 : 4;
  const middle = x + BOX.width / 2;
  return (
    `<g><title>${drawable(node.name)}</title>` +
    `<rect x="${x}" y="${y}" width="${BOX.width}" height="${BOX.height}" rx="${round}" fill="#f8fafc" ${stroke}/>` +
    text(
      { x: middle, y: y + 17, anchor: 'middle' },
      shortened(node.name, LONGEST_NAME),
      '#0f172a',
      'font-weight="600"',
    ) +
    text({ x: middle, y: y + 32, anchor: 'middle' }, below, '#475569', 'font-size="11"') +
    '</g>'
  );
}

function shaft(drawn: Arrow): string {
  const { shapes } = drawing(drawn);
  const dashes = drawn.says === 'could go on by' ? ' stroke-dasharray="6 4"' : '';
  const width = drawn.step === undefined ? 1.2 : 2.5;
  return `<g stroke="${colourOf(drawn)}" fill="none" stroke-width="${width}"${dashes}>${shapes}</g>`;
}

function label(drawn: Arrow): string {
  // What waits for the ends of many has no room for words, and needs none.
  if (drawn.step === undefined && drawn.says === 'waits for the end of') return '';
  const { label: at } = drawing(drawn);
  const words = drawn.says === 'waits for the end of' ? 'waits for the end' : drawn.says;
  const said = `${drawn.step === undefined ? '' : `${drawn.step}. `}${words}`;
  const place = drawn.where === undefined ? '' : shortened(drawn.where, LONGEST_PLACE);
  const colour = colourOf(drawn);
  return (
    text(at, said, colour, outlined) +
    (place === '' ? '' : text({ ...at, y: at.y + 13 }, place, colour, outlined))
  );
}

function colourOf({ step }: Arrow): string {
  return step === undefined ? PLAIN : MARKED;
}

function drawing(drawn: Arrow): Drawing {
  return drawn.to.is === drawn.from.is ? bow(drawn) : line(drawn);
}

/** Between a process and an object. Who waits starts above the middle, who is waited for arrives below it. */
function line({ from, to, says }: Arrow): Drawing {
  const isWait = says === 'waits for';
  const process = isWait ? from : to;
  const object = isWait ? to : from;
  const left = { x: LEFT + BOX.width + 4, y: middleOf(process) + (isWait ? -9 : 9) };
  const right = { x: RIGHT - 4, y: middleOf(object) + (isWait ? -9 : 9) };
  const [a, b] = isWait ? [left, right] : [right, left];
  const label = isWait
    ? { x: left.x + 10, y: left.y - 17, anchor: 'start' as const }
    : { x: right.x - 10, y: right.y + 16, anchor: 'end' as const };
  return { shapes: `<path d="M${a.x} ${a.y}L${b.x} ${b.y}"/>${head(a, b)}`, label };
}

/** Between two processes, past the left of those in between. */
function bow({ from, to }: Arrow): Drawing {
  const [a, b] = [middleOf(from), middleOf(to)];
  const reach = LEFT - 8 - Math.min(44, 20 + Math.abs(a - b) / 8);
  const path = `M${LEFT - 2} ${a}C${reach} ${a} ${reach} ${b} ${LEFT - 4} ${b}`;
  const label = { x: 8, y: (a + b) / 2 - (a === b ? 26 : 2), anchor: 'start' as const };
  return { shapes: `<path d="${path}"/>${head({ x: LEFT - 30, y: b }, { x: LEFT - 4, y: b })}`, label };
}

function head(a: { x: number; y: number }, b: { x: number; y: number }): string {
  const angle = (Math.atan2(b.y - a.y, b.x - a.x) * 180) / Math.PI;
  return `<path d="M-9 -5L0 0L-9 5" transform="translate(${b.x} ${b.y}) rotate(${angle.toFixed(1)})"/>`;
}

/** Legible where it lies on a line. */
const outlined = 'paint-order="stroke" stroke="#ffffff" stroke-width="4" stroke-linejoin="round"';

function text({ x, y, anchor }: Drawing['label'], words: string, fill: string, more: string): string {
  return `<text x="${x}" y="${y}" text-anchor="${anchor}" fill="${fill}" ${more}>${drawable(words)}</text>`;
}

function cornerOf({ is, index }: Node): { x: number; y: number } {
  return { x: is === 'process' ? LEFT : RIGHT, y: TOP + index * ROW };
}

function middleOf(node: Node): number {
  return cornerOf(node).y + BOX.height / 2;
}

function id({ is, index }: Node): string {
  return `${is} ${index}`;
}

/** What XML cannot have would leave no picture at all. */
function drawable(words: string): string {
  return escapeHtml(words.replace(/[^\P{Cc}\n]|[\ufffe\uffff]/gu, '\ufffd'));
}

function shortened(name: string, longest: number): string {
  return name.length > longest ? `${beginningOf(name, longest - 1)}…` : name;
}
