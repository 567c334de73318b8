// Notebook 02: three child processes, all of them with the same function as their target.

import { counted } from '../../system/counted';
import { commonFault, names, parentLines } from '../common-faults';
import { makeExercise } from '../exercise';
import { Verdict } from '../verdict';
import { type Run, watch } from '../watch';

const WANTED = 3;

const exercise = makeExercise<() => unknown>('Three greeters', { check });

/**
 * Judges `threeGreeters()`: does it start three children that say hi?
 *
 * @example
 * const hi = () => console.log('Hi!');
 * const verdict = await checkThreeGreeters(() => new Process({ target: hi }).start());
 * console.log(verdict.sentence); // → …the parent started 1 child; it must be exactly 3.
 */
export const checkThreeGreeters = exercise.check;

async function check(solution: () => unknown): Promise<Verdict> {
  const run = await watch(solution);
  const fault = faultIn(run);
  if (fault !== undefined) return Verdict.notYet(fault);
  const pids = run.processes.map((process) => process.pid).join(', ');
  return Verdict.yes(`three children ran, as processes ${pids}. One function was enough for all of them.`);
}

function faultIn(run: Run): string | undefined {
  if (run.processes.length === 0 && parentLines(run).length > 0 && !run.threw) {
    return 'something was printed, but by the parent: the function was called like a plain function. Only a Process can run it in a child.';
  }
  if (run.processes.length === 0 && !run.threw)
    return 'no process was made while your function ran. Begin with: new Process({ target: … }).';
  const common = commonFault(run);
  if (common !== undefined) return common;

  const count = run.processes.length;
  if (count !== WANTED)
    return `the parent started ${counted(count, 'child', 'children')}; it must be exactly ${WANTED}.`;
  // Two arrow functions with the same text do the same thing: that is one target, written in place.
  if (new Set(run.processes.map((process) => String(process.target))).size > 1) {
    return 'your children do not have the same target. One function can be the target of many processes.';
  }
  if (new Set(run.processes.map((process) => process.pid)).size < count) {
    return 'two of your children have the same process number, so they are not two processes.';
  }
  const silent = run.processes.filter((process) => process.lines.length === 0);
  if (silent.length > 0 && parentLines(run).length > 0) {
    return 'the greetings were printed by the parent, and the children had nothing to do. Are there brackets behind the target?';
  }
  if (silent.length > 0) return `${names(silent)} said nothing. Each child must print its greeting.`;
  const chatty = run.processes.find((process) => process.lines.length > 1);
  if (chatty) return `${chatty.name} greeted ${chatty.lines.length} times. Each child greets once.`;
  return undefined;
}
