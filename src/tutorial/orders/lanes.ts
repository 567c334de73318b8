// A run as a table: a column for each process, a row for each thing that one of them did. As text and as
// HTML.

import { escapeHtml } from '../../host/escape-html';
import { isTelling, type Tells } from '../../timeline/telling-steps';
import type { Trace } from '../../trace/record';
import { eventWords } from './event-words';

/** One thing that one process did. */
export interface Row {
  /** Which column. */
  readonly lane: number;
  readonly words: string;
  readonly where?: string | undefined;
}

export interface Lanes {
  /** The heads of the columns. */
  readonly names: readonly string[];
  readonly colours: readonly string[];
  readonly rows: readonly Row[];
}

/** Returns the lanes without what every run has: a process that does nothing else has no column. */
export function lanesOf(trace: Trace, tells: Tells = isTelling): Lanes {
  const events = trace.events.filter(tells);
  const seen = trace.processes.filter(({ id }) => events.some(({ process }) => process === id));
  return {
    names: seen.map(({ name }) => name),
    colours: seen.map(({ id }) => processColour(id)),
    rows: events.map((event) => ({
      lane: seen.findIndex(({ id }) => id === event.process),
      words: eventWords(event, trace),
      where: event.where,
    })),
  };
}

const GAP = '  ';

/** Columns of equal width, for a terminal. */
export function lanesText({ names, rows }: Pick<Lanes, 'names' | 'rows'>): string {
  const widths = names.map((name, lane) =>
    Math.max(name.length, ...rows.filter((row) => row.lane === lane).map(({ words }) => words.length)),
  );
  const line = (first: string, cells: readonly string[]) =>
    [first.padStart(4), ...cells.map((cell, lane) => cell.padEnd(widths[lane] ?? 0))].join(GAP).trimEnd();
  return [
    line('', names),
    ...rows.map(({ lane, words }, at) =>
      line(
        String(at + 1),
        names.map((_, each) => (each === lane ? words : '')),
      ),
    ),
  ].join('\n');
}

// Okabe and Ito: told apart by colour-blind eyes. The name at the head of the column says the same.
const COLOURS = ['#0072B2', '#D55E00', '#009E73', '#CC79A7', '#E69F00', '#56B4E9'];
/** The main process stands back: it starts the others. */
const MAIN_COLOUR = '#767676';

/** The colour goes by the process's id in the trace, so it is the same in every picture of a program. */
export function processColour(id: number): string {
  return id === 0 ? MAIN_COLOUR : (COLOURS[(id - 1) % COLOURS.length] as string);
}

/** Returns the colour of a letter on such a colour: white can be read on the dark ones alone. */
export function inkOn(colour: string): string {
  return colour === COLOURS[0] || colour === MAIN_COLOUR ? '#ffffff' : '#111111';
}

/** Returns an HTML table, with colours of its own only where light and dark pages can bear them. */
export function lanesHtml({ names, colours, rows }: Lanes): string {
  const heads = names.map(
    (name, lane) =>
      `<th style="text-align: left; padding: 2px 12px; border-bottom: 3px solid ${colours[lane]}">${escapeHtml(name)}</th>`,
  );
  const body = rows.map(({ lane, words, where }, at) => {
    const place = where === undefined ? '' : ` <small style="opacity: 0.75">${escapeHtml(where)}</small>`;
    const filled =
      `<td style="text-align: left; padding: 2px 12px; border-left: 3px solid ${colours[lane]}">` +
      `${escapeHtml(words)}${place}</td>`;
    const cells = names.map((_, each) => (each === lane ? filled : '<td></td>'));
    return `<tr><td style="text-align: right; opacity: 0.75; padding: 2px 6px">${at + 1}</td>${cells.join('')}</tr>`;
  });
  return (
    '<table style="border-collapse: collapse; margin: 6px 0"><thead><tr><th></th>' +
    `${heads.join('')}</tr></thead><tbody>${body.join('')}</tbody></table>`
  );
}
