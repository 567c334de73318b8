// Notebook 03, the second exercise: child number i computes i × i, so each child must have received its own
// number.

import { counted } from '../../system/counted';
import { commonFault } from '../common-faults';
import { makeExercise } from '../exercise';
import { Verdict } from '../verdict';
import { type Run, type WatchedProcess, watch } from '../watch';

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
  return Verdict.yes('each child printed one square, and none was missing, whatever the order was.');
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
    const square = squareOf(process);
    if (Number.isNaN(square)) return `${process.name} printed "${line}", which has no number in it.`;
    if (!wanted.delete(square)) {
      return `${process.name} printed "${line}". From 0 to ${count - 1} each square must come once: the last number of each line is read as the square.`;
    }
  }
  return readyMade(run, count);
}

/** Who has only printed what came among its arguments. A square that may be something else says nothing. */
function readyMade({ processes }: Run, count: number): string | undefined {
  const telling = processes.filter((process) => squareOf(process) > 1 && squareOf(process) !== count);
  const [first] = telling;
  if (first === undefined || !telling.every(isGiven)) return undefined;
  return `${first.name} was given ${squareOf(first)} ready to print: the parent has computed it. Give the child its number, and let it compute.`;
}

function isGiven(process: WatchedProcess): boolean {
  const given: readonly string[] = process.args.map(String).join(' ').match(/\d+/g) ?? [];
  return given.includes(String(squareOf(process)));
}

/** The last number that it has printed. */
function squareOf({ lines }: WatchedProcess): number {
  return Number(lines.join(' ').match(/\d+/g)?.at(-1));
}
