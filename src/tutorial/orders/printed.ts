// Requirements about what is printed.

import { InvalidArgumentError } from '../../errors';
import { checkOptions, checkText } from '../../given';
import type { Memory, Order, Requirement } from './requirement';

/**
 * Requires that each of these lines is printed by exactly one print, in every order: none is missing, none
 * comes twice. A string is a whole line, a RegExp finds a line.
 *
 * @example
 * const twice = () => {
 *   for (const name of ['Ada', 'Ada']) new Process({ target: console.log, args: [name] }).start();
 * };
 * const verdict = await check(twice, [exactlyOnce('Ada')]);
 * console.log(verdict.sentence); // → in every order "Ada" is printed 2 times, not once.
 */
export function exactlyOnce(...lines: readonly (string | RegExp)[]): Requirement {
  if (lines.length === 0) throw new InvalidArgumentError('lines', 'at least one line', lines);
  lines.forEach(checkLine);
  const shown = lines.map(shownLine);
  return {
    words: `each line is printed exactly once: ${shown.join(', ')}`,
    judge: (order) => {
      for (const wanted of lines) {
        const count = order.lines.filter((line) => isMeant(wanted, line)).length;
        if (count === 0) return `${shownLine(wanted)} is never printed`;
        if (count > 1) return `${shownLine(wanted)} is printed ${count} times, not once`;
      }
      return undefined;
    },
  };
}

/** A line without anything in it is not told from none. */
function checkLine(line: unknown, at: number): void {
  if (line instanceof RegExp || (typeof line === 'string' && line.trim() !== '')) return;
  throw new InvalidArgumentError(`lines[${at}]`, 'a line with something in it, or a RegExp', line);
}

function isMeant(wanted: string | RegExp, line: string): boolean {
  return typeof wanted === 'string' ? line.trim() === wanted.trim() : line.search(wanted) >= 0;
}

function shownLine(wanted: string | RegExp): string {
  return typeof wanted === 'string' ? `"${wanted}"` : String(wanted);
}

/**
 * Requires that these lines are printed, and no others: in this order, or with `anyOrder` in whichever. Empty
 * lines do not count.
 *
 * @example
 * const both = () => {
 *   for (const name of ['Ada', 'Bob']) new Process({ target: console.log, args: [name] }).start();
 * };
 * console.log((await check(both, [prints(['Ada', 'Bob'], { anyOrder: true })])).passed); // → true
 * console.log((await check(both, [prints(['Ada', 'Bob'])])).passed); // → false
 */
export function prints(lines: readonly string[], options: { anyOrder?: boolean } = {}): Requirement {
  if (!Array.isArray(lines)) {
    throw new InvalidArgumentError('lines', "an array of lines, such as ['Hello']", lines);
  }
  lines.forEach((line, at) => {
    checkText(`lines[${at}]`, line);
  });
  checkOptions('options', options, ['anyOrder']);
  const { anyOrder = false } = options;
  const wanted = anyOrder ? lines.toSorted() : lines;
  const manner = anyOrder ? ', in any order' : '';
  return {
    words: `it prints ${listOf(lines)}${manner}`,
    seesOrderOfLines: !anyOrder,
    judge: (order) => {
      const printed = anyOrder ? order.lines.toSorted() : order.lines;
      return printed.join('\n') === wanted.join('\n')
        ? undefined
        : `it prints ${listOf(order.lines)} instead of ${listOf(lines)}${manner}`;
    },
  };
}

function listOf(lines: readonly string[]): string {
  return lines.length === 0 ? 'nothing' : lines.map((line) => `"${line}"`).join(', ');
}

interface Printing {
  /** Which process has begun a line and not ended it. */
  readonly [key: string]: string | number | undefined;
  readonly by?: number;
  readonly torn?: string;
}

/**
 * Requires that no process prints into a line that another one has begun and not ended. One `console.log` is
 * one piece, which nothing can tear; several `process.stdout.write` are not.
 *
 * @example
 * const inPieces = () => {
 *   process.stdout.write('Hello ');
 *   process.stdout.write('World\n');
 * };
 * const greet = () => [1, 2].forEach(() => new Process({ target: inPieces }).start());
 * console.log((await check(greet, [wholeLines()])).sentence);
 * // → in 4 of 6 orders it goes wrong. In the shortest of them Process-2 prints into a line of Process-1 that is not ended.
 */
export function wholeLines(): Requirement {
  return { words: 'every line stays whole', memory: whoseLine, judge: ({ memory }) => tornIn(memory) };
}

const whoseLine: Memory = {
  first: {},
  next(memory, event, { processes }) {
    const before = memory as Printing;
    if (event.kind !== 'print' || before.torn !== undefined) return memory;
    if (before.by !== undefined && before.by !== event.process) {
      const name = (id: number | undefined) => processes.find((process) => process.id === id)?.name;
      return { torn: `${name(event.process)} prints into a line of ${name(before.by)} that is not ended` };
    }
    return event.text?.endsWith('\n') ? {} : { by: event.process };
  },
};

function tornIn(memory: Order['memory']): string | undefined {
  return (memory as Printing).torn;
}
