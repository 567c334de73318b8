// Requirements about how a program ends: what it returns, whom it has waited for, what it leaves behind.

import { isSameResult, resultOf, showBoth, showResult } from '../../explore/results/compare';
import type { Memory, Plain, Requirement } from './requirement';

/**
 * Requires that the function returns this value, or one that is alike, in every order: as
 * `isDeepStrictEqual()` of Node says it, and instances by the names of their classes.
 *
 * @example
 * const verdict = await check(() => 1 + 1, [returns(2)]);
 * console.log(String(verdict)); // → ✔ Yes: I checked the only order in which it can run: it returns 2.
 */
export function returns(value: unknown): Requirement {
  return {
    words: `it returns ${showResult(resultOf(value))}`,
    judge: ({ returned }) => {
      if (isSameResult(returned, value)) return undefined;
      const [is, not] = showBoth(returned, resultOf(value));
      return `it returns ${is} instead of ${not}`;
    },
  };
}

/**
 * Requires that no process waits for ever, in any order. Every check looks for it; the word says it aloud.
 *
 * @example
 * const lock = new Lock();
 * const twice = () => {
 *   lock.acquireSync();
 *   lock.acquireSync();
 * };
 * console.log((await check(twice, [noDeadlock()])).passed); // → false
 */
export function noDeadlock(): Requirement {
  return {
    words: 'nobody waits for ever',
    judge: ({ hang }) => (hang === undefined ? undefined : `it never ends: ${hang}`),
  };
}

/**
 * For each parent the children that it has started and not joined. `hurried`: those whose join() was given
 * up.
 */
interface Unjoined {
  readonly [key: string]: Plain;
}

/**
 * Requires that a process which starts another waits for its end with `join()` before it ends itself.
 *
 * @example
 * const hasty = () => new Process({ target: () => {}, name: 'Ada' }).start();
 * console.log((await check(hasty, [everythingJoined()])).sentence);
 * // → in its only order MainProcess ends without join() of Ada.
 */
export function everythingJoined(): Requirement {
  return {
    words: 'every process is joined',
    memory: whoIsJoined,
    judge: ({ memory }) => (memory as { fault?: string }).fault,
  };
}

const whoIsJoined: Memory = {
  first: {},
  next(memory, { kind, process, child }, { processes }) {
    const before = memory as Unjoined;
    if (before.fault !== undefined) return memory;
    const children = (before[process] ?? []) as readonly number[];
    if (kind === 'start' && child !== undefined) return { ...before, [process]: [...children, child] };
    if (kind === 'joined') return { ...before, [process]: children.filter((each) => each !== child) };
    const hurried = (before.hurried ?? []) as readonly number[];
    if (kind === 'give-up' && child !== undefined && !hurried.includes(child))
      return { ...before, hurried: [...hurried, child] };
    if (kind !== 'exit' || children.length === 0) return memory;
    const name = (id: number) => processes.find((each) => each.id === id)?.name;
    const early = children.find((each) => hurried.includes(each));
    if (early !== undefined) {
      return {
        fault: `the timeout of join() is over before ${name(early)} has ended, and ${name(process)} does not wait any longer`,
      };
    }
    return { fault: `${name(process)} ends without join() of ${children.map(name).join(', ')}` };
  },
};

/** How many messages wait in each queue, by the queue's name. */
interface Waiting {
  readonly [queue: string]: number;
}

/**
 * Requires that all that is put into a queue is taken out of it before the program has ended.
 *
 * @example
 * const queue = new Queue<number>(0, { name: 'letters' });
 * const send = () => queue.putNowait(1);
 * console.log((await check(send, [nothingLeft()])).sentence);
 * // → in its only order 1 message is left in letters.
 */
export function nothingLeft(): Requirement {
  return {
    words: 'nothing is left in a queue',
    memory: messages,
    judge: ({ memory }) => {
      const [queue, count] = Object.entries(memory as Waiting).find(([, waiting]) => waiting > 0) ?? [];
      if (queue === undefined) return undefined;
      return count === 1 ? `1 message is left in ${queue}` : `${count} messages are left in ${queue}`;
    },
  };
}

const messages: Memory = {
  first: {},
  next(memory, { kind, object }, { objects }) {
    if ((kind !== 'put' && kind !== 'get') || object === undefined) return memory;
    const queue = objects.find(({ id }) => id === object)?.name ?? `queue ${object}`;
    const waiting = ((memory as Waiting)[queue] ?? 0) + (kind === 'put' ? 1 : -1);
    return { ...(memory as Waiting), [queue]: waiting };
  },
};
