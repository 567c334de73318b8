// Notebook 06: each worker digs its own hole and says so in pieces; the lines stay whole, and all of them dig
// at the same time.

import { makeExercise } from '../exercise';
import { atLeastAtOnce } from '../orders/at-once';
import { checkEach } from '../orders/each-input';
import { allReleased } from '../orders/holding';
import { exactlyOnce, wholeLines } from '../orders/printed';
import type { Memory, Requirement } from '../orders/requirement';
import { byOwnChild } from '../orders/who';
import type { Verdict } from '../verdict';

/** Two orders of the letters, so that an answer cannot count on A being the first. */
const TRIES: readonly string[][] = [
  ['A', 'B', 'C'],
  ['J', 'I'],
];

const exercise = makeExercise<(workers: string[]) => unknown>('Digging holes', { check: checkAll });

/**
 * Judges `digHoles(workers)`: does each worker dig its own hole, tell it in a whole line, and dig at the same
 * time as the others?
 *
 * @example
 * const verdict = await checkDigging((workers: string[]) => {
 *   for (const worker of workers) console.log(`${worker} dug hole 0`);
 * });
 * console.log(verdict.sentence);
 * // → …the parent prints "A dug hole 0": that is the work of a child.
 */
export const checkDigging = exercise.check;

async function checkAll(digHoles: (workers: string[]) => unknown): Promise<Verdict> {
  const inputs = TRIES.map((workers) => ({
    args: [[...workers]] as [string[]],
    requirements: requirementsFor(workers),
  }));
  return await checkEach(digHoles, inputs);
}

function requirementsFor(workers: readonly string[]): Requirement[] {
  return [
    byOwnChild(...workers.map((worker) => new RegExp(`^${worker}`))),
    wholeLines(),
    exactlyOnce(...workers.map((worker, hole) => `${worker} dug hole ${hole}`)),
    inPieces,
    atLeastAtOnce(workers.length),
    allReleased(),
  ];
}

const inPieceAtOnce: Memory = {
  first: false,
  next: (memory, { kind, text = '' }) => memory === true || (kind === 'print' && /dug hole \d/.test(text)),
};

/** To print a line in one piece is a good way out, but then nothing is left of the exercise. */
const inPieces: Requirement = {
  words: 'each line is said in pieces',
  memory: inPieceAtOnce,
  judge: ({ memory }) =>
    memory === true
      ? 'a line is printed in one piece. This time keep `say`, which speaks in pieces'
      : undefined,
};
