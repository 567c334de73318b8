// The cells of this kernel's life, in memory: for the up-arrow of consoles and for history_request.

import type { Ask } from '../protocol/messages';
import type { Handler } from './handlers';

interface Entry {
  line: number;
  input: string;
  output: string | null;
}

/** Only one session is remembered; 0 means "this one" in a request. */
const SESSION = 1;
const REMEMBERED = 10_000;

export class History {
  #entries: Entry[] = [];

  add(entry: Entry): void {
    this.#entries.push(entry);
    if (this.#entries.length > 2 * REMEMBERED) this.#entries = this.#entries.slice(-REMEMBERED);
  }

  find(ask: Ask<'history_request'>): Entry[] {
    switch (ask.hist_access_type) {
      case 'tail':
        return last(this.#entries, ask.n);
      case 'range': {
        if (ask.session !== 0 && ask.session !== SESSION) return [];
        const stop = ask.stop ?? Number.POSITIVE_INFINITY;
        return this.#entries.filter(({ line }) => line >= ask.start && line < stop);
      }
      case 'search': {
        const pattern = globPattern(ask.pattern);
        const found = this.#entries.filter(({ input }) => pattern.test(input));
        return last(ask.unique ? latestOfEach(found) : found, ask.n);
      }
      default:
        return ask.hist_access_type satisfies never;
    }
  }
}

export function historyHandler(history: History): Handler<'history_request'> {
  return (ask) => ({
    status: 'ok',
    history: history
      .find(ask)
      .map(({ line, input, output }) => [SESSION, line, ask.output ? [input, output] : input]),
  });
}

function last(entries: Entry[], count: number | undefined): Entry[] {
  return count === undefined ? entries : entries.slice(Math.max(0, entries.length - count));
}

function latestOfEach(entries: Entry[]): Entry[] {
  const latest = new Map<string, Entry>();
  for (const entry of entries) {
    latest.delete(entry.input);
    latest.set(entry.input, entry);
  }
  return [...latest.values()];
}

/** `*` is any text, `?` any character, as in SQLite's GLOB, which IPython uses. */
function globPattern(glob: string): RegExp {
  const source = [...glob].map((char) => {
    if (char === '*') return '.*';
    if (char === '?') return '.';
    return char.replace(/[\\^$.|+()[\]{}/-]/g, '\\$&');
  });
  return new RegExp(`^${source.join('')}$`, 'su');
}
