// A run as a table: a column for each process, a row for each thing that one of them did. As text and as HTML.

import { escapeHtml } from '../../host/escape-html';
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
  readonly rows: readonly Row[];
}

/** Every run has them; they say nothing about the order. */
const ALWAYS_THERE: ReadonlySet<string> = new Set(['start', 'exit', 'joined']);

/** Without what every run has: a process that does nothing else has no column. */
export function lanesOf(trace: Trace): Lanes {
  const events = trace.events.filter(
    ({ kind, number, child }) =>
      !(ALWAYS_THERE.has(kind) && (number ?? 0) === 0) && !(kind === 'wait' && child !== undefined),
  );
  const seen = trace.processes.filter(({ id }) => events.some(({ process }) => process === id));
  return {
    names: seen.map(({ name }) => name),
    rows: events.map((event) => ({
      lane: seen.findIndex(({ id }) => id === event.process),
      words: eventWords(event, trace),
      where: event.where,
    })),
  };
}

const GAP = '  ';

/** Columns of equal width, for a terminal. */
export function lanesText({ names, rows }: Lanes): string {
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

export function laneColour(lane: number): string {
  return COLOURS[lane % COLOURS.length] as string;
}

/** As an HTML table; `foot` are more rows for its end. Colours of its own only where both themes can bear them. */
export function lanesHtml({ names, rows }: Lanes, foot = ''): string {
  const heads = names.map(
    (name, lane) =>
      `<th style="text-align: left; padding: 2px 12px; border-bottom: 3px solid ${laneColour(lane)}">${escapeHtml(name)}</th>`,
  );
  const body = rows.map((row, at) => {
    const cells = names.map((_, lane) => (lane === row.lane ? filledCell(row) : '<td></td>'));
    return `<tr><td style="text-align: right; opacity: 0.6; padding: 2px 6px">${at + 1}</td>${cells.join('')}</tr>`;
  });
  return (
    '<table style="border-collapse: collapse; margin: 6px 0"><thead><tr><th></th>' +
    `${heads.join('')}</tr></thead><tbody>${body.join('')}${foot}</tbody></table>`
  );
}

function filledCell({ lane, words, where }: Row): string {
  const place = where === undefined ? '' : ` title="${escapeHtml(where)}"`;
  return (
    `<td${place} style="text-align: left; padding: 2px 12px; border-left: 3px solid ${laneColour(lane)}">` +
    `${escapeHtml(words)}</td>`
  );
}
