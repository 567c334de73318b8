// Notebook 13: programs that a player has broken, to be repaired so that no order breaks them.

import { InvalidArgumentError } from '../../errors';
import { type Exercise, makeExercise } from '../exercise';
import { changesBy, neverBelow } from '../orders/changes';
import { check } from '../orders/check';
import { startsChildren } from '../orders/children';
import { everythingJoined, returns } from '../orders/ending';
import { allReleased, printsHolding } from '../orders/holding';
import { exactlyOnce } from '../orders/printed';
import type { Requirement } from '../orders/requirement';
import { mutualExclusion } from '../orders/sharing';
import { byOwnChild, startedTogether } from '../orders/who';
import type { Verdict } from '../verdict';

const repairs: Record<'seat' | 'stock' | 'keys', Exercise<() => unknown>> = {
  seat: repair('The unbreakable seat', [
    returns(0),
    changesBy(-1),
    neverBelow(0),
    ...together(),
    mutualExclusion(),
    allReleased(),
  ]),
  stock: repair('The unbreakable stock', [
    returns(1),
    changesBy(-1, -1),
    ...together(),
    mutualExclusion(),
    allReleased(),
  ]),
  keys: repair('The unbreakable keys', [
    exactlyOnce('one', 'two'),
    byOwnChild(/^one/, /^two/),
    printsHolding(/one|two/, 2, 'who prints has both keys'),
    allReleased(),
    ...together(),
  ]),
};

function repair(name: string, requirements: readonly Requirement[]): Exercise<() => unknown> {
  return makeExercise<() => unknown>(name, { check: (program) => check(program, requirements) });
}

function together(): Requirement[] {
  return [startsChildren(2), startedTogether(), everythingJoined()];
}

/**
 * Judges a repaired program of the game: is there no order any more that breaks it?
 *
 * @param level Which of the programs it is.
 * @throws InvalidArgumentError for a level that there is not.
 *
 * @example
 * console.log((await checkGame('seat', () => -1)).sentence);
 * // → in its only order it returns -1 instead of 0.
 */
export function checkGame(level: keyof typeof repairs, program: () => unknown): Promise<Verdict> {
  const exercise = repairs[level];
  if (exercise === undefined) throw new InvalidArgumentError('level', "'seat', 'stock' or 'keys'", level);
  return exercise.check(program);
}
