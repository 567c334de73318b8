// Notebook 09: a child has computed something, and the parent takes the result out of a queue and prints it.

import { makeExercise } from '../exercise';
import { check as checkOrders } from '../orders/check';
import { startsChildren } from '../orders/children';
import { nothingLeft } from '../orders/ending';
import type { Requirement } from '../orders/requirement';
import { Verdict } from '../verdict';

const TRIES = [
  [3, 4],
  [-20, 8],
  [0, 0],
] as const;

const exercise = makeExercise<(a: number, b: number) => unknown>('Sum by child', { check });

/**
 * Judges `sumByChild(a, b)`: does the parent print the sum that its child has put into a queue?
 *
 * @example
 * const addTwo = (a: number, b: number, answers: Queue<number>) => answers.putSync(a + b);
 * const verdict = await checkSumByChild(async (a, b) => {
 *   const answers = new Queue<number>(0, { name: 'answers' });
 *   new Process({ target: addTwo, args: [a, b, answers] }).start();
 *   console.log(`The sum is ${a + b}`);
 * });
 * console.log(verdict.sentence);
 * // → I called it with (3, 4): in every order the parent takes nothing out of the queue…
 */
export const checkSumByChild = exercise.check;

async function check(solution: (a: number, b: number) => unknown): Promise<Verdict> {
  for (const [a, b] of TRIES) {
    const requirements = [startsChildren(1), parentTells(a + b), nothingLeft()];
    const verdict = await checkOrders(solution, requirements, { args: [a, b] });
    if (!verdict.passed) return verdict;
  }
  return Verdict.yes(
    'I tried three pairs of numbers, in every order. The parent got the sum from its child and printed it: get() waits ' +
      'until the result is there.',
  );
}

const IS_TOLD = /the sum is/i;

interface Seen {
  readonly [what: string]: string | boolean;
  readonly hasGot: boolean;
  readonly parent: string;
  readonly child: string;
}

function parentTells(sum: number): Requirement {
  return {
    words: 'the parent gets the sum and prints it',
    memory: {
      first: { hasGot: false, parent: '', child: '' },
      next(memory, { kind, process, text = '' }) {
        const before = memory as Seen;
        if (kind === 'get' && process === 0) return { ...before, hasGot: true };
        if (kind !== 'print') return memory;
        const who = process === 0 ? 'parent' : 'child';
        return { ...before, [who]: before[who] + text };
      },
    },
    judge: ({ memory }) => faultIn(memory as unknown as Seen, sum),
    judgeGarbled: ({ memory }, honest) => {
      const { parent } = memory as unknown as Seen;
      if (!honest.some((order) => (order.memory as unknown as Seen).parent === parent)) return undefined;
      return `the parent prints ${sum} whatever its child sends: it must print what comes out of the queue`;
    },
  };
}

function faultIn({ hasGot, parent, child }: Seen, sum: number): string | undefined {
  if (!hasGot) return 'the parent takes nothing out of the queue: it must get the result of its child';
  // It may say more, before and after.
  const lines = parent.trim().split('\n');
  if (lines.some((each) => IS_TOLD.test(each) && hasNumber(each, sum))) return undefined;
  const line = lines.findLast((each) => /\d|Promise/.test(each)) ?? lines.at(-1) ?? '';
  if (line === '' && hasNumber(child, sum))
    return 'it is the child who prints the sum; the parent must do it';
  if (line === '') return 'the parent gets the result, but prints nothing';
  if (hasNumber(line, sum)) return `the parent prints "${line}": write "The sum is ${sum}"`;
  return `the parent prints "${line}", and the sum is ${sum}`;
}

function hasNumber(text: string, wanted: number): boolean {
  return text.match(/-?\d+/g)?.some((number) => Number(number) === wanted) ?? false;
}
