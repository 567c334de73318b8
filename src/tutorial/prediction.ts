// Holds a student's prediction against what really happened.

import { guessed } from './question';
import type { Verdict } from './verdict';

/**
 * A guess of `'?'` means that you have not guessed yet.
 *
 * @example
 * console.log(String(predicted(4, 4))); // → ✔ Yes: you said 4, and so it was.
 * console.log(predicted(8, 4).passed); // → false
 */
export function predicted(guess: unknown, real: unknown): Verdict {
  return guessed(guess, real);
}
