// Requirements about which process does the work, judged by which one puts and which one prints.

import { UNTOLD } from '../../explore/items';
import { counted } from '../../system/counted';
import type { Memory, Requirement } from './requirement';

/** Requires that so many messages are put by other processes than the parent. */
export function putByChildren(count: number): Requirement {
  const memory: Memory = {
    first: 0,
    next: (before, { kind, process }) => Number(before) + (kind === 'put' && process !== 0 ? 1 : 0),
  };
  return {
    words: `a child puts ${counted(count, 'message')}`,
    memory,
    judge: ({ memory }) =>
      memory === count ? undefined : `a child puts ${counted(Number(memory), 'message')}, not ${count}`,
  };
}

/** The parent prints nothing. */
export function printedByChildren(): Requirement {
  const memory: Memory = {
    first: false,
    next: (before, { kind, process }) => before === true || (kind === 'print' && process === 0),
  };
  return {
    words: 'a child does the work',
    memory,
    judge: ({ memory }) =>
      memory === true ? 'the parent prints: it does the work that is for a child' : undefined,
  };
}

/** Requires that so many messages are put by the parent. `words` says what they are. */
export function putByParent(count: number, words: string): Requirement {
  const memory: Memory = {
    first: 0,
    next: (before, { kind, process }) => Number(before) + (kind === 'put' && process === 0 ? 1 : 0),
  };
  return {
    words: `the parent puts ${words}`,
    memory,
    judge: ({ memory }) =>
      memory === count
        ? undefined
        : `the parent puts ${counted(Number(memory), 'message')}, not ${count}: ${words}`,
  };
}

/** What the parent puts, message by message. */
const PUT_TEXTS: Memory = {
  first: [],
  next: (before, { kind, process, text = '' }) =>
    kind === 'put' && process === 0 ? [...(before as string[]), text] : before,
};

/**
 * What the parent puts has as many pairs in each message as a block has, but for the last one. `sizes`: the
 * largest first. A message without pairs is a sentinel, and one whose text is not told may hold anything.
 */
export function putInBlocks(sizes: readonly number[]): Requirement {
  return {
    words: `the blocks have ${sizes.join(', ')} pairs`,
    memory: PUT_TEXTS,
    judge: ({ memory }) => {
      const told = (memory as string[]).map(pairsIn).filter((pairs) => pairs !== 0);
      if (told.includes(null)) return undefined;
      const found = told.sort((one, other) => Number(other) - Number(one)).join(', ');
      return found === sizes.join(', ')
        ? undefined
        : `the blocks have ${found || 'no'} pairs, not ${sizes.join(', ')}`;
    },
  };
}

/**
 * Where the parent puts pairs into a queue at all, these are among them: who has computed the whole may send
 * something that comes to the same.
 */
export function sendsEach(pairs: readonly (readonly [number, number])[]): Requirement {
  return {
    words: 'each pair is sent to a worker',
    memory: PUT_TEXTS,
    judge: ({ memory }) => {
      const sent = (memory as string[]).join(' ');
      if (pairsIn(sent) === 0 || sent.includes('[Array]')) return undefined;
      const isSent = (a: number, b: number) => new RegExp(`\\[ ?${a}, ${b} ?\\]`).test(sent);
      const left = pairs.find(([a, b]) => !isSent(a, b) && !isSent(b, a));
      return left === undefined ? undefined : `the pair [${left.join(', ')}] is sent to nobody`;
    },
  };
}

/** Returns null where the text does not tell. */
function pairsIn(text: string): number | null {
  return text === UNTOLD ? null : (text.match(/\[ ?-?\d+, -?\d+ ?\]|\[Array\]/g)?.length ?? 0);
}

/** Requires that no process does more than its part of the pieces of work. A piece is a sleep. */
export function sharesEvenly(pieces: number, workers: number): Requirement {
  const part = Math.ceil(pieces / workers);
  return {
    words: `no process does more than ${part} of the ${counted(pieces, 'piece')} of work`,
    judgeOverall: ({ timed }) => {
      for (const { id, name } of timed.processes) {
        const done = timed.events.filter(({ kind, process }) => kind === 'sleep' && process === id).length;
        if (done > part)
          return `${name} does ${done} of the ${counted(pieces, 'piece')} of work, and its part would be ${part}`;
      }
      return undefined;
    },
  };
}
