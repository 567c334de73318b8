// Notebook 11: five programs that hang, to be repaired so that no order of their steps hangs.

import { inspect } from 'node:util';
import { makeExercise } from '../exercise';
import { check } from '../orders/check';
import { startsChildren } from '../orders/children';
import { checkEach, type Input } from '../orders/each-input';
import { everythingJoined, nothingLeft, returns } from '../orders/ending';
import { resultFromChildren } from '../orders/from-children';
import { allReleased, printsHolding, releasesBetween } from '../orders/holding';
import { exactlyOnce, prints } from '../orders/printed';
import type { Requirement } from '../orders/requirement';
import { byOwnChild, startedTogether } from '../orders/who';
import { printedByChildren, putByChildren } from '../orders/work';
import type { Verdict } from '../verdict';

const forks = makeExercise<() => unknown>('Two forks', {
  check: (dinner) =>
    check(dinner, [
      exactlyOnce('Ada eats', 'Bob eats'),
      byOwnChild(/^Ada eats/, /^Bob eats/),
      printsHolding(/eats/, 2, 'who eats has both forks'),
      allReleased(),
      startedTogether(),
      everythingJoined(),
    ]),
});

/**
 * Judges `dinner()`: do Ada and Bob both eat with two forks, in every order?
 *
 * @example
 * const dinner = () => console.log('Ada eats');
 * console.log((await checkForks(dinner)).sentence);
 * // → in its only order "Bob eats" is never printed.
 */
export const checkForks = forks.check;

const shelf = makeExercise<() => unknown>('A full shelf', {
  check: (collect) =>
    check(collect, [returns(6), putByChildren(3), nothingLeft(), everythingJoined(), resultFromChildren()]),
});

/**
 * Judges `collect()`: does it take what its child puts on a small shelf, and see the child's
 * end, in every order?
 *
 * @example
 * console.log((await checkShelf(() => 6)).sentence);
 * // → in its only order a child puts 0 messages, not 3.
 */
export const checkShelf = shelf.check;

const office = makeExercise<() => unknown>('The last job', {
  check: (run) =>
    check(run, [prints(['did A', 'did B']), printedByChildren(), nothingLeft(), everythingJoined()]),
});

/**
 * Judges `office()`: does the worker do both jobs and then end, in every order?
 *
 * @example
 * console.log((await checkOffice(() => console.log('did A'))).sentence);
 * // → in its only order it prints "did A" instead of "did A", "did B".
 */
export const checkOffice = office.check;

/** What the customers want: 3 and 4 are beside the limit, and there may be no customer at all. */
const CUSTOMERS = [[5, 2], [3, 4, 1], [9], []] as const;

const shop = makeExercise<(wants: number[]) => unknown>('The shop', {
  check: (run) => checkEach(run, CUSTOMERS.map(shopInput)),
});

function shopInput(wants: readonly number[]): Input<[number[]]> {
  const requirements = [
    prints(wants.map((wanted) => (wanted > 3 ? 'too many' : 'sold'))),
    printedByChildren(),
    printsHolding(/./, 1, 'who sells has the till'),
    releasesBetween('each customer has a turn'),
    allReleased(),
    everythingJoined(),
  ];
  return { args: [[...wants]], requirements };
}

/**
 * Judges `shop(wants)`: does the seller give the till back, whatever each customer wants?
 *
 * @example
 * console.log((await checkShop(() => console.log('sold'))).sentence);
 * // → I called it with ([ 5, 2 ]): in its only order it prints "sold" instead of "too many", "sold".
 */
export const checkShop = shop.check;

const trip = makeExercise<(says: string) => unknown>('A silent friend', { check: checkAllFriends });

/**
 * Judges `trip(says)`: does it return what the friend says, or `'no answer'` from a friend who says nothing?
 *
 * @example
 * console.log((await checkTrip(() => 'yes')).sentence);
 * // → I called it with ('gladly'): in its only order no process is started; it must be 1.
 */
export const checkTrip = trip.check;

/** Two who answer, each something else, and one who does not. */
const FRIENDS = ['gladly', 'not today', ''] as const;

async function checkAllFriends(plan: (says: string) => unknown): Promise<Verdict> {
  return await checkEach(plan, FRIENDS.map(friendInput));
}

function friendInput(says: string): Input<[string]> {
  const answered = says === '' ? [returns('no answer')] : [answers(says), isHeard(says)];
  return { args: [says], requirements: [startsChildren(1), ...answered, everythingJoined()] };
}

/** A timeout may always be over before the answer is there. */
function answers(said: string): Requirement {
  return {
    words: `it returns '${said}', or 'no answer' where the time was over before`,
    judge: ({ returned }) =>
      returned === said || returned === 'no answer'
        ? undefined
        : `it returns ${inspect(returned)}, which is neither '${said}' nor 'no answer'`,
    judgeGarbled: ({ returned }) =>
      returned === said
        ? `it returns '${said}' whatever the friend puts into the queue: return what comes out of it`
        : undefined,
  };
}

/** The answer is taken out of the queue, and then it is what is returned. */
function isHeard(said: string): Requirement {
  return {
    words: 'who answers after 100 ms is heard',
    judgeOverall: ({ timed: { events }, orders }) => {
      const isParents = (wanted: string) =>
        events.some(({ kind, process }) => kind === wanted && process === 0);
      if (!isParents('get')) {
        return isParents('give-up')
          ? 'the friend answers after 100 ms, and the parent gives up before'
          : 'the friend puts an answer into the queue after 100 ms, and the parent never takes it out';
      }
      return orders.some(({ returned }) => returned === said)
        ? undefined
        : `the parent takes '${said}' out of the queue and never returns it`;
    },
  };
}
