// Notebook 04: guests come and go in any order, and what the parent says is right in every one of them.

import { makeExercise } from '../exercise';
import { checkEach } from '../orders/each-input';
import { exactlyOnce } from '../orders/printed';
import type { Requirement } from '../orders/requirement';
import { byOwnChild, startedTogether } from '../orders/who';
import type { Verdict } from '../verdict';

const OPENS = 'The door opens';
const CLOSES = 'The door closes';
const PARENT = 0;
/** Three are enough for every surprise; one and none are where loops go wrong. */
const TRIES: readonly string[][] = [['Ada', 'Bob', 'Cy'], ['Mo'], []];

const exercise = makeExercise<(guests: string[]) => unknown>('Party', { check: checkAll });

/**
 * Judges `party(guests)`: does the door open before the first guest comes, and close behind the last one, in
 * every order?
 *
 * @example
 * const verdict = await checkParty((guests: string[]) => {
 *   console.log('The door opens');
 *   for (const guest of guests) new Process({ target: console.log, args: [`${guest} comes`] }).start();
 * });
 * console.log(verdict.sentence);
 * // → I called it with ([ 'Ada', 'Bob', 'Cy' ]): in every order "Ada goes" is never printed.
 */
export const checkParty = exercise.check;

async function checkAll(party: (guests: string[]) => unknown): Promise<Verdict> {
  const inputs = TRIES.map((guests) => ({
    args: [[...guests]] as [string[]],
    requirements: requirementsFor(guests),
  }));
  return await checkEach(party, inputs);
}

function requirementsFor(guests: readonly string[]): Requirement[] {
  const visits = guests.flatMap((guest) => [`${guest} comes`, `${guest} goes`]);
  return [
    ...(guests.length === 0 ? [] : [byOwnChild(...guests.map((guest) => new RegExp(`^${guest} `)))]),
    exactlyOnce(OPENS, ...visits, CLOSES),
    doorAround(visits),
    doorByParent(),
    startedTogether(),
  ];
}

function doorAround(visits: readonly string[]): Requirement {
  return {
    words: 'the door opens first and closes last',
    seesOrderOfLines: true,
    judge: ({ lines }) => {
      const early = visits.find((visit) => lines.indexOf(visit) < lines.indexOf(OPENS));
      if (early !== undefined) return `"${early}" is printed before "${OPENS}"`;
      const late = visits.findLast((visit) => lines.indexOf(visit) > lines.indexOf(CLOSES));
      if (late !== undefined) return `"${late}" is printed after "${CLOSES}"`;
      if (lines.indexOf(CLOSES) < lines.indexOf(OPENS)) return `"${CLOSES}" is printed before "${OPENS}"`;
      const hasty = visits.findIndex((goes, at) => at % 2 === 1 && isBefore(lines, goes, visits[at - 1]));
      return hasty < 0 ? undefined : `"${visits[hasty]}" is printed before "${visits[hasty - 1]}"`;
    },
  };
}

function doorByParent(): Requirement {
  return {
    words: 'the door is the work of the parent',
    memory: {
      first: null,
      next: (memory, { kind, process, text = '' }) =>
        kind === 'print' && process !== PARENT && text.includes('The door') ? text.trim() : memory,
    },
    judge: ({ memory }) =>
      memory === null ? undefined : `a child prints "${memory}": that is the work of the parent`,
  };
}

function isBefore(lines: readonly string[], one: string, other = ''): boolean {
  return lines.indexOf(one) < lines.indexOf(other);
}
