// What a requirement is: words, and a judge of what one order of the steps came to.

import type { Plain } from '../../explore/outcome';
import { checkFunction, checkText } from '../../given';
import type { Trace, TraceEvent } from '../../trace/record';

export type { Plain };

/** What one order of the steps came to. */
export interface Order {
  /** What the function returned: a copy of it. */
  readonly returned: unknown;
  /** What all processes printed, by lines, without empty ones. */
  readonly lines: readonly string[];
  /** Why it never came to its end; undefined if it did. */
  readonly hang: string | undefined;
  /** What the requirement's `memory` knows at the end. */
  readonly memory: Plain;
}

/** The processes and objects of the events that a memory hears of. */
export type Names = Pick<Trace, 'processes' | 'objects'>;

/** Follows an order, event by event. Pure: the same events give the same memory. */
export interface Memory {
  /** What the memory is before the first event. */
  readonly first: Plain;
  /** Returns what the memory is after one more event. */
  next(memory: Plain, event: TraceEvent, names: Names): Plain;
}

/** What a whole exploration found, beside its single orders. */
export interface Overall {
  /** The run in which only sleeping takes time and there are cores enough; on the clock 'ms'. */
  readonly timed: Trace;
  /** The orders, one for each kind. */
  readonly orders: readonly Order[];
}

/** Something that a program must keep to, in every order of its steps. */
export interface Requirement {
  /** What is required, to stand behind 'in every order: '. */
  readonly words: string;
  /** What is wrong with an order, to stand behind 'in 3 of 20 orders '; undefined if nothing is. */
  judge?(order: Order): string | undefined;
  /** Remembers what the end alone does not tell. */
  readonly memory?: Memory;
  /** Whether it matters which line comes first. */
  readonly seesOrderOfLines?: boolean;
  /** What is wrong with the program as a whole. */
  judgeOverall?(overall: Overall): string | undefined;
  /**
   * What is wrong with an order that came to its end, though the parent was given something else than its
   * children had sent. `honest`: the orders in which nothing was changed.
   */
  judgeGarbled?(order: Order, honest: readonly Order[]): string | undefined;
  /** The same where the children were given something else than was sent to them. */
  judgeGarbledChildren?(order: Order, honest: readonly Order[]): string | undefined;
}

/**
 * Makes a requirement of your own, for `check()`.
 *
 * @param words What is required, such as 'the sum is even'.
 * @param judge Gives a sentence for an order that breaks it, undefined for one that does not.
 * @throws InvalidArgumentError unless they are a text and a function.
 *
 * @example
 * const even = requirement('it returns an even number', ({ returned }) =>
 *   Number(returned) % 2 === 0 ? undefined : `it returns ${returned}, which is odd`,
 * );
 * const verdict = await check(() => 3, [even]);
 * console.log(String(verdict.sentence)); // → in its only order it returns 3, which is odd.
 */
export function requirement(words: string, judge: (order: Order) => string | undefined): Requirement {
  checkText('words', words);
  checkFunction('judge', judge, 'a function that gives a sentence or undefined');
  return { words, judge };
}
