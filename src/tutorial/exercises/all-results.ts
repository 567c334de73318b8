// Notebook 05: all results that a program can come to.

import { inspect, isDeepStrictEqual } from 'node:util';
import { numbered } from '../../explore/exploration-text';
import { explore } from '../../explore/explore';
import type { OutcomeCount } from '../../explore/outcome';
import { checkFunction } from '../../given';
import { counted } from '../../system/counted';
import { makeExercise } from '../exercise';
import { Verdict } from '../verdict';

interface Task {
  readonly program: () => unknown;
  readonly results: readonly unknown[];
}

const exercise = makeExercise<Task>('All results', { check });

/**
 * Judges a list of results: are these all that `program` can return, over every order, and no others?
 *
 * @example
 * const box = new RawValue('int32', 0);
 * const program = () => {
 *   new Process({ target: () => { box.value = 7; } }).start();
 *   return box.value;
 * };
 * console.log((await checkResults(program, [7])).sentence);
 * // → what you have is right, but 1 more result can come out.
 * console.log((await checkResults(program, [0, 7])).passed); // → true
 */
export async function checkResults(program: () => unknown, results: readonly unknown[]): Promise<Verdict> {
  checkFunction('program', program, 'a function that starts processes');
  return await exercise.check({ program, results });
}

async function check({ program, results }: Task): Promise<Verdict> {
  if (!Array.isArray(results)) return Verdict.notYet('write an array, such as [1, 2].');
  if (results.length === 0 || results.includes('?'))
    return Verdict.notYet('write each result that can come out, such as [1, 2].');
  const { outcomes, orders } = await explore(program);
  const counts = countsOf(outcomes);
  const possible = counts.map(({ returned }) => returned);
  const isIn = (list: readonly unknown[], value: unknown) =>
    list.some((each) => isDeepStrictEqual(each, value));
  const impossible = results.find((value) => !isIn(possible, value));
  const twin = possible.find((value) => isSpeltAlike(value, impossible));
  if (twin !== undefined)
    return Verdict.notYet(
      typeof twin === 'number'
        ? `${inspect(impossible)} is a text, and the results are numbers: write ${twin}, without quotes.`
        : `${inspect(impossible)} is no text, and the results are texts: write ${inspect(twin)}, between quotes.`,
    );
  if (impossible !== undefined)
    return Verdict.notYet(
      `${inspect(impossible)} can never come out: I tried ${orders === 1n ? 'the only order' : `all ${orders} orders`}.`,
    );
  const missing = possible.filter((value) => !isIn(results, value));
  if (missing.length > 0)
    return Verdict.notYet(
      `what you have is right, but ${counted(missing.length, 'more result')} can come out.`,
    );
  const told = counts.map(({ returned, often }) => `${inspect(returned)} in ${often}`);
  return Verdict.yes(`these are all. Of ${numbered(orders, 'order')}: ${told.join(', ')}.`);
}

/** Orders that print something else may return the same. */
function countsOf(outcomes: readonly OutcomeCount[]): { readonly returned: unknown; often: bigint }[] {
  const counts: { readonly returned: unknown; often: bigint }[] = [];
  for (const { outcome, orders } of outcomes) {
    const known = counts.find(({ returned }) => isDeepStrictEqual(returned, outcome.returned));
    if (known === undefined) counts.push({ returned: outcome.returned, often: orders });
    else known.often += orders;
  }
  return counts;
}

/** `'20'` and `20` */
function isSpeltAlike(result: unknown, written: unknown): boolean {
  const kinds = [typeof result, typeof written].sort().join();
  return kinds === 'number,string' && String(result) === String(written).trim();
}
