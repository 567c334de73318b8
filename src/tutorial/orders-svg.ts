// A bar chart of orders: a pure function from counts to SVG.

import { escapeHtml } from '../host/escape-html';
import { beginningOf } from '../host/shorten';

const ROW_PX = 30;
const LONGEST_BAR_PX = 240;
const BARS_FROM_PX = 56;
const WIDTH_PX = 760;
const MOST_LETTERS = 56;

interface Bar {
  readonly lines: readonly string[];
  readonly count: number;
}

/** A row for each order; `below` are lines of text under them. */
export function ordersSvg(title: string, bars: readonly Bar[], below: readonly string[]): string {
  const most = Math.max(1, ...bars.map(({ count }) => count));
  const rows = bars.map(({ lines, count }, at) => {
    const y = 44 + at * ROW_PX;
    const width = Math.round((count / most) * LONGEST_BAR_PX);
    return (
      `<text x="44" y="${y + 17}" text-anchor="end">${count}</text>` +
      `<rect x="${BARS_FROM_PX}" y="${y + 2}" width="${width}" height="${ROW_PX - 10}" rx="3" fill="#0072B2"/>` +
      textAt(BARS_FROM_PX + width + 10, y + 17, lines.join(', '))
    );
  });
  const footFrom = 44 + bars.length * ROW_PX + 22;
  const foot = below.map((text, at) => textAt(16, footFrom + at * 22, text, 2 * MOST_LETTERS));
  const height = footFrom + below.length * 22;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH_PX}" height="${height}" font-family="sans-serif" font-size="15" fill="#1a1a1a">` +
    `<rect width="${WIDTH_PX}" height="${height}" rx="10" fill="#f4f4f0"/>` +
    `<text x="16" y="28" font-weight="bold">${escapeHtml(title)}</text>${rows.join('')}${foot.join('')}</svg>`
  );
}

function textAt(x: number, y: number, text: string, most = MOST_LETTERS): string {
  const short = text.length > most ? `${beginningOf(text, most)} …` : text;
  // XML has no control characters, not even escaped.
  return `<text x="${x}" y="${y}">${escapeHtml(short.replace(/\p{Cc}/gu, '\ufffd'))}</text>`;
}
