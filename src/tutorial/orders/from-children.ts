// The requirement that a result comes from the children, judged by what becomes of it when something else
// arrives in the place of what they send.

import { isSameResult, showResult } from '../../explore/results/compare';
import type { Requirement } from './requirement';

/**
 * Requires that what the program returns is made of what its children send, or write into shared memory. The
 * check changes what arrives at the parent: where the program returns the same nevertheless, the children
 * work for nothing.
 *
 * @example
 * const pretend = async (n: number) => {
 *   const answers = new Queue<number>();
 *   new Process({ target: () => answers.putSync(2 * n) }).start();
 *   await answers.get();
 *   return 2 * n;
 * };
 * console.log((await check(pretend, [returns(6), resultFromChildren()], { args: [3] })).sentence);
 * // → I called it with (3): it returns 6 whatever the children send, so they work for nothing…
 */
export function resultFromChildren(): Requirement {
  return {
    words: 'what it returns comes from the children',
    judgeGarbled: ({ returned }, honest) => {
      if (!honest.some((order) => isSameResult(order.returned, returned))) return undefined;
      return (
        `it returns ${showResult(returned)} whatever the children send, so they work for nothing. ` +
        'Make the result of what comes from them'
      );
    },
  };
}
