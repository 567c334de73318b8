// Notebook 09, the second exercise: results come back in any order and have to be put into the right one.

import { makeExercise } from '../exercise';
import { atLeastAtOnce } from '../orders/at-once';
import { check as checkOrders } from '../orders/check';
import { nothingLeft, returns } from '../orders/ending';
import { resultFromChildren } from '../orders/from-children';
import { Verdict } from '../verdict';

/** The second is not in the order of the alphabet, the third has a word twice. */
const TRIES = [['good', 'morning'], ['to', 'be', 'or'], ['ha', 'ha'], ['hm']] as const;

const exercise = makeExercise<(words: string[]) => unknown>('Shout words', { check });

/**
 * Judges `shout(words)`: does it return all words in capitals and in their order, in whichever order the
 * children are ready?
 *
 * @example
 * const loud = (word: string, answers: Queue<string>) => answers.putSync(word.toUpperCase());
 * const verdict = await checkShoutWords(async (words) => {
 *   const answers = new Queue<string>();
 *   for (const word of words) new Process({ target: loud, args: [word, answers] }).start();
 *   return (await Promise.all(words.map(() => answers.get()))).join(' ');
 * });
 * console.log(verdict.sentence);
 * // → …it returns 'MORNING GOOD' instead of 'GOOD MORNING'.
 */
export const checkShoutWords = exercise.check;

async function check(solution: (words: string[]) => unknown): Promise<Verdict> {
  for (const words of TRIES) {
    const loud = words.map((word) => word.toUpperCase());
    const requirements = [
      returns(loud.join(' ')),
      atLeastAtOnce(words.length),
      resultFromChildren(),
      nothingLeft(),
    ];
    const verdict = await checkOrders(solution, requirements, { args: [[...words]] });
    if (!verdict.passed) return verdict;
  }
  return Verdict.yes(
    'I tried four texts, in every order in which the children can be ready. All words come out in their own order, ' +
      'and all children work at the same time.',
  );
}
