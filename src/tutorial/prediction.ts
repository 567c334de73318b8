// Holds a student's prediction against what really happened. No points are given: a surprise teaches more
// than a hit.

import { inspect } from 'node:util';
import { Verdict } from './verdict';

/** A guess of `'?'` means that you have not guessed yet. */
export function predicted(guess: unknown, real: unknown): Verdict {
  if (guess === '?')
    return Verdict.notYet(
      `write your guess in place of '?', then run this cell again. (It was ${inspect(real)}.)`,
    );
  // A number typed between quotes is still the same guess.
  if (String(guess).trim() === String(real)) return Verdict.yes(`you said ${inspect(guess)}, and so it was.`);
  return Verdict.surprise(
    `you said ${inspect(guess)}, it was ${inspect(real)}. A surprise is good: the next lines say why.`,
  );
}
