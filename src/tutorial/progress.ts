// How far a student is: a small table of the exercises of a notebook.

import { inspect } from 'node:util';
import { checkText } from '../given';
import { escapeHtml } from '../host/escape-html';
import { allStandings, type Standing } from './register';

const ROOM = 2;

/**
 * Shows which exercises and questions hold, as a table. It remembers while the kernel runs, also when cells
 * run again.
 *
 * @param names Which ones, in this order. An array among them is a choice: one of it is enough. Default: all
 * that this notebook has declared or tried.
 *
 * @example
 * question('two', { real: 2 }).answer(2);
 * console.log(String(progress('two', 'three')));
 * // → ✔  two    holds, 1 try
 * // → ·  three  not tried yet
 * // → 1 of 2 hold.
 *
 * @example
 * question('tea', { real: 'hot' }).answer('hot');
 * console.log(String(progress(['tea', 'coffee'])));
 * // → ✔  tea     holds, 1 try
 * // → ·  coffee  not needed: one of tea, coffee is enough
 * // → 1 of 1 hold.
 */
export function progress(...names: readonly (string | readonly string[])[]): ProgressTable {
  const choices = names.map((name) => [name].flat());
  choices.forEach((choice, at) => {
    for (const name of choice) checkText(`names[${at}]`, name);
  });
  const known = allStandings();
  if (names.length === 0) return new ProgressTable(known.map((standing) => [standing]));
  const untried = (name: string): Standing => ({ name, tries: 0, verdict: undefined });
  const standingOf = (name: string) => known.find((each) => each.name === name) ?? untried(name);
  return new ProgressTable(choices.map((choice) => choice.map(standingOf)));
}

/**
 * Shows which exercises hold, made by `progress()`: a table in a notebook, lines of text elsewhere.
 *
 * @example
 * const standing: ProgressTable = progress('an exercise that nobody has tried');
 * console.log(standing.isComplete); // → false
 */
export class ProgressTable {
  /** How far the student is, exercise by exercise. */
  readonly standings: readonly Standing[];
  /** Of each group one exercise is enough; most groups have one only. */
  readonly #choices: readonly (readonly Standing[])[];

  constructor(choices: readonly (readonly Standing[])[]) {
    this.standings = choices.flat();
    this.#choices = choices;
  }

  /** Whether every exercise holds, and of each choice one. */
  get isComplete(): boolean {
    return this.#choices.every(isMet);
  }

  /** The table as lines of text. */
  toString(): string {
    const width = Math.max(0, ...this.standings.map(({ name }) => name.length)) + ROOM;
    const lines = this.standings.map(
      (each) => `${mark(each)}  ${each.name.padEnd(width)}${this.#words(each)}`,
    );
    return [...lines, this.#sum()].join('\n');
  }

  #sum(): string {
    if (this.standings.length === 0) return 'Nothing has been tried yet.';
    return `${this.#choices.filter(isMet).length} of ${this.#choices.length} hold.`;
  }

  #words(standing: Standing): string {
    const choice = this.#choices.find((each) => each.includes(standing)) ?? [];
    if (!isMet(choice) || stateOf(standing) === 'holds') return inWords(standing);
    return `not needed: one of ${choice.map(({ name }) => name).join(', ')} is enough`;
  }

  /** @internal */
  [inspect.custom](): string {
    return this.toString();
  }

  /** @internal */
  [Symbol.for('Jupyter.display')](): Record<string, string> {
    const rows = this.standings.map(
      (each) =>
        `<tr><td style="border-left: 6px solid ${EDGES[stateOf(each)]}"><b>${mark(each)}</b></td>` +
        `<td style="text-align: left">${escapeHtml(each.name)}</td>` +
        `<td style="text-align: left">${escapeHtml(this.#words(each))}</td></tr>`,
    );
    return {
      'text/plain': this.toString(),
      'text/html': `<table><tbody>${rows.join('')}</tbody></table><p>${this.#sum()}</p>`,
    };
  }
}

function isMet(choice: readonly Standing[]): boolean {
  return choice.some((standing) => stateOf(standing) === 'holds');
}

type State = 'holds' | 'not-yet' | 'untried';
const MARKS: Record<State, string> = { holds: '✔', 'not-yet': '➜', untried: '·' };
// The colours are those of a verdict. They are for edges: as letters they would be too faint on white.
const EDGES: Record<State, string> = { holds: '#009E73', 'not-yet': '#E69F00', untried: 'transparent' };

function stateOf({ verdict }: Standing): State {
  if (verdict === undefined) return 'untried';
  return verdict.passed ? 'holds' : 'not-yet';
}

function mark(standing: Standing): string {
  return MARKS[stateOf(standing)];
}

function inWords(standing: Standing): string {
  const { tries } = standing;
  const tried = tries === 1 ? '1 try' : `${tries} tries`;
  switch (stateOf(standing)) {
    case 'holds':
      return `holds, ${tried}`;
    case 'not-yet':
      return `not yet, ${tried}`;
    case 'untried':
      return 'not tried yet';
  }
}
