// Requirements about a shared number: by how much its children change it, out of what they have read, and
// what it must never be.

import type { Memory, Names, Plain, Requirement } from './requirement';

/** What is known of one shared number, by process. */
interface Changes {
  readonly [process: string]: Plain;
}

/** What a process has last read, and by how much it has changed the number until now. */
interface Change {
  readonly [key: string]: Plain;
  readonly seen: number | null;
  readonly by: number | null;
}

interface Known {
  readonly [object: string]: Plain;
  readonly fault?: string;
}

/**
 * Each of these changes of one shared number is the work of a child of its own: what it writes follows from
 * what it has read. So a number that stands ready in the program is no answer.
 */
export function changesBy(...amounts: readonly number[]): Requirement {
  const wanted = amounts.toSorted(byNumber);
  return {
    words: `the children change the shared number by ${amounts.map(signed).join(' and ')}`,
    memory: {
      first: {},
      next(memory, { kind, process, object, text = '' }, names) {
        const before = memory as Known;
        const isOurs = (kind === 'read' || kind === 'write') && object !== undefined && process !== 0;
        if (before.fault !== undefined || !isOurs) return memory;
        const changes = (before[object] ?? {}) as Changes;
        const change = (changes[process] ?? { seen: null, by: 0 }) as Change;
        const { element, said } = cellIn(text);
        const after = kind === 'read' ? { ...change, seen: Number(said) } : written(change, said);
        if (after !== undefined) return { ...before, [object]: { ...changes, [process]: after } };
        const thing = names.objects.find(({ id }) => id === object)?.name ?? 'the shared number';
        return {
          fault: `${nameIn(names, process)} writes ${thing}${element} = ${said} without having read it: the new number must follow from the old one`,
        };
      },
    },
    judge({ memory }) {
      const { fault, ...numbers } = memory as Known;
      if (fault !== undefined) return fault;
      const changed = Object.values(numbers) as Changes[];
      if (changed.some(isUntold)) return undefined;
      const found = changed.map(amountsOf);
      if (found.some((each) => each.join() === wanted.join())) return undefined;
      const did = found.find((each) => each.length > 0);
      const what =
        did === undefined
          ? 'do not change the shared number'
          : `change the shared number by ${did.map(signed).join(' and ')}`;
      return `the children ${what}; it must be ${amounts.map(signed).join(' and ')}`;
    },
  };
}

/**
 * Returns undefined for a number that comes from nowhere. `text`: '7', or what Atomics did, such as 'add 7'.
 */
function written(change: Change, text: string): Change | undefined {
  const [, word, amount] = /^([a-z]\w*) (.*)$/i.exec(text) ?? [];
  if (change.by === null) return change;
  if (word === 'add' || word === 'sub') {
    return { ...change, by: change.by + Number(amount) * (word === 'add' ? 1 : -1) };
  }
  // It is not told by how much the value changed.
  if (word !== undefined) return { ...change, by: null };
  const number = Number(text);
  return change.seen === null ? undefined : { seen: number, by: change.by + number - change.seen };
}

/** '7', and of an element of an array '[2] = 7'. */
function cellIn(text: string): { element: string; said: string } {
  const [, element = '', said = text] = /^(\[\d+\]) = (.*)$/s.exec(text) ?? [];
  return { element, said };
}

function isUntold(changes: Changes): boolean {
  return Object.values(changes).some((change) => (change as Change).by === null);
}

/** A process that changes nothing in the end has changed nothing. */
function amountsOf(changes: Changes): number[] {
  return Object.values(changes)
    .map((change) => Number((change as Change).by))
    .filter((by) => by !== 0)
    .sort(byNumber);
}

function byNumber(one: number, other: number): number {
  return one - other;
}

function signed(amount: number): string {
  return amount < 0 ? `−${-amount}` : `+${amount}`;
}

/** Requires that no process writes a number that is below this one, not even for a moment. */
export function neverBelow(least: number): Requirement {
  const memory: Memory = {
    first: '',
    next: (fault, { kind, process, object, text = '' }, names) => {
      const { element, said } = cellIn(text);
      if (fault !== '' || kind !== 'write' || !(Number(said) < least)) return fault;
      const thing = names.objects.find(({ id }) => id === object)?.name ?? 'the shared number';
      return `${nameIn(names, process)} writes ${thing}${element} = ${said}, and it must never be below ${least}`;
    },
  };
  return {
    words: `the shared number is never below ${least}`,
    memory,
    judge: ({ memory: fault }) => (fault === '' ? undefined : String(fault)),
  };
}

const whoUsesIt: Memory = {
  first: [],
  next(memory, { kind, process }) {
    const users = memory as readonly number[];
    const isNew = (kind === 'read' || kind === 'write') && process !== 0 && !users.includes(process);
    return isNew ? [...users, process].sort() : memory;
  },
};

/** Requires that two processes work at the number: none is to give it without the work. */
export const usedByTwo: Requirement = {
  words: 'two children use the shared number',
  memory: whoUsesIt,
  judge: ({ memory }) => {
    const count = (memory as readonly number[]).length;
    if (count >= 2) return undefined;
    return `${count === 0 ? 'no child uses' : 'only one child uses'} the shared number; it takes two`;
  },
};

/** Here, for what a memory calls goes with it only out of its own file. */
function nameIn({ processes }: Names, id: number): string {
  return processes.find((process) => process.id === id)?.name ?? 'a process';
}
