// Requirements about locks: who has how many of them while printing, and who keeps one.

import type { Memory, Names, Plain, Requirement } from './requirement';

/** Which locks each process has, and the first fault. */
interface Hands {
  readonly [process: string]: Plain;
  readonly fault?: string;
}

/** Whoever prints what matches holds so many locks at that moment. */
export function printsHolding(pattern: RegExp, count: number, words: string): Requirement {
  return {
    words,
    memory: hands(({ kind, text = '' }, held) =>
      kind === 'print' && text.search(pattern) >= 0 && held.length < count
        ? `prints "${text.trim()}" with ${held.length === 0 ? 'no lock' : `${held.length} of ${count} locks`} in hand`
        : undefined,
    ),
    judge: ({ memory }) => (memory as Hands).fault,
  };
}

/** Nobody ends with a lock in hand. */
export function allReleased(): Requirement {
  return {
    words: 'every lock is given back',
    memory: hands(({ kind }, held) =>
      kind === 'exit' && held.length > 0 ? 'ends with a lock that it has never released' : undefined,
    ),
    judge: ({ memory }) => (memory as Hands).fault,
  };
}

type Fault = (event: Parameters<Memory['next']>[1], held: readonly number[]) => string | undefined;

function hands(faultOf: Fault): Memory {
  return {
    first: {},
    next(memory, event, { processes }: Names) {
      const before = memory as Hands;
      if (before.fault !== undefined) return memory;
      const { kind, process, object } = event;
      const held = (before[process] ?? []) as readonly number[];
      const fault = faultOf(event, held);
      if (fault !== undefined)
        return { fault: `${processes.find(({ id }) => id === process)?.name} ${fault}` };
      if (object === undefined || (kind !== 'acquire' && kind !== 'release')) return memory;
      if (kind === 'acquire') return { ...before, [process]: [...held, object].sort() };
      return { ...before, [process]: held.filter((each) => each !== object) };
    },
  };
}
