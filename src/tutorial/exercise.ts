// An exercise: a name, a check, and hints for students who ask for them.

import { checkFunction, checkOptions, checkText } from '../given';
import { hostDefinitions } from '../host/definitions';
import { Hints, hint } from './hint';
import { notMade } from './not-made';
import { enrol, note } from './register';
import type { Verdict } from './verdict';

/** What an exercise is made of. */
export interface ExerciseParts<Solution> {
  /** Judges the student's function. */
  check(solution: Solution): Verdict | Promise<Verdict>;
  /** From a small one, which only points, to a large one, which nearly tells. */
  readonly hints?: readonly string[];
}

/** What a notebook hands to its reader: something to write, a check of it, and hints. */
export interface Exercise<Solution> {
  /** The name under which `progress()` counts it. */
  readonly name: string;
  /** Judges the student's function. */
  check(solution: Solution): Promise<Verdict>;
  /** The hints, folded: see `hint()`. */
  readonly hints: Hints;
}

/**
 * Makes an exercise of your own. `progress()` counts its verdicts, and `hint()` shows its hints.
 *
 * @example
 * const double = exercise('Double', {
 *   check: (solve: (n: number) => number) =>
 *     solve(4) === 8 ? Verdict.yes('4 gives 8.') : Verdict.notYet(`4 gives ${solve(4)}, not 8.`),
 *   hints: ['Which sign multiplies?', 'It is: n * 2'],
 * });
 * console.log(String(await double.check((n) => n + 2))); // → ➜ Not yet: 4 gives 6, not 8.
 * console.log(String(await double.check((n) => n * 2))); // → ✔ Yes: 4 gives 8.
 */
export function exercise<Solution>(name: string, parts: ExerciseParts<Solution>): Exercise<Solution> {
  checkText('name', name);
  checkOptions('parts', parts, ['check', 'hints']);
  checkFunction('check', parts.check, 'a function that judges a solution');
  if (parts.hints !== undefined) hint(parts.hints);
  enrol(name);
  return makeExercise(name, parts);
}

/** As exercise(); `progress()` shows it once it was tried. */
export function makeExercise<Solution>(
  name: string,
  { check, hints = [] }: ExerciseParts<Solution>,
): Exercise<Solution> {
  return {
    name,
    check: async (solution) => {
      // This comes before anything is awaited, while the cell that asks is known.
      const definitions = hostDefinitions();
      const [judged, cut] = [definitions?.of(solution), definitions?.cut()];
      const verdict = notMade() ?? (await check(solution)).of(judged, cut);
      return note(name, verdict);
    },
    hints: new Hints(name, hints),
  };
}
