// Requirements about what processes share: one at a time.

import { InvalidArgumentError } from '../../errors';
import { checkOptions } from '../../given';
import type { Memory, Names, Plain, Requirement } from './requirement';

/**
 * Where something begins and ends of which only one process may be in the middle, told by what is printed.
 */
export interface Section {
  /** A line that a process prints when it goes in. */
  readonly from: RegExp;
  /** A line that a process prints when it comes out. */
  readonly to: RegExp;
}

interface Broken {
  readonly [key: string]: Plain;
  readonly fault?: string;
}

/**
 * Requires that one process at a time does something. Without a section: from the moment in which a process
 * reads a shared value until it writes it, no other one writes that value. With a section: from one printed
 * line to another, only one process is inside.
 *
 * @example
 * const counter = new RawValue('int32', 0);
 * const addOne = () => { counter.value = counter.value + 1; };
 * const twoAdd = () => [1, 2].forEach(() => new Process({ target: addOne }).start());
 * console.log((await check(twoAdd, [mutualExclusion()])).sentence);
 * // → in 4 of 6 orders …
 *
 * @example
 * const bath = () => {
 *   console.log('goes in');
 *   console.log('comes out');
 * };
 * const queueUp = () => {
 *   for (let i = 0; i < 2; i++) new Process({ target: bath }).start();
 * };
 * const alone = mutualExclusion({ from: /goes in/, to: /comes out/ });
 * console.log((await check(queueUp, [alone])).sentence);
 * // → in 4 of 6 orders it goes wrong. In the shortest of them Process-2 goes in while …
 */
export function mutualExclusion(section?: Section): Requirement {
  const faultOf = (memory: Plain) => (memory as Broken).fault;
  if (section === undefined) {
    return {
      words: 'only one process at a time changes a shared value',
      memory: sharedValues,
      judge: ({ memory }) => faultOf(memory),
    };
  }
  checkOptions('section', section, ['from', 'to']);
  for (const name of ['from', 'to'] as const) {
    if (section[name] instanceof RegExp) continue;
    throw new InvalidArgumentError(name, 'a RegExp that finds the line, such as /goes in/', section[name]);
  }
  return {
    words: `only one process at a time is between ${section.from} and ${section.to}`,
    memory: insideOf(section),
    judge: ({ memory }) => faultOf(memory) ?? unseen(memory as Inside, section),
  };
}

/**
 * For each value, which processes have read it, and which of those have been overtaken by another one's
 * write.
 */
interface Values extends Broken {
  readonly [key: string]: Plain;
}

const NOBODY = -1;

const sharedValues: Memory = {
  first: {},
  next(memory, { kind, object, process, text = '' }, names) {
    if ((kind !== 'read' && kind !== 'write') || object === undefined) return memory;
    const before = memory as Values;
    if (before.fault !== undefined) return memory;
    // '[2] = 7' is what is read from or written to an element of an array.
    const cell = `${object}${/^\[\d+\]/.exec(text)?.[0] ?? ''}`;
    const readers = (before[cell] ?? {}) as { readonly [process: string]: Plain };
    if (kind === 'read') return { ...before, [cell]: { ...readers, [process]: NOBODY } };
    const overtaken = readers[process];
    if (typeof overtaken === 'number' && overtaken !== NOBODY) {
      return { fault: overtakenWords(names, process, overtaken, object) };
    }
    const left = Object.keys(readers).filter((reader) => Number(reader) !== process);
    return { ...before, [cell]: Object.fromEntries(left.map((reader) => [reader, process])) };
  },
};

function overtakenWords(names: Names, process: number, other: number, object: number): string {
  const value = names.objects.find(({ id }) => id === object)?.name ?? 'a shared value';
  return `${nameIn(names, other)} writes ${value} between the reading and the writing of ${nameIn(names, process)}`;
}

function nameIn({ processes }: Names, id: number): string {
  return processes.find((process) => process.id === id)?.name ?? 'a process';
}

interface Inside extends Broken {
  readonly inside?: number;
  /** Whether a process has gone in; come out. */
  readonly hasFrom?: boolean;
  readonly hasTo?: boolean;
}

/** Where no process goes in or out, none keeps to anything. */
function unseen({ hasFrom, hasTo }: Inside, { from, to }: Section): string | undefined {
  if (!hasFrom) return `nobody prints a line with ${from}`;
  return hasTo ? undefined : `nobody prints a line with ${to}`;
}

function insideOf({ from, to }: Section): Memory {
  return {
    first: {},
    next(memory, { kind, process, text = '' }, names) {
      const before = memory as Inside;
      if (kind !== 'print' || before.fault !== undefined) return memory;
      const { inside } = before;
      if (text.search(from) >= 0) {
        if (inside === undefined || inside === process) return { ...before, inside: process, hasFrom: true };
        return {
          fault: `${nameIn(names, process)} goes in while ${nameIn(names, inside)} is still inside`,
        };
      }
      if (text.search(to) < 0 || inside !== process) return memory;
      const { inside: _, ...outside } = before;
      return { ...outside, hasTo: true };
    },
  };
}
