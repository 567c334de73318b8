// What a check answers: whether the exercise holds, and why, in words. Knows nothing of processes.

import { inspect } from 'node:util';
import { escapeHtml } from '../host/escape-html';

const jupyterDisplay = Symbol.for('Jupyter.display');

// Bluish green, orange, sky blue: colours that colour-blind eyes tell apart, on white and on black; the words
// say it too.
const LOOKS = {
  yes: { heading: '✔ Yes', colour: '#009E73' },
  'not-yet': { heading: '➜ Not yet', colour: '#E69F00' },
  surprise: { heading: '! A surprise', colour: '#56B4E9' },
} as const;

/** Shown as a box with a coloured edge in a notebook, and as plain words everywhere else. */
export class Verdict {
  /** Why, in words. */
  readonly sentence: string;
  readonly #kind: keyof typeof LOOKS;

  private constructor(kind: keyof typeof LOOKS, sentence: string) {
    this.#kind = kind;
    this.sentence = sentence;
  }

  /** The exercise holds. */
  static yes(sentence: string): Verdict {
    return new Verdict('yes', sentence);
  }

  /** It does not hold yet. */
  static notYet(sentence: string): Verdict {
    return new Verdict('not-yet', sentence);
  }

  /** A prediction that did not hold, which is no fault. */
  static surprise(sentence: string): Verdict {
    return new Verdict('surprise', sentence);
  }

  /** Whether it holds. */
  get passed(): boolean {
    return this.#kind === 'yes';
  }

  /** The verdict and its sentence. */
  toString(): string {
    return `${LOOKS[this.#kind].heading}: ${this.sentence}`;
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
        `${escapeHtml(this.sentence).replaceAll('\n', '<br>')}</div>`,
    };
  }
}
