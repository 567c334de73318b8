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
    if (process.lines.length > 1)
      return `${process.name} printed ${process.lines.length} lines. Each child prints one.`;
    const square = squareOf(process);
    if (Number.isNaN(square)) return `${process.name} printed "${line}", which has no number in it.`;
    const untrue = untrueProduct(line);
    if (untrue !== undefined) return `${process.name} printed "${line}", but ${untrue}.`;
    if (!wanted.delete(square)) {
      return `${process.name} printed "${line}". From 0 to ${count - 1} each square must come once: the last number of each line is read as the square.`;
    }
  }
  return readyMade(run, count);
}

/**
 * Finds the processes that have only printed what they got. A square that may be something else says nothing.
 */
function readyMade({ processes }: Run, count: number): string | undefined {
  const telling = processes.filter((process) => squareOf(process) > 1 && squareOf(process) !== count);
  const [first] = telling;
  if (first === undefined || !telling.every((process) => isGiven(process, count))) return undefined;
  return `${first.name} was given ${squareOf(first)} ready to print: the parent has computed it. Give the child its number, and let it compute.`;
}

/**
 * Whether it was given by itself, or in a list of squares, or as the whole line. Any list of numbers may hold
 * a square.
 */
function isGiven({ brought, lines }: WatchedProcess, count: number): boolean {
  const square = squareOf({ lines });
  const lists = brought.filter((value) => Array.isArray(value));
  const inLists = new Set(lists.flat());
  const line = lines.join(' ');
  return (
    brought.some((value) => lastNumber(value) === square && !inLists.has(value)) ||
    lists.some((list) => isListOfSquares(list, count)) ||
    (/\D/.test(line) && brought.includes(line))
  );
}

/** 0 and 1 are the same in a list of numbers. */
function isListOfSquares(list: readonly unknown[], count: number): boolean {
  return list.length >= count && list.every((value, i) => i < 2 || lastNumber(value) === i * i);
}

/** The last number that it has printed. */
function squareOf({ lines }: Pick<WatchedProcess, 'lines'>): number {
  return lastNumber(lines.join(' '));
}

/** NaN: there is none. A sign is no sign behind a digit: '3-9'. */
function lastNumber(value: unknown): number {
  return Number(
    String(value)
      .match(/(?<![\d.])-?\d{1,20}(?:\.\d{1,20})?/g)
      ?.at(-1),
  );
}

/** Says of a line such as '2 times 3 is 4' that it is not so. */
function untrueProduct(line: string): string | undefined {
  const [, a, b, product] =
    /(?<!\d)(\d{1,9}) ?(?:times|\*|x|×|·) ?(\d{1,9})\D{1,20}(\d{1,9})/.exec(line) ?? [];
  if (a === undefined || Number(a) * Number(b) === Number(product)) return undefined;
  return `${a} times ${b} is ${Number(a) * Number(b)}`;
}
