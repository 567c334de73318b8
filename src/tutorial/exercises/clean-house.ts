// Notebook 07: a program that works room by room becomes one in which all rooms are cleaned at the same time.

import { makeExercise } from '../exercise';
import { atLeastAtOnce } from '../orders/at-once';
import { check as checkOrders } from '../orders/check';
import { exactlyOnce } from '../orders/printed';
import type { Requirement } from '../orders/requirement';
import { Verdict } from '../verdict';

const TRIES = [['kitchen', 'bath', 'cellar'], ['attic'], []] as const;

const exercise = makeExercise<(rooms: string[]) => unknown>('Clean house', { check });

/**
 * Judges `cleanHouse(rooms)`: are all rooms cleaned at the same time, and is the last line the last in every
 * order? Cleaning is what sleeps.
 *
 * @example
 * const clean = (room: string) => sleep(1000).then(() => console.log(`${room} is clean`));
 * const verdict = await checkCleanHouse(async (rooms) => {
 *   for (const room of rooms) new Process({ target: clean, args: [room] }).start();
 *   console.log('the house is clean');
 * });
 * console.log(verdict.passed); // → false
 */
export const checkCleanHouse = exercise.check;

async function check(solution: (rooms: string[]) => unknown): Promise<Verdict> {
  for (const rooms of TRIES) {
    const requirements = [
      exactlyOnce(...rooms.map((room) => `${room} is clean`), 'the house is clean'),
      childrenSay(rooms.map((room) => `${room} is clean`)),
      houseIsLast,
      ...(rooms.length > 0 ? [atLeastAtOnce(rooms.length)] : []),
    ];
    const verdict = await checkOrders(solution, requirements, { args: [[...rooms]] });
    if (!verdict.passed) return verdict;
  }
  return Verdict.yes(
    'I tried 3 rooms, 1 and none. All rooms are cleaned at the same time, and in every order the house is clean last.',
  );
}

/** The process that prints the line has done the work. A worker may clean more than one room. */
function childrenSay(lines: readonly string[]): Requirement {
  return {
    words: 'children clean the rooms',
    memory: {
      first: '',
      next: (said, { kind, process, text = '' }) =>
        said === '' && kind === 'print' && process === 0
          ? (lines.find((line) => text.includes(line)) ?? said)
          : said,
    },
    judge: ({ memory: said }) =>
      said === '' ? undefined : `the parent prints "${said}": that is for the child who cleans the room`,
  };
}

const houseIsLast: Requirement = {
  words: '"the house is clean" is the last line',
  seesOrderOfLines: true,
  judge: ({ lines }) =>
    /the house is clean/.test(lines.at(-1) ?? '')
      ? undefined
      : `"the house is clean" is printed too early: after it comes "${lines.at(-1)}"`,
};
