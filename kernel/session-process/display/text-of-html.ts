// What HTML says without its markup, for what can show text alone. In one pass, whatever the HTML is.

import { beginningOf } from 'parlab/host';

/** A plain text stands beside the HTML for those who cannot see that, and need not repeat a whole page. */
const MOST_CHARACTERS = 200_000;

export function textOfHtml(html: string): string {
  const words: string[] = [];
  const read = beginningOf(html, MOST_CHARACTERS);
  for (let at = 0; at < read.length; ) {
    const opens = read.indexOf('<', at);
    words.push(read.slice(at, opens < 0 ? undefined : opens));
    if (opens < 0) break;
    const closes = endOfTag(read, opens);
    // A bracket that is no tag's.
    if (closes < 0) {
      words.push(read.slice(opens));
      break;
    }
    at = closes;
  }
  return words
    .join(' ')
    .replace(/&(lt|gt|amp|quot|nbsp|#39);/g, (_entity, name: string) => ENTITIES[name] ?? ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

/**
 * Returns the place behind the tag that opens here, or behind the whole element if what it holds is no text.
 */
function endOfTag(html: string, opens: number): number {
  const closes = html.indexOf('>', opens) + 1;
  if (closes === 0) return -1;
  const name = /^<(script|style)\b/i.exec(html.slice(opens, opens + '<script>'.length))?.[1];
  if (name === undefined) return closes;
  const ending = new RegExp(`</${name}\\s*>`, 'gi');
  ending.lastIndex = closes;
  return ending.exec(html) ? ending.lastIndex : html.length;
}

const ENTITIES: { [name: string]: string } = {
  lt: '<',
  gt: '>',
  amp: '&',
  quot: '"',
  nbsp: ' ',
  '#39': "'",
};
