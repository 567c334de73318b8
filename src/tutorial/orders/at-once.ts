// The requirement that processes do work at the same time, judged on the virtual clock and never by a
// stopwatch.

import { checkCount } from '../../given';
import { counted } from '../../system/counted';
import type { Trace } from '../../trace/record';
import type { Requirement } from './requirement';

/**
 * Requires that at some moment at least `count` processes are at work at the same time. Work is what takes
 * time on the virtual clock, which only sleeping moves: let each child sleep where it would work. Too large a
 * lock, or a `join()` behind each `start()`, makes work follow work.
 *
 * @example
 * const alone = () => new Process({ target: () => sleep(1000) }).start();
 * console.log((await check(alone, [atLeastAtOnce(2)])).sentence);
 * // → at most 1 process is at work at a time; it must be 2.
 */
export function atLeastAtOnce(count: number): Requirement {
  checkCount('count', count, 1);
  return {
    words: `at least ${counted(count, 'process', 'processes')} can be at work at the same time`,
    judgeOverall: ({ timed }) => {
      const most = mostAtWork(timed);
      if (most >= count) return undefined;
      return most === 0
        ? 'no process is ever at work: none of them sleeps, so nothing takes time. The work is what sleeps: keep it, and call it'
        : `at most ${counted(most, 'process is', 'processes are')} at work at a time; it must be ${count}`;
    },
  };
}

/** How many processes sleep at the same virtual time, at most. A sleep lasts as long as it says. */
function mostAtWork({ events }: Trace): number {
  const sleeps = events
    .filter(({ kind }) => kind === 'sleep')
    .map(({ at, process, text }) => ({ process, from: at, to: at + Number.parseFloat(text ?? '0') }))
    .filter(({ from, to }) => to > from);
  const asleepAt = (moment: number) => sleeps.filter(({ from, to }) => from <= moment && moment < to);
  // One process with several timers is still one process.
  const counts = sleeps.map(({ from }) => new Set(asleepAt(from).map(({ process }) => process)).size);
  return Math.max(0, ...counts);
}
