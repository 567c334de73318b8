// SVG as text. Whatever a name or a printed text is, it stays text, and the picture stays well-formed.

import { escapeHtml } from '../host/escape-html';
import { beginningOf } from '../host/shorten';
import { svgImage } from '../host/svg-image';

export type Attributes = { readonly [name: string]: string | number | undefined };

/** An element; `children` are elements already. */
export function element(name: string, attributes: Attributes, children = ''): string {
  let said = '';
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined) continue;
    said += ` ${key}="${typeof value === 'number' ? rounded(value) : escapeHtml(value)}"`;
  }
  return children === '' ? `<${name}${said}/>` : `<${name}${said}>${children}</${name}>`;
}

export function text(content: string, attributes: Attributes): string {
  return element('text', attributes, escapeHtml(legible(content)));
}

/** Rectangles of one look as one shape, which takes a third of the bytes. */
export class Strips {
  readonly #paths = new Map<string, string>();

  add(look: string, x: number, y: number, width: number, height: number): void {
    const d = `M${rounded(x)} ${rounded(y)}h${rounded(width)}v${rounded(height)}h${rounded(-width)}z`;
    this.#paths.set(look, (this.#paths.get(look) ?? '') + d);
  }

  toString(): string {
    return [...this.#paths].map(([look, d]) => element('path', { class: look, d })).join('');
  }
}

/** A tenth of a pixel is as fine as anybody sees. */
function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}

// What XML cannot hold, and what would turn the rest of the line around.
const UNSEEN = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff]/gu;

/** On one line, with a sign in place of what cannot be drawn. */
export function legible(content: string): string {
  return content
    .toWellFormed()
    .replace(/(?<![\r\n])[\r\n]+$/, '')
    .replace(/\r?\n/g, '↵')
    .replace(/\t/g, ' ')
    .replace(UNSEEN, '\ufffd');
}

/** Shortens a text to at most so many characters. */
export function shortened(content: string, most: number): string {
  const clean = legible(content);
  return clean.length <= most ? clean : `${beginningOf(clean, Math.max(1, most - 1))}…`;
}

/** About how wide a text is: its fonts differ from computer to computer. */
export function widthOf(content: string, fontSize: number): number {
  let units = 0;
  for (const character of content) {
    if ((character.codePointAt(0) ?? 0) > 0x2e7f) units += 1.05;
    else if ("iljtfr.,:;'|!()[] ".includes(character)) units += 0.36;
    else if (/[A-ZmwMW@%…]/.test(character)) units += 0.74;
    else units += 0.58;
  }
  return units * fontSize;
}

/** The beginning of the text that has room; empty if that would say nothing. */
export function fitting(content: string, fontSize: number, room: number): string {
  const clean = legible(beginningOf(content, 200));
  if (widthOf(clean, fontSize) <= room) return clean;
  let kept = '';
  for (const character of clean) {
    if (widthOf(`${kept}${character}…`, fontSize) > room) break;
    kept += character;
  }
  return kept.length < 3 ? '' : `${kept}…`;
}

/** What a picture stands on, so that it can be read on any page. */
export function ground(width: number, height: number): string {
  return element('rect', { x: 0.5, y: 0.5, width: width - 1, height: height - 1, rx: 8, class: 'ground' });
}

export interface Picture {
  readonly title: string;
  readonly description: string;
  readonly width: number;
  readonly height: number;
  readonly style: string;
  readonly body: string;
}

export function svgOf({ title, description, width, height, style, body }: Picture): string {
  const head =
    element('title', { id: 'title' }, escapeHtml(legible(title))) +
    element('desc', { id: 'desc' }, escapeHtml(legible(description)));
  return element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      width,
      height,
      viewBox: `0 0 ${rounded(width)} ${rounded(height)}`,
      role: 'img',
      'aria-labelledby': 'title desc',
    },
    `${head}<style>${style}</style>${body}`,
  );
}

/** Returns the picture as an image; the alternative may have what programs wrote. */
export function imageOf(svg: string, alternative: string, width: number): string {
  return svgImage(svg, legible(alternative), rounded(width));
}
