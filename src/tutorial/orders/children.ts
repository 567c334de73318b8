// The requirement that so many children are started.

import { checkCount } from '../../given';
import type { Memory, Requirement } from './requirement';

/**
 * Requires that so many processes are started, in every order. What the program does itself, without a
 * process, counts as none.
 *
 * @example
 * const alone = () => console.log('Hello');
 * console.log((await check(alone, [startsChildren(2)])).sentence);
 * // → in its only order no process is started; it must be 2.
 */
export function startsChildren(count: number): Requirement {
  checkCount('count', count, 0);
  return {
    words: `it starts ${count === 1 ? '1 process' : `${count} processes`}`,
    memory: started,
    judge: ({ memory }) => {
      if (memory === count) return undefined;
      const found =
        memory === 0 ? 'no process is' : memory === 1 ? '1 process is' : `${memory} processes are`;
      return `${found} started; it must be ${count}`;
    },
  };
}

const started: Memory = {
  first: 0,
  next: (memory, { kind }) => Number(memory) + (kind === 'start' ? 1 : 0),
};
