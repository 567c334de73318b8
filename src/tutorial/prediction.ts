// Holds a student's prediction against what really happened.

import { guessed } from './guessed';
import type { Verdict } from './verdict';

/**
 * Holds your guess against what really happened; `'?'` means that you have not guessed yet.
 *
 * @param choices What may be guessed; without it, anything.
 *
 * @example
 * console.log(String(predicted(4, 4))); // → ✔ Yes: you said 4, and so it was.
 * console.log(predicted(8, 4).passed); // → false
 * console.log(predicted('soon', 'late', ['early', 'late']).sentence);
 * // → write 'early' or 'late' in place of 'soon', then run this cell.
 */
export function predicted(guess: unknown, real: unknown, choices?: readonly unknown[]): Verdict {
  return guessed(guess, real, choices);
}
