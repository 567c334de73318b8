// A riddle: a small program, four outputs, and the question which of them can happen.

import { inspect } from 'node:util';
import { checkCount } from '../../given';
import { escapeHtml } from '../../host/escape-html';
import { Process } from '../../process/process';
import { note } from '../register';
import { Verdict } from '../verdict';
import { brokenRule, candidatesOf, codeOf, outputsOf, type Plan, planOf, rulesOf } from './plan';

/**
 * Asks a riddle about order: a program with two children, and four outputs, of which some can happen. Each
 * number gives another riddle, and the same one every time.
 *
 * @throws InvalidArgumentError for what is no whole number, 0 or more.
 *
 * @example
 * const riddle = orderRiddle(1);
 * console.log(riddle.answer('?').passed); // → false
 */
export function orderRiddle(seed: number): OrderRiddle {
  checkCount('seed', seed, 0);
  return new OrderRiddle(seed);
}

/**
 * A riddle about order, made by `orderRiddle()`: it shows a program, and judges an answer.
 *
 * @example
 * const riddle: OrderRiddle = orderRiddle(2);
 * console.log(riddle.outputs.length); // → 4
 * console.log((await explore(riddle.program)).isComplete); // → true
 */
export class OrderRiddle {
  /** The number of the riddle. */
  readonly seed: number;
  /** The program as it would be written. */
  readonly code: string;
  /** What is to be judged: the letter `a` belongs to the first. */
  readonly outputs: readonly string[];
  /** The same program, for `explore()`. */
  readonly program: () => Promise<void>;
  readonly #plan: Plan;
  readonly #candidates: readonly string[][];

  /** @internal */
  constructor(seed: number) {
    const plan = planOf(seed);
    this.#plan = plan;
    this.#candidates = candidatesOf(plan, seed);
    this.seed = seed;
    this.code = codeOf(plan);
    this.outputs = this.#candidates.map((output) => output.join(' '));
    this.program = () => run(plan);
  }

  /**
   * Judges the letters of all outputs that can happen, such as `'ad'`; `'?'` means that there is no answer
   * yet.
   */
  answer(letters: string): Verdict {
    return note(`riddle ${this.seed}`, judged(String(letters), this.#plan, this.#candidates));
  }

  /** The program and the outputs. */
  toString(): string {
    const outputs = this.outputs.map((output, at) => `  ${LETTERS[at]}  ${output}`);
    return [this.code, '', QUESTION, ...outputs].join('\n');
  }

  /** @internal */
  [inspect.custom](): string {
    return this.toString();
  }

  /** @internal */
  [Symbol.for('Jupyter.display')](): Record<string, string> {
    const outputs = this.outputs.map((output, at) => `<b>${LETTERS[at]}</b> &nbsp; <code>${output}</code>`);
    return {
      'text/plain': this.toString(),
      'text/html':
        `<pre style="font-family: monospace; padding: 0 0 0 12px">${escapeHtml(this.code)}</pre>` +
        `<p>${QUESTION}</p><p style="padding-left: 12px">${outputs.join('<br>')}</p>`,
    };
  }
}

const LETTERS = ['a', 'b', 'c', 'd'] as const;
const QUESTION = 'Which of these outputs can happen? Give all their letters.';

function judged(text: string, plan: Plan, candidates: readonly string[][]): Verdict {
  const given = [...new Set(text.toLowerCase().replace(/[\s,]|and/g, ''))].sort();
  const isLetter = (letter: string) => LETTERS.some((each) => each === letter);
  if (given.length === 0 || !given.every(isLetter))
    return Verdict.notYet(
      `write the letters of all outputs that can happen, such as 'ab', in place of '${text}'.`,
    );
  const rules = rulesOf(plan);
  const possible = LETTERS.filter((_, at) => brokenRule(candidates[at] ?? [], rules) === undefined);
  for (const [at, letter] of LETTERS.entries()) {
    const broken = given.includes(letter) && brokenRule(candidates[at] ?? [], rules);
    if (broken) return Verdict.notYet(`${letter} can never happen: ${broken.why}.`);
  }
  const missing = possible.length - given.length;
  if (missing > 0) {
    const more = missing === 1 ? 'one more can' : `${missing} more can`;
    return Verdict.notYet(`${listed(given)} can happen, but ${more}, too. Who could be slow, and who quick?`);
  }
  const all = outputsOf(plan).length;
  return Verdict.yes(`${listed(given)} can happen, and the others never. In all, ${all} outputs can happen.`);
}

function listed(letters: readonly string[]): string {
  return letters.length === 1 ? `${letters[0]}` : `${letters.slice(0, -1).join(', ')} and ${letters.at(-1)}`;
}

async function run({ hasFirst, ada, bob, waiting }: Plan): Promise<void> {
  const printing = (lines: readonly string[]) => () => {
    for (const line of lines) console.log(line);
  };
  const children = { Ada: printing(ada), Bob: printing(bob) };
  const [first, second] = Object.entries(children).map(([name, target]) => new Process({ name, target }));
  if (hasFirst) console.log('M1');
  first?.start();
  second?.start();
  if (waiting !== 'for nobody') await first?.join();
  if (waiting === 'for both') await second?.join();
  console.log('M2');
}
