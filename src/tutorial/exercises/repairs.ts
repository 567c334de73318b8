// Notebook 06: three programs with a wrong lock, to be repaired.

import { makeExercise } from '../exercise';
import { changesBy, neverBelow } from '../orders/changes';
import { check } from '../orders/check';
import { returns } from '../orders/ending';
import { allReleased } from '../orders/holding';
import type { Memory, Requirement } from '../orders/requirement';
import { mutualExclusion } from '../orders/sharing';
import { startedTogether } from '../orders/who';
import type { Verdict } from '../verdict';

const twoSellers = makeExercise<() => unknown>('Two sellers', { check: repaired(10, [changesBy(5, 5)]) });
const account = makeExercise<() => unknown>('Account', { check: repaired(80, [changesBy(10, -30)]) });
const lastSeat = makeExercise<() => unknown>('Last seat', {
  check: repaired(0, [changesBy(-1), neverBelow(0)]),
});

/**
 * Judges `twoSellers()`: are both sales of 5 in the till, in every order?
 *
 * @example
 * console.log((await checkTwoSellers(() => 10)).sentence);
 * // → in its only order no child uses the shared number; it takes two.
 */
export const checkTwoSellers = twoSellers.check;

/**
 * Judges `account()`: of 100, with 10 earned and 30 spent, 80 must be left in every order.
 *
 * @example
 * console.log((await checkAccount(() => 90)).sentence);
 * // → in its only order it returns 90 instead of 80.
 */
export const checkAccount = account.check;

/**
 * Judges `lastSeat()`: is the last seat sold once, in every order?
 *
 * @example
 * console.log((await checkLastSeat(() => -1)).sentence);
 * // → in its only order it returns -1 instead of 0.
 */
export const checkLastSeat = lastSeat.check;

function repaired(value: number, changes: Requirement[]): (program: () => unknown) => Promise<Verdict> {
  return (program) =>
    check(program, [
      returns(value),
      usedByTwo,
      startedTogether(),
      ...changes,
      mutualExclusion(),
      allReleased(),
    ]);
}

const whoUsesIt: Memory = {
  first: [],
  next(memory, { kind, process }) {
    const users = memory as readonly number[];
    const isNew = (kind === 'read' || kind === 'write') && process !== 0 && !users.includes(process);
    return isNew ? [...users, process].sort() : memory;
  },
};

/** Nobody is to give the right number without the work. */
const usedByTwo: Requirement = {
  words: 'two children use the shared number',
  memory: whoUsesIt,
  judge: ({ memory }) => {
    const count = (memory as readonly number[]).length;
    if (count >= 2) return undefined;
    return `${count === 0 ? 'no child uses' : 'only one child uses'} the shared number; it takes two`;
  },
};
