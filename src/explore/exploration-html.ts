// The result of explore() as a table, for a notebook: what the orders come to, how many each, the smallest of
// them, and what was not walked. The text says the same. Pure.
import { escapeHtml } from '../host/escape-html';
import { notes, numbered, outcomeWords, sentence, type Told, walkedWords } from './exploration-text';
import type { OutcomeCount } from './outcome';

/** How many outcomes have a row of their own. */
const MOST_ROWS = 20;

/**
 * The colours are those of the pictures: told apart by colour-blind eyes, to be seen on light pages and on
 * dark ones.
 */
const RIGHT = '#56B4E9';
const WRONG = '#D55E00';
const LATE = '#CC79A7';

const WRONG_MARK = '<b title="not as it should be">✗</b>';

export function explorationHtml(found: Told): string {
  const { outcomes, orders, lateWrites } = found;
  const rows = outcomes.slice(0, MOST_ROWS).map((count) => rowOf(count, orders));
  const late = lateWrites.outcomes.slice(0, MOST_ROWS).map(lateRowOf);
  const more = outcomes.length - rows.length;
  const rest = more > 0 ? [cellsOf('', '', `and ${numbered(BigInt(more), 'other outcome')}`, '')] : [];
  const said = notes(found).map((line) => `<div style="opacity: 0.8">${escapeHtml(line)}</div>`);
  return (
    `<div><b>${escapeHtml(walkedWords(found))}</b>, ${numbered(BigInt(outcomes.length), 'outcome')}</div>` +
    '<table style="border-collapse: collapse; margin: 6px 0"><thead><tr>' +
    `${['', 'orders', 'come to', 'the smallest of them'].map(headOf).join('')}</tr></thead>` +
    `<tbody>${[...rows, ...rest, ...late].join('')}</tbody></table>${said.join('')}`
  );
}

const CELL = 'padding: 3px 12px; text-align: left; vertical-align: top';

function headOf(words: string): string {
  return `<th style="${CELL}">${words}</th>`;
}

function rowOf({ outcome, orders, isRight, why, code }: OutcomeCount, all: bigint): string {
  const colour = isRight ? RIGHT : WRONG;
  const what = escapeHtml(outcomeWords(outcome));
  const wrong = why === undefined ? '' : `<br><small>${escapeHtml(sentence(why))}</small>`;
  const mark = isRight ? '' : WRONG_MARK;
  return cellsOf(
    mark,
    `${orders.toLocaleString('en')}${barOf(orders, all, colour)}`,
    what + wrong,
    code,
    colour,
  );
}

/** What a real processor adds is not counted: its orders are others. */
function lateRowOf({ outcome, isRight, why, code }: OutcomeCount): string {
  const added = 'On a real processor, which lets what is written come out late.';
  const wrong = why === undefined ? '' : ` ${escapeHtml(sentence(why))}`;
  const what = `${escapeHtml(outcomeWords(outcome))}<br><small>${added}${wrong}</small>`;
  return cellsOf(`<b>+</b>${isRight ? '' : WRONG_MARK}`, '–', what, code, LATE);
}

function cellsOf(mark: string, orders: string, what: string, code: string, colour?: string): string {
  const edge = colour === undefined ? '' : `; border-left: 4px solid ${colour}`;
  return (
    `<tr><td style="${CELL}${edge}">${mark}</td>` +
    `<td style="${CELL}; text-align: right">${orders}</td>` +
    `<td style="${CELL}">${what}</td><td style="${CELL}"><code>${escapeHtml(code)}</code></td></tr>`
  );
}

/** How many of all they are. */
function barOf(orders: bigint, all: bigint, colour: string): string {
  const percent = Math.max(1, Number((orders * 100n) / all));
  const bar = `<div style="height: 4px; width: ${percent}%; background-color: ${colour}"></div>`;
  return `<div style="height: 4px; min-width: 80px">${bar}</div>`;
}
