// Runs a program many times with real processes, and counts in which orders its lines came: what happens
// often, beside what explore() says can happen.

import { inspect } from 'node:util';
import { InvalidArgumentError, TimeoutError } from '../errors';
import { checkFunction, checkOptions } from '../given';
import { svgImage } from '../host/svg-image';
import { counted } from '../system/counted';
import { ordersSvg } from './orders-svg';
import { watchQuietly } from './watch';

const MOST_RUNS = 1000;
/** How long one run may take: nothing is judged here, and the computers of a classroom may be busy. */
const PATIENCE_MS = 60_000;

/** An order of lines, and how often it was seen. */
export interface SeenOrder {
  /** What was printed, by lines. */
  readonly lines: readonly string[];
  /** How many runs had this order. */
  readonly count: number;
}

/**
 * Runs `program` again and again with real processes, and counts the orders in which its lines came. What it
 * prints is not shown but counted.
 *
 * @param options `runs`: how often. Default: 20.
 * @throws InvalidArgumentError for runs that are no whole number from 1 to 1,000; TimeoutError for a program
 * that does not come to its end in a minute; and what the program throws.
 *
 * @example
 * const two = async () => {
 *   const both = ['Ada', 'Bob'].map((name) => new Process({ target: console.log, args: [name] }));
 *   for (const each of both) each.start();
 *   for (const each of both) await each.join();
 * };
 * const seen = await ordersSeen(two, { runs: 5 });
 * console.log(String(seen).split('\n')[0]); // → 5 runs, …
 */
export async function ordersSeen(
  program: () => unknown,
  options: { runs?: number } = {},
): Promise<OrdersSeen> {
  checkFunction('program', program, 'a function that starts processes');
  checkOptions('options', options, ['runs']);
  const { runs = 20 } = options;
  if (!Number.isInteger(runs) || runs < 1 || runs > MOST_RUNS)
    throw new InvalidArgumentError('runs', `a whole number from 1 to ${MOST_RUNS}`, runs);
  const seen: (readonly string[])[] = [];
  for (let run = 0; run < runs; run++) {
    const { lines, threw, returned } = await watchQuietly(program, PATIENCE_MS);
    if (threw !== null) throw threw.error;
    if (!returned)
      throw new TimeoutError('the program', PATIENCE_MS, 'does it wait for something that never happens?');
    seen.push(lines);
  }
  return new OrdersSeen(seen);
}

/**
 * The orders that `ordersSeen()` counted: a picture in a notebook, lines of text elsewhere.
 *
 * @example
 * const seen: OrdersSeen = await ordersSeen(() => console.log('alone'), { runs: 3 });
 * console.log(seen.orders); // → [ { lines: [ 'alone' ], count: 3 } ]
 */
export class OrdersSeen {
  /** How often the program ran. */
  readonly runs: number;
  /** The most frequent first. */
  readonly orders: readonly SeenOrder[];
  /** How often each line was the first, the most frequent first. */
  readonly firsts: ReadonlyMap<string, number>;

  /** @internal */
  constructor(seen: readonly (readonly string[])[]) {
    this.runs = seen.length;
    const counts = frequenciesOf(seen.map((lines) => lines.join('\n')));
    this.orders = [...counts].map(([text, count]) => ({ lines: text.split('\n'), count }));
    this.firsts = frequenciesOf(seen.flatMap(([first]) => first ?? []));
  }

  /** How often each order came, and who was the first. */
  toString(): string {
    const most = this.orders[0]?.count ?? 0;
    const rows = this.orders.slice(0, MOST_SHOWN).map(({ lines, count }) => {
      const bar = '█'.repeat(Math.max(1, Math.round((count / most) * BAR_SIGNS)));
      return `${String(count).padStart(4)}  ${bar.padEnd(BAR_SIGNS)}  ${lines.join(', ')}`;
    });
    return [this.#title(), ...rows, ...this.#more(), this.#firstWords()].join('\n');
  }

  /** @internal */
  [inspect.custom](): string {
    return this.toString();
  }

  /** @internal */
  [Symbol.for('Jupyter.display')](): Record<string, string> {
    const shown = this.orders.slice(0, MOST_SHOWN);
    const below = [...this.#more(), this.#firstWords()];
    const text = this.toString();
    return { 'text/plain': text, 'text/html': svgImage(ordersSvg(this.#title(), shown, below), text) };
  }

  #title(): string {
    return `${counted(this.runs, 'run')}, ${counted(this.orders.length, 'order', 'different orders')}`;
  }

  #more(): string[] {
    const more = this.orders.length - MOST_SHOWN;
    return more > 0 ? [`and ${counted(more, 'more order')}`] : [];
  }

  #firstWords(): string {
    const told = [...this.firsts].map(([line, count]) => `${line} (${count})`);
    return `Came first: ${told.join(', ')}`;
  }
}

const MOST_SHOWN = 12;
const BAR_SIGNS = 20;

/** Returns how often each text comes, the most frequent first. */
function frequenciesOf(texts: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return new Map([...counts].sort(([, one], [, other]) => other - one));
}
