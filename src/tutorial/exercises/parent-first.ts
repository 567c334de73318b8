// Notebook 01: the parent prints first, its child afterwards, in every run and not by luck.

import { counted } from '../../system/counted';
import { commonFault, parentLines } from '../common-faults';
import { makeExercise } from '../exercise';
import { check as checkOrders } from '../orders/check';
import type { Requirement } from '../orders/requirement';
import { Verdict } from '../verdict';
import { type Moment, type Run, watch } from '../watch';

/** Other lines may speak of a great meal. */
const COOKS = /\bI cook\b/i;
const EATS = /\bI eat\b/i;

const exercise = makeExercise<() => unknown>('Parent first', { check });

/**
 * Judges `dinner()`: does the parent speak before the child can?
 *
 * @example
 * const eat = () => console.log('I eat');
 * const verdict = await checkParentFirst(() => {
 *   console.log('I cook');
 *   new Process({ target: eat }).start();
 * });
 * console.log(verdict.passed); // → …true
 */
export const checkParentFirst = exercise.check;

/** "I cook" before "I eat", whoever may move in between. */
const cookedFirst: Requirement = {
  words: '"I cook" comes before "I eat"',
  seesOrderOfLines: true,
  judge({ lines }) {
    const eaten = lines.findIndex((line) => EATS.test(line));
    const cooked = lines.findLastIndex((line) => COOKS.test(line));
    if (cooked < eaten) return undefined;
    return (
      '"I eat" is printed before "I cook". From start() on, parent and child run at the same time. ' +
      'What can you do before start()?'
    );
  },
};

async function check(solution: () => unknown): Promise<Verdict> {
  const run = await watch(solution);
  const fault = faultIn(run);
  if (fault !== undefined) return Verdict.notYet(fault);
  const verdict = await checkOrders(solution, [cookedFirst]);
  if (!verdict.passed || cooksAfterStart(run)) return verdict;
  return Verdict.yes(
    'the parent printed before it called start(). At that moment there was no child, so no run can ever come out otherwise.',
  );
}

function faultIn(run: Run): string | undefined {
  if (run.threw === null && run.processes.length === 0 && run.returned) {
    return parentLines(run).some((line) => EATS.test(line))
      ? 'it was the parent who ate: `eat` was called like a plain function. Give it to a Process as its target.'
      : 'no child was made while your function ran. The line "I eat" must come from a child process.';
  }
  const common = commonFault(run);
  if (common !== undefined) return common;
  if (run.processes.length > 1) return `one child is enough; you made ${run.processes.length}.`;

  const [child] = run.processes;
  const eaten = child?.lines.filter((line) => EATS.test(line)).length ?? 0;
  if (eaten !== 1) return `the child must print "I eat" once; it printed it ${counted(eaten, 'time')}.`;
  if (child?.lines.some((line) => COOKS.test(line)))
    return 'the child cooks. "I cook" must be printed by the parent.';
  if (parentLines(run).some((line) => EATS.test(line)))
    return 'the parent eats, too. "I eat" must be printed by the child alone.';
  if (!run.parentMoments.some(isCooking)) return 'the parent printed nothing with "I cook".';
  return undefined;
}

function cooksAfterStart({ parentMoments }: Run): boolean {
  const started = parentMoments.findIndex((moment) => moment.type === 'started');
  return parentMoments.findLastIndex(isCooking) > started;
}

function isCooking(moment: Moment): boolean {
  return moment.type === 'printed' && COOKS.test(moment.text);
}
