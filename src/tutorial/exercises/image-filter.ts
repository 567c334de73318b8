// Notebook 14: a grey picture, blurred by several workers. Judged by what holds in every order, and by who
// did how much. A wrong row is told by what is wrong with it.

import { isDeepStrictEqual } from 'node:util';
import { showResult } from '../../explore/results/compare';
import { counted } from '../../system/counted';
import { makeExercise } from '../exercise';
import { atLeastAtOnce } from '../orders/at-once';
import { startsChildren } from '../orders/children';
import { checkEach } from '../orders/each-input';
import { everythingJoined, nothingLeft } from '../orders/ending';
import { resultFromChildren } from '../orders/from-children';
import { type Requirement, requirement } from '../orders/requirement';
import { sharesEvenly } from '../orders/work';
import type { Verdict } from '../verdict';

type Picture = number[][];

const ROWS: Picture = [
  [0, 90, 0],
  [200, 0, 30],
  [0, 60, 250],
  [120, 10, 0],
  [70, 0, 180],
];
// Five rows last: there the parts are not alike.
const TRIES = [
  { rows: 4, workers: 2 },
  { rows: 3, workers: 3 },
  { rows: 5, workers: 2 },
] as const;

const exercise = makeExercise<(picture: number[][], workers: number) => unknown>('Image filter', {
  check: checkAll,
});

/**
 * Judges `blurAll(picture, workers)`: do so many workers share the rows of a picture, and is each row blurred
 * with the rows above and below it, in every order?
 *
 * @example
 * console.log((await checkImageFilter((picture) => picture)).sentence);
 * // → …row 0 is as it was, not blurred.
 */
export const checkImageFilter = exercise.check;

async function checkAll(blurAll: (picture: Picture, workers: number) => unknown): Promise<Verdict> {
  const inputs = TRIES.map(({ rows, workers }) => {
    const picture = ROWS.slice(0, rows).map((row) => [...row]);
    return {
      args: [picture, workers] as [Picture, number],
      requirements: [
        returnsBlurred(picture),
        startsChildren(workers),
        atLeastAtOnce(workers),
        sharesEvenly(rows, workers),
        nothingLeft(),
        everythingJoined(),
        resultFromChildren(),
      ],
    };
  });
  return await checkEach(blurAll, inputs);
}

function returnsBlurred(picture: Picture): Requirement {
  return requirement('it returns the blurred picture', ({ returned }) => faultIn(returned, picture));
}

function faultIn(returned: unknown, picture: Picture): string | undefined {
  const blurred = picture.map((_, y) => blurredRow(picture, y));
  if (!Array.isArray(returned)) {
    return `it returns ${showResult(returned)}, and not the rows of the new picture`;
  }
  if (returned.length !== picture.length) {
    const more = returned.length > picture.length ? ': look for rows that two strips know' : '';
    return `it returns ${counted(returned.length, 'row')} instead of ${picture.length}${more}`;
  }
  const wrong = blurred.findIndex((row, y) => !isDeepStrictEqual(row, returned[y]));
  if (wrong < 0) return undefined;
  const isThere = (row: number[]) => returned.some((each) => isDeepStrictEqual(each, row));
  // All are there, and so none was made wrongly: the last row may be equal to the one above it, cut off.
  if (blurred.every(isThere)) return moved(returned[wrong], wrong, blurred);
  return faultInRow(returned[wrong], wrong, picture, blurred);
}

function moved(row: unknown, y: number, blurred: Picture): string | undefined {
  const other = blurred.findIndex((each) => isDeepStrictEqual(each, row));
  return other < 0 ? undefined : `row ${other} of the new picture stands where row ${y} should be`;
}

function faultInRow(row: unknown, y: number, picture: Picture, blurred: Picture): string {
  const isIt = (rows: Picture, at: number) => isDeepStrictEqual(row, blurredRow(rows, at));
  if (row === undefined) return `row ${y} is missing`;
  if (isDeepStrictEqual(row, picture[y])) return `row ${y} is as it was, not blurred`;
  if (isIt(picture.slice(0, y + 1), y)) return `row ${y} comes out as if there were no row ${y + 1} below it`;
  if (isIt(picture.slice(y), 0)) return `row ${y} comes out as if there were no row ${y - 1} above it`;
  if (isIt([picture[y] as number[]], 0)) return `row ${y} comes out as if there were no row beside it`;
  if (y > 0 && isIt(picture.with(y - 1, blurred[y - 1] as number[]), y)) {
    return `row ${y} comes out as if made with the new row ${y - 1}, and not with the old one`;
  }
  return moved(row, y, blurred) ?? `row ${y} is ${showResult(row)} instead of ${showResult(blurred[y])}`;
}

/** Each point is the mean of itself and its neighbours, as many as there are. */
function blurredRow(rows: Picture, y: number): number[] {
  const near = rows.slice(Math.max(0, y - 1), y + 2);
  return (rows[y] ?? []).map((_, x) => {
    const points = near.flatMap((row) => row.slice(Math.max(0, x - 1), x + 2));
    return Math.round(points.reduce((sum, point) => sum + point, 0) / points.length);
  });
}
