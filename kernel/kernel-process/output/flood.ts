// How much of a cell's output is sent: a loop that prints for ever must not fill the page, in which it is to
// be stopped. Pure: what was sent so far, and what comes, give what is sent now.

/** What a page shows with ease, and more than anybody reads. */
export const MOST_CHARACTERS = 1_000_000;
export const MOST_LINES = 10_000;
export const MOST_DISPLAYS = 1_000;

/** What was sent of one cell, since its output was cleared last. */
export interface Sent {
  readonly characters: number;
  readonly lines: number;
  readonly displays: number;
  readonly isCut: boolean;
}

export const nothingSent: Sent = { characters: 0, lines: 0, displays: 0, isCut: false };

export const CUT =
  '\n… This cell prints too much: what follows is not shown. To stop the cell, interrupt the kernel.\n';

/** `text`: what of it is sent; at the cut with the sentence that says so. */
export function sendText(sent: Sent, text: string): { text: string; sent: Sent } {
  if (sent.isCut) return { text: '', sent };
  const room = MOST_CHARACTERS - sent.characters;
  const end = Math.min(text.length, room, endOfLine(text, MOST_LINES - sent.lines));
  const isCut = end < text.length;
  const part = isCut ? text.slice(0, wholeEnd(text, end)) : text;
  const characters = sent.characters + part.length;
  const lines = sent.lines + countLines(part);
  return { text: isCut ? part + CUT : part, sent: { ...sent, characters, lines, isCut } };
}

/** `isFirstCut`: the sentence has still to be said. */
export function sendDisplay(sent: Sent): { isSent: boolean; isFirstCut: boolean; sent: Sent } {
  if (sent.isCut) return { isSent: false, isFirstCut: false, sent };
  if (sent.displays >= MOST_DISPLAYS) {
    return { isSent: false, isFirstCut: true, sent: { ...sent, isCut: true } };
  }
  return { isSent: true, isFirstCut: false, sent: { ...sent, displays: sent.displays + 1 } };
}

/** Returns the place behind so many lines. */
function endOfLine(text: string, lines: number): number {
  let at = 0;
  for (let left = lines; left > 0; left--) {
    const next = text.indexOf('\n', at);
    if (next < 0) return text.length;
    at = next + 1;
  }
  return at;
}

function countLines(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count++;
  return count;
}

/** Returns an end that is not between the two halves of a letter. */
function wholeEnd(text: string, end: number): number {
  const code = text.charCodeAt(end - 1);
  return code >= 0xd800 && code < 0xdc00 ? end - 1 : end;
}
