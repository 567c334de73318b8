// Requirements about who does the work: children of their own, and at the same time.

import { InvalidArgumentError } from '../../errors';
import type { Trace } from '../../trace/record';
import type { Memory, Names, Plain, Requirement } from './requirement';

const PARENT = 0;

/**
 * Requires that each printed line which matches one of these patterns comes from a child that belongs to this
 * pattern alone: not from the parent, and not from the child of another one.
 *
 * @throws InvalidArgumentError unless there are patterns, and all of them are RegExps.
 *
 * @example
 * const say = () => {
 *   for (const name of ['Ada', 'Bob']) console.log(`${name} is here`);
 * };
 * const both = () => new Process({ name: 'Ada', target: say }).start();
 * console.log((await check(both, [byOwnChild(/Ada/, /Bob/)])).sentence);
 * // → in its only order Ada prints "Ada is here" and "Bob is here", too: each needs a process of its own.
 */
export function byOwnChild(...patterns: readonly RegExp[]): Requirement {
  if (patterns.length === 0) throw new InvalidArgumentError('patterns', 'at least one RegExp', patterns);
  for (const [at, pattern] of patterns.entries()) {
    if (pattern instanceof RegExp) continue;
    throw new InvalidArgumentError(`patterns[${at}]`, 'a RegExp, such as /^Ada/', pattern);
  }
  return {
    words: 'each child prints its own',
    memory: whoPrints(patterns),
    judge: ({ memory }) => (memory as Speakers).fault as string | undefined,
  };
}

/** Which process prints a pattern, and what it was, by the place of the pattern. */
interface Speakers {
  readonly [key: string]: Plain;
}

interface Speaker {
  readonly [key: string]: Plain;
  readonly process: number;
  readonly text: string;
}

function whoPrints(patterns: readonly RegExp[]): Memory {
  return {
    first: {},
    next(memory, { kind, process, text = '' }, names) {
      const before = memory as Speakers;
      if (kind !== 'print' || before.fault !== undefined) return memory;
      const at = patterns.findIndex((pattern) => text.search(pattern) >= 0);
      if (at < 0) return memory;
      const line = text.trim();
      if (process === PARENT) return { fault: `the parent prints "${line}": that is the work of a child` };
      const others = Object.entries(before) as [string, Speaker][];
      const other = others.find(([place, speaker]) => Number(place) !== at && speaker.process === process);
      if (other !== undefined) {
        return {
          fault: `${nameIn(names, process)} prints "${other[1].text}" and "${line}", too: each needs a process of its own`,
        };
      }
      return { ...before, [at]: { process, text: line } };
    },
  };
}

function nameIn({ processes }: Names, id: number): string {
  return processes.find((process) => process.id === id)?.name ?? 'a process';
}

/**
 * Requires that children run at the same time: not each of them only after `join()` of the one before.
 *
 * @example
 * const greet = async (name: string) => {
 *   const child = new Process({ name, target: () => {} });
 *   child.start();
 *   await child.join();
 * };
 * const oneByOne = async () => { await greet('Ada'); await greet('Bob'); };
 * console.log((await check(oneByOne, [startedTogether()])).sentence);
 * // → Bob is started only after the end of Ada, so they never run at the same time.
 */
export function startedTogether(): Requirement {
  return {
    words: 'the children run at the same time',
    judgeOverall: ({ timed }) => {
      const [first, second] = timed.processes.filter(({ id }) => id !== PARENT);
      if (first === undefined || second === undefined || mostUnjoined(timed) > 1) return undefined;
      return `${second.name} is started only after the end of ${first.name}, so they never run at the same time`;
    },
  };
}

/** Started and not joined yet, at most. It goes by who starts and joins, so no luck is in it. */
function mostUnjoined({ events }: Trace): number {
  let [now, most] = [0, 0];
  for (const { kind } of events) {
    if (kind === 'start') now += 1;
    if (kind === 'joined') now -= 1;
    most = Math.max(most, now);
  }
  return most;
}
