// What a check answers: whether the exercise holds, and why, in words. Knows nothing of processes.

import { inspect } from 'node:util';
import { NotYetError } from '../errors';
import type { Definition } from '../host/definitions';
import { escapeHtml } from '../host/escape-html';
import type { CounterExample } from './orders/counter-example';

const jupyterDisplay = Symbol.for('Jupyter.display');

// Bluish green, orange, sky blue: colours that colour-blind eyes tell apart, on white and on black; the words
// say it too.
const LOOKS = {
  yes: { heading: '✔ Yes', colour: '#009E73' },
  'not-yet': { heading: '➜ Not yet', colour: '#E69F00' },
  surprise: { heading: '! A surprise', colour: '#56B4E9' },
} as const;

/**
 * Says whether an exercise holds, and why. Shown as a box with a coloured edge in a notebook, and as plain
 * words everywhere else.
 *
 * @example
 * const verdict = Verdict.notYet('only one child was started.');
 * console.log(verdict.passed); // → false
 * console.log(String(verdict)); // → ➜ Not yet: only one child was started.
 */
export class Verdict {
  /** Why, in words. */
  readonly sentence: string;
  /** The order of steps in which the answer goes wrong, where `check()` found one. */
  readonly counterExample: CounterExample | undefined;
  readonly #kind: keyof typeof LOOKS;
  /** What was judged: a name and the cell that made it, where a notebook knows. In sentences. */
  readonly #judged: readonly string[];

  private constructor(
    kind: keyof typeof LOOKS,
    sentence: string,
    counterExample?: CounterExample,
    judged: readonly string[] = [],
  ) {
    this.#kind = kind;
    this.sentence = sentence;
    this.counterExample = counterExample;
    this.#judged = judged;
  }

  /** The exercise holds. */
  static yes(sentence: string): Verdict {
    return new Verdict('yes', sentence);
  }

  /** It does not hold yet; an order in which it goes wrong may be shown with it. */
  static notYet(sentence: string, counterExample?: CounterExample): Verdict {
    return new Verdict('not-yet', sentence, counterExample);
  }

  /** A prediction that did not hold, which is no fault. */
  static surprise(sentence: string): Verdict {
    return new Verdict('surprise', sentence);
  }

  /** @internal The same, and it says what was judged, and what was made in a cell that did not end well. */
  of(judged: Definition | undefined, cut: Definition | undefined): Verdict {
    const words = [judged && judgedIn(judged), cut && cutIn(cut)].filter((each) => each !== undefined);
    return new Verdict(this.#kind, this.sentence, this.counterExample, words);
  }

  /** Whether it holds. */
  get passed(): boolean {
    return this.#kind === 'yes';
  }

  /**
   * Gives the verdict back if the exercise holds. For a test runner, where a test that throws has failed.
   *
   * @throws NotYetError with the sentence, and with the order that goes wrong, if the exercise does not hold.
   *
   * @example
   * Verdict.yes('three children ran.').orThrow();
   * Verdict.notYet('two children ran.').orThrow(); // throws NotYetError: two children ran.
   */
  orThrow(): this {
    if (this.passed) return this;
    throw new NotYetError([this.sentence, this.counterExample].filter(Boolean).join('\n'));
  }

  /** The verdict and its sentence, and the order that goes wrong. */
  toString(): string {
    const order = this.counterExample === undefined ? '' : `\n${this.counterExample}`;
    const judged = this.#judged.length === 0 ? '' : `\n(${this.#judged.join(' ')})`;
    return `${LOOKS[this.#kind].heading}: ${this.sentence}${judged}${order}`;
  }

  /** @internal */
  [inspect.custom](): string {
    return this.toString();
  }

  /** @internal */
  [jupyterDisplay](): Record<string, string> {
    const { heading, colour } = LOOKS[this.#kind];
    return {
      'text/plain': this.toString(),
      'text/html':
        `<div style="border-left: 6px solid ${colour}; padding: 4px 12px"><b>${heading}:</b> ` +
        `${asHtml(this.sentence)}${this.#judgedHtml()}${this.counterExample?.toHtml() ?? ''}</div>`,
    };
  }

  #judgedHtml(): string {
    return this.#judged.length === 0 ? '' : `<br><small>${asHtml(this.#judged.join(' '))}</small>`;
  }
}

// A student who has changed the cell since, and not run it, sees it by the number.
function judgedIn({ name, cell }: Definition): string {
  return `I looked at \`${name}\` as ${cell} made it.`;
}

/** A student who sees the verdict may have forgotten the red box above. */
function cutIn({ name, cell, cut }: Definition): string {
  return `But the cell of \`${name}\`, ${cell}, ended with ${cut}: what stands below did not run.`;
}

/** What stands between backticks is code. */
function asHtml(text: string): string {
  return escapeHtml(text)
    .replaceAll('\n', '<br>')
    .replace(/`([^`]+)`/g, '<code>$1</code>');
}
