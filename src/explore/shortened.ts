// What a program printed, threw or returned may be long, and so may the code of an order: sentences show its
// beginning. Pure.
import { beginningOf } from '../host/shorten';

const MOST_SHOWN = 100;

export function shortened(text: string): string {
  return text.length > MOST_SHOWN ? `${beginningOf(text, MOST_SHOWN)} …` : text;
}
