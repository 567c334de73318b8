// Notebook 10: a farm of workers, who each need a sentinel; the second exercise sends the work in blocks.

import { makeExercise } from '../exercise';
import { check } from '../orders/check';
import { startsChildren } from '../orders/children';
import { everythingJoined, nothingLeft, returns } from '../orders/ending';
import { answeredByChildren, putByParent } from '../orders/work';
import type { Verdict } from '../verdict';

const farm = makeExercise<(pairs: [number, number][], count: number) => unknown>('A farm of workers', {
  check: checkWorkers,
});

/**
 * Judges `farm(pairs, count)`: do `count` workers find the greatest common divisors of all pairs and then
 * end, in every order? It returns their sum.
 *
 * @example
 * console.log((await checkFarm(() => 6)).sentence);
 * // → I called it with ([ [ 12, 18 ] ], 1): in its only order no process is started; it must be 1.
 */
export const checkFarm = farm.check;

const TRIES: readonly { pairs: [number, number][]; count: number; sum: number }[] = [
  { pairs: [[12, 18]], count: 1, sum: 6 },
  {
    pairs: [
      [12, 18],
      [7, 5],
    ],
    count: 2,
    sum: 7,
  },
  { pairs: [[8, 20]], count: 3, sum: 4 },
  { pairs: [], count: 2, sum: 0 },
];

async function checkWorkers(
  solution: (pairs: [number, number][], count: number) => unknown,
): Promise<Verdict> {
  let verdict: Verdict | undefined;
  for (const { pairs, count, sum } of TRIES) {
    const requirements = [
      startsChildren(count),
      returns(sum),
      ...(pairs.length > 0 ? [answeredByChildren()] : []),
      nothingLeft(),
      everythingJoined(),
    ];
    verdict = await check(solution, requirements, { args: [pairs, count] });
    if (!verdict.passed) return verdict;
  }
  return verdict as Verdict;
}

const blocks = makeExercise<(pairs: [number, number][], count: number, size: number) => unknown>(
  'Work in blocks',
  { check: checkSizes },
);

/**
 * Judges `farmInBlocks(pairs, count, size)`: is the same work sent in blocks of `size` pairs, none forgotten?
 *
 * @example
 * console.log((await checkBlocks(() => 7)).sentence);
 * // → …it returns 7 instead of 10.
 */
export const checkBlocks = blocks.check;

const FIVE: [number, number][] = [
  [12, 18],
  [7, 5],
  [9, 4],
  [11, 3],
  [5, 2],
];

async function checkSizes(
  solution: (pairs: [number, number][], count: number, size: number) => unknown,
): Promise<Verdict> {
  let verdict: Verdict | undefined;
  for (const size of [2, 5, 3]) {
    const sent = Math.ceil(FIVE.length / size);
    const requirements = [
      returns(10),
      startsChildren(2),
      putByParent(
        sent + 2,
        `blocks of up to ${size} pairs, ${sent} in all, and a sentinel for each of 2 workers`,
      ),
      nothingLeft(),
      everythingJoined(),
    ];
    verdict = await check(solution, requirements, { args: [FIVE, 2, size] });
    if (!verdict.passed) return verdict;
  }
  return verdict as Verdict;
}
