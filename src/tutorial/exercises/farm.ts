// Notebook 10: a farm of workers, who each need a sentinel; the second exercise sends the work in blocks.

import { makeExercise } from '../exercise';
import { startsChildren } from '../orders/children';
import { checkEach, type Input } from '../orders/each-input';
import { everythingJoined, nothingLeft, returns } from '../orders/ending';
import { resultFromChildren } from '../orders/from-children';
import { putByParent, putInBlocks, sendsEach } from '../orders/work';
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
  const inputs = TRIES.map(({ pairs, count, sum }): Input<[[number, number][], number]> => {
    const requirements = [startsChildren(count), returns(sum), nothingLeft(), everythingJoined()];
    // Where there are no pairs, no child has anything to make.
    if (pairs.length > 0) requirements.push(resultFromChildren(), sendsEach(pairs));
    return { args: [[...pairs], count], requirements };
  });
  return await checkEach(solution, inputs);
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

const BLOCKS = [
  { pairs: FIVE, size: 2, sum: 10 },
  { pairs: FIVE, size: 5, sum: 10 },
  { pairs: FIVE.slice(0, 4), size: 3, sum: 9 },
];

async function checkSizes(
  solution: (pairs: [number, number][], count: number, size: number) => unknown,
): Promise<Verdict> {
  const inputs = BLOCKS.map(({ pairs, size, sum }): Input<[[number, number][], number, number]> => {
    const sent = Math.ceil(pairs.length / size);
    const what = `blocks of up to ${size} pairs, ${sent} in all, and a sentinel for each of 2 workers`;
    const requirements = [
      returns(sum),
      startsChildren(2),
      putByParent(sent + 2, what),
      putInBlocks(sizesOf(pairs.length, size)),
      nothingLeft(),
      everythingJoined(),
      resultFromChildren(),
    ];
    return { args: [[...pairs], 2, size], requirements };
  });
  return await checkEach(solution, inputs);
}

/** Whole blocks, and what is left. */
function sizesOf(pairs: number, size: number): number[] {
  const left = pairs % size;
  return [...new Array<number>(Math.floor(pairs / size)).fill(size), ...(left === 0 ? [] : [left])];
}
