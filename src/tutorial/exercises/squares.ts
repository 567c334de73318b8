// Notebook 03, the second exercise: child number i computes i × i, so each child must have received its own
// number.

import { commonFault, counted } from '../common-faults';
import { makeExercise } from '../exercise';
import { Verdict } from '../verdict';
import { type Run, watch } from '../watch';

const COUNTS = [4, 1, 0, 5] as const;

const exercise = makeExercise<(count: number) => unknown>('Squares', { check });

/**
 * Judges `squares(count)`: does each of `count` children print one square?
 *
 * @example
 * const square = (i: number) => console.log(`${i} times ${i} is ${i * i}`);
 * const verdict = await checkSquares((count) => {
 *   for (let i = 0; i < count; i++) new Process({ target: square, args: [i] }).start();
 * });
 * console.log(verdict.passed); // → …true
 */
export const checkSquares = exercise.check;

async function check(solution: (count: number) => unknown): Promise<Verdict> {
  for (const count of COUNTS) {
    const run = await watch(() => solution(count));
    const fault = faultIn(run, count);
    if (fault !== undefined) return Verdict.notYet(`I called it with (${count}): ${fault}`);
  }
  return Verdict.yes('each child got its own number and printed its own square, whatever the order was.');
}

function faultIn(run: Run, count: number): string | undefined {
  const common = commonFault(run);
  if (common !== undefined) return common;
  if (run.processes.length !== count) {
    return `${counted(count, 'child was', 'children were')} wanted, ${run.processes.length} came.`;
  }
  const wanted = new Set(Array.from({ length: count }, (_, i) => i * i));
  for (const process of run.processes) {
    const line = process.lines.join(' ');
    if (process.lines.length === 0) return `${process.name} printed nothing.`;
    const square = Number(line.match(/\d+/g)?.at(-1));
    if (Number.isNaN(square)) return `${process.name} printed "${line}", which has no number in it.`;
    if (isReadyMade(process.args, square)) {
      return `${process.name} was given ${square} ready to print: the parent has computed it. Give the child its number, and let it compute.`;
    }
    if (!wanted.delete(square)) {
      return `${process.name} printed "${line}". From 0 to ${count - 1} each square must come once: the last number of each line is read as the square.`;
    }
  }
  return undefined;
}

/** Whether the result was among the arguments, and the number that it is made of was not. */
function isReadyMade(args: readonly unknown[], square: number): boolean {
  const given: readonly string[] = args.map(String).join(' ').match(/\d+/g) ?? [];
  return square > 1 && given.includes(String(square)) && !given.includes(String(Math.sqrt(square)));
}
