// Notebook 14: many forests burn, and the mean of what burnt is wanted. Judged by what holds in every order,
// and by who did how much. A wrong mean is told by what it is the mean of, where that can be seen.

import { showResult } from '../../explore/results/compare';
import { makeExercise } from '../exercise';
import { atLeastAtOnce } from '../orders/at-once';
import { startsChildren } from '../orders/children';
import { checkEach } from '../orders/each-input';
import { everythingJoined, nothingLeft } from '../orders/ending';
import { resultFromChildren } from '../orders/from-children';
import { type Requirement, requirement } from '../orders/requirement';
import { sharesEvenly } from '../orders/work';
import type { Verdict } from '../verdict';

const DENSITY = 60;
/** What `burn(60, seed)` of the notebook gives, for the seeds 0 to 3. */
const BURNT = [61, 56, 50, 29] as const;

// Three trials for two last: there the parts are not alike. With five there would be 20 times as many orders.
const TRIES = [
  { trials: 4, workers: 2 },
  { trials: 3, workers: 3 },
  { trials: 3, workers: 2 },
] as const;

/** Fractions may be added in any order, so their last digits differ. */
const NEARLY = 1e-9;

const exercise = makeExercise<(density: number, trials: number, workers: number) => unknown>('Forest fire', {
  check: checkAll,
});

/**
 * Judges `meanBurnt(density, trials, workers)`: do so many workers share the trials, each with a seed of its
 * own, and is it the mean of all of them, in every order?
 *
 * @example
 * console.log((await checkForestFire(() => 196)).sentence);
 * // → …it returns 196, the sum of all trials, and not their mean.
 */
export const checkForestFire = exercise.check;

async function checkAll(
  meanBurnt: (density: number, trials: number, workers: number) => unknown,
): Promise<Verdict> {
  const inputs = TRIES.map(({ trials, workers }) => ({
    args: [DENSITY, trials, workers] as [number, number, number],
    requirements: [
      returnsMean(BURNT.slice(0, trials), workers),
      startsChildren(workers),
      atLeastAtOnce(workers),
      sharesEvenly(trials, workers),
      nothingLeft(),
      everythingJoined(),
      resultFromChildren(),
    ],
  }));
  return await checkEach(meanBurnt, inputs);
}

function returnsMean(burnt: readonly number[], workers: number): Requirement {
  return requirement('it returns the mean of all trials', ({ returned }) => {
    if (isNearly(returned, mean(burnt))) return undefined;
    if (returned === undefined) return 'it returns nothing: what is printed does not come to the caller';
    if (typeof returned !== 'number') return `it returns ${showResult(returned)}, and not a number`;
    const known = slips(burnt, workers).find(([value]) => isNearly(returned, value));
    return `it returns ${known === undefined ? `${returned} instead of ${mean(burnt)}` : `${returned}, ${known[1]}`}`;
  });
}

/** Numbers that are not the mean, and what each of them is. */
function slips(burnt: readonly number[], workers: number): readonly (readonly [number, string])[] {
  const fewer = burnt.slice(1).map((_, at) => burnt.slice(0, at + 1));
  const parts = [inBlocks(burnt, workers), inTurn(burnt, workers)];
  return [
    [sum(burnt), 'the sum of all trials, and not their mean'],
    ...fewer.map((some) => [mean(some), `the mean of ${seeds(some)} only`] as const),
    ...fewer.map(
      (some) => [sum(some) / burnt.length, `as if nothing had burnt but in ${seeds(some)}`] as const,
    ),
    ...parts.map((each) => [mean(each.map(mean)), 'the mean of means of parts that are not alike'] as const),
  ];
}

function seeds({ length }: readonly number[]): string {
  return length === 1 ? 'the trial with seed 0' : `the trials with the seeds 0 to ${length - 1}`;
}

function inBlocks(burnt: readonly number[], workers: number): number[][] {
  const size = Math.ceil(burnt.length / workers);
  return Array.from({ length: workers }, (_, at) => burnt.slice(at * size, (at + 1) * size));
}

function inTurn(burnt: readonly number[], workers: number): number[][] {
  return Array.from({ length: workers }, (_, at) => burnt.filter((_, trial) => trial % workers === at));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, more) => all + more, 0);
}

function mean(numbers: readonly number[]): number {
  return sum(numbers) / numbers.length;
}

function isNearly(one: unknown, other: number): boolean {
  return typeof one === 'number' && Math.abs(one - other) < NEARLY;
}
