// Hints in steps, from small to large. A hint is seen only by who asks for it: in a notebook each lies
// folded, and the larger one inside the smaller.

import { inspect } from 'node:util';
import { InvalidArgumentError } from '../errors';
import { checkCount } from '../given';
import { escapeHtml } from '../host/escape-html';

/**
 * Shows the hints of an exercise, or of a list. In a notebook they are folded, so that a cell with hints may
 * stand ready: each is read by a click, the small one first. In a terminal it shows one; a number says which.
 *
 * @param step In a terminal: which one, from 1. Default: the first.
 *
 * @example
 * const hints = ['Who moves between read and write?', 'Put both under one lock.'];
 * console.log(String(hint(hints)));
 * // → Hint 1 of 2: Who moves between read and write?
 * // → hint(…, 2) says more.
 * console.log(String(hint(hints, 2))); // → Hint 2 of 2: Put both under one lock.
 */
export function hint(of: { readonly hints: Hints } | readonly string[], step = 1): Hints {
  const steps: unknown = Array.isArray(of) ? of : (of as { hints?: Hints } | undefined)?.hints?.steps;
  if (!Array.isArray(steps) || steps.some((each) => typeof each !== 'string')) {
    throw new InvalidArgumentError('of', 'an exercise, or an array of texts', of);
  }
  checkCount('step', step, 1);
  if ('hints' in of) return new Hints(of.hints.name, of.hints.steps, step);
  return new Hints('', of, step);
}

/**
 * Hints of an exercise, made by `hint()`: folded lines in a notebook, one hint elsewhere.
 *
 * @example
 * const hints: Hints = hint(['Count the processes.']);
 * console.log(String(hints)); // → Hint 1 of 1: Count the processes.
 */
export class Hints {
  /** The name of the exercise; empty for a list of one's own. */
  readonly name: string;
  /** All of them, from small to large. */
  readonly steps: readonly string[];
  readonly #step: number;

  constructor(name: string, steps: readonly string[], step = 1) {
    this.name = name;
    this.steps = steps;
    this.#step = Math.min(Math.max(1, step), Math.max(1, steps.length));
  }

  /** The hint that was asked for. */
  toString(): string {
    const text = this.steps[this.#step - 1];
    if (text === undefined) return 'There are no hints here.';
    const more = this.#step < this.steps.length ? `\nhint(…, ${this.#step + 1}) says more.` : '';
    return `Hint ${this.#step} of ${this.steps.length}: ${text}${more}`;
  }

  /** @internal */
  [inspect.custom](): string {
    return this.toString();
  }

  /** @internal */
  [Symbol.for('Jupyter.display')](): Record<string, string> {
    if (this.steps.length === 0) return { 'text/plain': this.toString() };
    const html = this.steps.reduceRight(
      (inner, text, at) =>
        `<details style="margin: 4px 0 4px ${at === 0 ? 0 : 12}px"><summary>Hint ${at + 1} of ` +
        `${this.steps.length}</summary><p style="margin: 4px 12px">${escapeHtml(text)}</p>${inner}</details>`,
      '',
    );
    return { 'text/plain': this.toString(), 'text/html': html };
  }
}
