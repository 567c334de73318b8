// Notebook 14: the words of many pages, counted by several workers. Judged by what holds in every order,
// and by who did how much.

import { makeExercise } from '../exercise';
import { atLeastAtOnce } from '../orders/at-once';
import { startsChildren } from '../orders/children';
import { checkEach } from '../orders/each-input';
import { everythingJoined, nothingLeft, returns } from '../orders/ending';
import { resultFromChildren } from '../orders/from-children';
import { sharesEvenly } from '../orders/work';
import type { Verdict } from '../verdict';

const TRIES = [
  { pages: ['sun rain sun', 'rain', 'sun', 'fog'], workers: 2, counts: { sun: 3, rain: 2, fog: 1 } },
  { pages: ['tea tea', 'tea milk'], workers: 2, counts: { tea: 3, milk: 1 } },
  { pages: ['one', 'two', 'one'], workers: 3, counts: { one: 2, two: 1 } },
] as const;

const exercise = makeExercise<(pages: string[], workers: number) => unknown>('Word count', {
  check: checkAll,
});

/**
 * Judges `wordCount(pages, workers)`: do so many workers share the pages, and is every word counted,
 * in every order?
 *
 * @example
 * console.log((await checkWordCount(() => ({ sun: 3 }))).sentence);
 * // → …it returns { sun: 3 } instead of { sun: 3, rain: 2, fog: 1 }.
 */
export const checkWordCount = exercise.check;

async function checkAll(wordCount: (pages: string[], workers: number) => unknown): Promise<Verdict> {
  const inputs = TRIES.map(({ pages, workers, counts }) => ({
    args: [[...pages], workers] as [string[], number],
    requirements: [
      returns(counts),
      startsChildren(workers),
      atLeastAtOnce(workers),
      sharesEvenly(pages.length, workers),
      nothingLeft(),
      everythingJoined(),
      resultFromChildren(),
    ],
  }));
  return await checkEach(wordCount, inputs);
}
