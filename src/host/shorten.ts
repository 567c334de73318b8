// The beginning of a text that is too long to be shown. Pure.

import { uncurried } from './uncurried';

const charCodeAt = uncurried(String.prototype.charCodeAt);
const slice = uncurried(String.prototype.slice as (this: string, from: number, to: number) => string);

/**
 * Returns at most `length` UTF-16 units; no character is cut in two, for half of one cannot be saved in a
 * file.
 */
export function beginningOf(text: string, length: number): string {
  const cutsOne =
    isBetween(charCodeAt(text, length - 1), 0xd800) && isBetween(charCodeAt(text, length), 0xdc00);
  return slice(text, 0, cutsOne ? length - 1 : length);
}

function isBetween(unit: number, from: number): boolean {
  return unit >= from && unit < from + 0x400;
}
