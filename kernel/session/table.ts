// Arrays of objects and Maps as HTML tables, which is what they are read as. Safe for any content, and short however many rows there are.

import { inspect } from 'node:util';

const SHOWN_ROWS = 20;
/** Beyond that not even folded away. */
const MOST_ROWS = 1000;
const MOST_COLUMNS = 20;
const MOST_CHARACTERS = 200;

type Row = { readonly [column: string]: unknown };

/** Undefined if the value is no table. */
export function tableOf(value: unknown): string | undefined {
  if (value instanceof Map) {
    if (value.size === 0) return undefined;
    const rows = take(value.entries(), MOST_ROWS).map(([key, held]) => [key, held]);
    return html(['key', 'value'], rows, value.size, { from: undefined });
  }
  if (!isListOfRows(value)) return undefined;
  const shown = value.slice(0, MOST_ROWS);
  const columns = [...new Set(shown.flatMap((row) => Object.keys(row)))];
  if (columns.length === 0 || columns.length > MOST_COLUMNS) return undefined;
  const rows = shown.map((row) => columns.map((column) => row[column]));
  return html(columns, rows, value.length, { from: 0 });
}

function isListOfRows(value: unknown): value is readonly Row[] {
  return Array.isArray(value) && value.length > 0 && value.slice(0, MOST_ROWS).every(isRow);
}

function isRow(value: unknown): value is Row {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** `from`: the number of the first row, if rows have numbers. */
function html(
  columns: string[],
  rows: unknown[][],
  total: number,
  { from }: { from: number | undefined },
): string {
  const head = `<thead><tr>${from === undefined ? '' : '<th></th>'}${columns.map((name) => `<th>${escaped(name)}</th>`).join('')}</tr></thead>`;
  const body = (some: unknown[][], first: number): string =>
    some
      .map((row, at) => {
        const number = from === undefined ? '' : `<th>${first + at}</th>`;
        return `<tr>${number}${row.map((cell) => `<td>${escaped(textOf(cell))}</td>`).join('')}</tr>`;
      })
      .join('');
  const table = (some: unknown[][], first: number): string =>
    `<table>${head}<tbody>${body(some, first)}</tbody></table>`;
  if (total <= SHOWN_ROWS) return table(rows, 0);
  const more = rows.slice(SHOWN_ROWS);
  const left = total - rows.length;
  const rest = left > 0 ? `<p>${left.toLocaleString('en')} more are not shown.</p>` : '';
  const summary = `${(total - SHOWN_ROWS).toLocaleString('en')} more`;
  return `${table(rows.slice(0, SHOWN_ROWS), 0)}<details><summary>${summary}</summary>${table(more, SHOWN_ROWS)}${rest}</details>`;
}

function textOf(value: unknown): string {
  if (value === undefined) return '';
  const text =
    typeof value === 'string' ? value : inspect(value, { depth: 1, breakLength: Number.POSITIVE_INFINITY });
  return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

function take<T>(items: Iterable<T>, count: number): T[] {
  const taken: T[] = [];
  for (const item of items) {
    if (taken.length === count) break;
    taken.push(item);
  }
  return taken;
}
