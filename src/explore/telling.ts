// What can be told outside of a process of the values and errors in it.
import { inspect } from 'node:util';
import { placeIn } from '../system/call-site';
import type { Plain } from './operations';

/** 'TypeError: nothing there (Cell 1, line 3)' */
export function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return inspect(error);
  const place = placeIn(String(error.stack));
  return `${error.name}: ${error.message}${place === undefined ? '' : ` (${place})`}`;
}

/** What can be told of a value outside of its process. */
export function plain(value: unknown): Plain {
  if (value === undefined || value === null || typeof value === 'boolean' || typeof value === 'string')
    return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  try {
    return JSON.parse(JSON.stringify(value)) as Plain;
  } catch {
    return inspect(value);
  }
}
