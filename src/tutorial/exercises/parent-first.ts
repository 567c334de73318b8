// Notebook 01: the parent prints first, its child afterwards, in every run and not by luck.

import { commonFault, counted, parentLines } from '../common-faults';
import { makeExercise } from '../exercise';
import { Verdict } from '../verdict';
import { type Run, watch } from '../watch';

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

async function check(solution: () => unknown): Promise<Verdict> {
  const run = await watch(solution);
  const fault = faultIn(run);
  if (fault !== undefined) return Verdict.notYet(fault);
  return Verdict.yes(
    'the parent printed before it called start(). At that moment there was no child, so no run can ever come out otherwise.',
  );
}

function faultIn(run: Run): string | undefined {
  if (run.processes.length === 0) {
    return parentLines(run).some((line) => /eat/i.test(line))
      ? 'it was the parent who ate: `eat` was called like a plain function. Give it to a Process as its target.'
      : 'no child was made. The line "I eat" must come from a child process.';
  }
  const common = commonFault(run);
  if (common !== undefined) return common;
  if (run.processes.length > 1) return `one child is enough; you made ${run.processes.length}.`;

  const [child] = run.processes;
  const eaten = child?.lines.filter((line) => /eat/i.test(line)).length ?? 0;
  if (eaten !== 1) return `the child must print "I eat" once; it printed it ${counted(eaten, 'time')}.`;
  if (child?.lines.some((line) => /cook/i.test(line)))
    return 'the child cooks. "I cook" must be printed by the parent.';
  const started = run.parentMoments.findIndex((moment) => moment.type === 'started');
  const cooked = run.parentMoments.findIndex(
    (moment) => moment.type === 'printed' && /cook/i.test(moment.text),
  );
  if (cooked < 0) return 'the parent printed nothing with "I cook".';
  if (cooked < started) return undefined;
  return (
    'the parent printed "I cook" after start(). From start() on, parent and child run at the same time, and nobody can ' +
    'say who prints first. What can you do before start()?'
  );
}
