// A guess held against what really happened. No points are given: a surprise teaches more than a hit.
import { inspect } from 'node:util';
import { hostDefinitions } from '../host/definitions';
import { notMade } from './not-made';
import { Verdict } from './verdict';

/** `choices`: what may be guessed; without them, anything. Tells nothing before there is a guess. */
export function guessed(guess: unknown, real: unknown, choices?: readonly unknown[]): Verdict {
  const unmade = notMade();
  if (unmade !== undefined) return unmade;
  if (guess === undefined || plain(guess) === '?' || plain(guess) === '') {
    return askFor('your guess', guess);
  }
  if (choices !== undefined && !choices.some((choice) => plain(choice) === plain(guess))) {
    const [last, ...others] = choices.map((choice) => inspect(choice)).reverse();
    return askFor(others.length === 0 ? `${last}` : `${others.reverse().join(', ')} or ${last}`, guess);
  }
  if (typeof real === 'number' && Number.isNaN(Number(plain(guess)))) {
    return askFor('one number, without a unit or a comma,', guess);
  }
  if (plain(guess) === plain(real)) return Verdict.yes(`you said ${inspect(guess)}, and so it was.`);
  return Verdict.surprise(
    `you said ${inspect(guess)}, it was ${inspect(real)}. A surprise is good: find out why before you go on.`,
  );
}

function askFor(what: string, guess: unknown): Verdict {
  return Verdict.notYet(`write ${what} in place of ${inspect(guess)}${placeOf(guess)}, then run this cell.`);
}

/** A guess usually stands in another cell than the comparison. */
function placeOf(guess: unknown): string {
  const made = hostDefinitions()?.of(guess);
  return made === undefined ? '' : ` where \`${made.name}\` is made (${made.cell}), and run that cell`;
}

const NUMBERS = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];

/** `'Late'`, `' 4 '`, `'4.0'`, `'four'` and `[1,2]` mean the same as `'late'`, `4`, `4` and `'1, 2'`. */
function plain(value: unknown): string {
  const text = Array.isArray(value) ? value.map(plain).join(',') : String(value);
  const words = text
    .trim()
    .toLowerCase()
    .replace(/(?<!\s)\s*,\s*/g, ',')
    .replace(/\s+/g, ' ');
  const number = NUMBERS.indexOf(words);
  if (number >= 0) return String(number);
  return words === '' || Number.isNaN(Number(words)) ? words : String(Number(words));
}
