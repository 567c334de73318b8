// Requirements about locks: who has how many of them while printing, and who keeps one.

import type { Memory, Names, Plain, Requirement } from './requirement';

/** Which locks each process has, what is known of before, and the first fault. */
interface Hands {
  readonly [process: string]: Plain;
  readonly known?: Plain;
  readonly fault?: string;
}

/** Which process has first printed what matches, and with which locks all have done so until now. */
interface Printed {
  readonly [key: string]: Plain;
  readonly by: string;
  readonly text: string;
  readonly locks: readonly number[];
}

/**
 * Requires that a process that prints what matches holds so many locks at that moment, and all of them the
 * same ones.
 */
export function printsHolding(pattern: RegExp, count: number, words: string): Requirement {
  return {
    words,
    memory: hands(({ kind, text = '' }, held, name, known) => {
      if (kind !== 'print' || text.search(pattern) < 0) return {};
      const [line = ''] = text.trim().split('\n');
      if (held.length < count) {
        const has = held.length === 0 ? 'no lock' : `${held.length} of ${count} locks`;
        return { fault: `${name} prints "${line}" with ${has} in hand` };
      }
      const first = known as Printed | undefined;
      if (first === undefined) return { known: { by: name, text: line, locks: held } };
      const locks = first.locks.filter((each) => held.includes(each));
      if (locks.length >= count) return { known: { ...first, locks } };
      const who = first.by === name ? '' : `${first.by} had `;
      const same = count === 1 ? 'the same lock' : `the same ${count} locks`;
      return {
        fault: `${name} prints "${line}" with other locks in hand than ${who}for "${first.text}": it takes ${same}`,
      };
    }),
    judge: ({ memory }) => (memory as Hands).fault,
  };
}

/** Between two lines that a process prints it gives a lock back: each line has a turn of its own. */
export function releasesBetween(words: string): Requirement {
  return {
    words,
    memory: hands(({ kind, text = '' }, _, name, known) => {
      if (kind === 'release') return { known: null };
      if (kind !== 'print') return {};
      const [line = '', more] = [known as string | null, ...text.trim().split('\n')].filter(
        (each) => each != null,
      );
      if (more === undefined) return { known: line };
      return { fault: `${name} prints "${more}" without having given the lock back after "${line}"` };
    }),
    judge: ({ memory }) => (memory as Hands).fault,
  };
}

/** Requires that no process ends with a lock in hand. */
export function allReleased(): Requirement {
  return {
    words: 'every lock is given back',
    memory: hands(({ kind }, held, name) =>
      kind === 'exit' && held.length > 0
        ? { fault: `${name} ends with a lock that it has never released` }
        : {},
    ),
    judge: ({ memory }) => (memory as Hands).fault,
  };
}

/** What a requirement makes of an event: what it remembers from now on, or what is wrong. */
type Look = (
  event: Parameters<Memory['next']>[1],
  held: readonly number[],
  name: string,
  known: Plain | undefined,
) => { readonly known?: Plain; readonly fault?: string };

function hands(look: Look): Memory {
  return {
    first: {},
    next(memory, event, names: Names) {
      const before = memory as Hands;
      if (before.fault !== undefined) return memory;
      const { kind, process, object } = event;
      const held = (before[process] ?? []) as readonly number[];
      const { fault, known = before.known } = look(event, held, nameIn(names, process), before.known);
      if (fault !== undefined) return { fault };
      const after = known === undefined ? before : { ...before, known };
      if (object === undefined || (kind !== 'acquire' && kind !== 'release')) return after;
      if (kind === 'acquire') return { ...after, [process]: [...held, object].sort() };
      return { ...after, [process]: held.filter((each) => each !== object) };
    },
  };
}

/** Here, for what a memory calls goes with it only out of its own file. */
function nameIn({ processes }: Names, id: number): string {
  return processes.find((process) => process.id === id)?.name ?? 'a process';
}
