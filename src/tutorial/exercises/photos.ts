// Notebook 12: the same work for every process. Judged by who did how much on the virtual clock, never by a
// stopwatch.

import { makeExercise } from '../exercise';
import { atLeastAtOnce } from '../orders/at-once';
import { startsChildren } from '../orders/children';
import { checkEach } from '../orders/each-input';
import { everythingJoined, returns } from '../orders/ending';
import { resultFromChildren } from '../orders/from-children';
import { sharesEvenly } from '../orders/work';
import type { Verdict } from '../verdict';

const TRIES = [
  { photos: [1, 2, 3, 4], workers: 2 },
  { photos: [7, 5, 6], workers: 3 },
] as const;

const exercise = makeExercise<(photos: number[], workers: number) => unknown>('Photos', { check: checkAll });

/**
 * Judges `developAll(photos, workers)`: do so many workers share the work evenly, and are the results in
 * the order of the photos?
 *
 * @example
 * console.log((await checkPhotos((photos) => photos.map((photo) => photo * 10))).sentence);
 * // → I called it with ([ 1, 2, 3, 4 ], 2): in its only order no process is started; it must be 2.
 */
export const checkPhotos = exercise.check;

async function checkAll(developAll: (photos: number[], workers: number) => unknown): Promise<Verdict> {
  const inputs = TRIES.map(({ photos, workers }) => ({
    args: [[...photos], workers] as [number[], number],
    requirements: [
      startsChildren(workers),
      returns(photos.map((photo) => photo * 10)),
      atLeastAtOnce(workers),
      sharesEvenly(photos.length, workers),
      everythingJoined(),
      resultFromChildren(),
    ],
  }));
  return await checkEach(developAll, inputs);
}
