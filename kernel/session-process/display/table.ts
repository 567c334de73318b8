// Arrays of objects and Maps as HTML tables, which is what they are read as. Safe for any content, and short
// however many rows there are.

import { types } from 'node:util';
import { beginningOf, escapeHtml } from 'parlab/host';
import { textOf } from './readable';

const SHOWN_ROWS = 20;
/** Further rows are not even folded away. */
const MOST_ROWS = 1000;
const MOST_COLUMNS = 20;
const MOST_CHARACTERS = 200;

type Row = ReadonlyMap<string, PropertyDescriptor | undefined>;

const { entries } = Map.prototype;
const sizeOf = Object.getOwnPropertyDescriptor(Map.prototype, 'size')?.get as () => number;

/** Returns undefined if the value is no table. Getters are not called, and Proxies not asked. */
export function tableOf(value: object): string | undefined {
  if (types.isMap(value)) {
    const size = Reflect.apply(sizeOf, value, []);
    if (size === 0) return undefined;
    const pairs: Iterable<[unknown, unknown]> = Reflect.apply(entries, value, []);
    const rows = take(pairs, MOST_ROWS).map(([key, held]) => [textOfCell(key), textOfCell(held)]);
    return html(['key', 'value'], rows, size, { isNumbered: false });
  }
  const list = rowsOf(value);
  if (!list) return undefined;
  const columns = [...new Set(list.flatMap((row) => [...row.keys()]))];
  if (columns.length === 0 || columns.length > MOST_COLUMNS) return undefined;
  const rows = list.map((row) => columns.map((column) => textOfProperty(row.get(column))));
  return html(columns, rows, (value as unknown[]).length, { isNumbered: true });
}

/** The first of them, if each is an object of few fields. */
function rowsOf(value: object): Row[] | undefined {
  if (!Array.isArray(value) || types.isProxy(value) || value.length === 0) return undefined;
  const rows: Row[] = [];
  for (let at = 0; at < Math.min(value.length, MOST_ROWS); at++) {
    const item: unknown = Object.getOwnPropertyDescriptor(value, at)?.value;
    const names = isRow(item) ? Object.keys(item) : undefined;
    if (!names || names.length > MOST_COLUMNS) return undefined;
    rows.push(new Map(names.map((name) => [name, Object.getOwnPropertyDescriptor(item, name)])));
  }
  return rows;
}

function isRow(value: unknown): value is object {
  if (typeof value !== 'object' || value === null || types.isProxy(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** `isNumbered`: whether each row begins with its number, from 0. */
function html(
  columns: string[],
  rows: string[][],
  total: number,
  { isNumbered }: { isNumbered: boolean },
): string {
  const head = `<thead><tr>${isNumbered ? '<th></th>' : ''}${columns.map((name) => `<th>${escaped(name)}</th>`).join('')}</tr></thead>`;
  const body = (some: string[][], first: number): string =>
    some
      .map((row, at) => {
        const number = isNumbered ? `<th>${first + at}</th>` : '';
        return `<tr>${number}${row.map((cell) => `<td>${escaped(cell)}</td>`).join('')}</tr>`;
      })
      .join('');
  const table = (some: string[][], first: number): string =>
    `<table>${head}<tbody>${body(some, first)}</tbody></table>`;
  if (total <= SHOWN_ROWS) return table(rows, 0);
  const more = rows.slice(SHOWN_ROWS);
  const left = total - rows.length;
  const rest = left > 0 ? `<p>${left.toLocaleString('en')} more are not shown.</p>` : '';
  const summary = `${(total - SHOWN_ROWS).toLocaleString('en')} more`;
  return `${table(rows.slice(0, SHOWN_ROWS), 0)}<details><summary>${summary}</summary>${table(more, SHOWN_ROWS)}${rest}</details>`;
}

function textOfProperty(field: PropertyDescriptor | undefined): string {
  if (!field) return '';
  if (field.get) return field.set ? '[Getter/Setter]' : '[Getter]';
  return field.set ? '[Setter]' : textOfCell(field.value);
}

function textOfCell(value: unknown): string {
  if (value === undefined) return '';
  if (typeof value === 'string') return value;
  return textOf(value, { depth: 1, breakLength: Number.POSITIVE_INFINITY });
}

function shortened(text: string): string {
  return text.length > MOST_CHARACTERS ? `${beginningOf(text, MOST_CHARACTERS)}…` : text;
}

function escaped(text: string): string {
  return escapeHtml(shortened(text));
}

function take<T>(items: Iterable<T>, count: number): T[] {
  const taken: T[] = [];
  for (const item of items) {
    if (taken.length === count) break;
    taken.push(item);
  }
  return taken;
}
