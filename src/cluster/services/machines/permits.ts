// The permits of a semaphore in a room: who has how many, and who waits, first come first served. Pure.

/** A wait or an acquisition, by the process and its number there. */
export interface Wait {
  readonly process: string;
  readonly id: number;
}

export interface Permits {
  readonly value: number;
  /** Those who wait. */
  readonly line: readonly Wait[];
  /** Those who waited and were given a permit, until they have seen it. */
  readonly given: readonly Wait[];
  /** How many each process has. */
  readonly held: { readonly [process: string]: number };
  /** How many were taken back from each process that had been away for longer than a lease. */
  readonly lost: { readonly [process: string]: number };
  /** Whether somebody gave a permit who held none: a signal, and then who holds what is known no more. */
  readonly isAnonymous: boolean;
}

export const noPermits = (value: number): Permits => ({
  value,
  line: [],
  given: [],
  held: {},
  lost: {},
  isAnonymous: false,
});

/** `queues`: it waits if there is none now. Undefined: there is none, and it does not wait. */
export function take(
  permits: Permits,
  wait: Wait,
  queues: boolean,
): { permits: Permits; has: boolean } | undefined {
  if (isIn(permits.given, wait))
    return { permits: { ...permits, given: without(permits.given, wait) }, has: true };
  if (isIn(permits.line, wait)) return queues ? { permits, has: false } : undefined;
  // Not before those who came before.
  if (permits.value > 0 && permits.line.length === 0) {
    return {
      permits: { ...permits, value: permits.value - 1, held: add(permits.held, wait.process, 1) },
      has: true,
    };
  }
  return queues ? { permits: { ...permits, line: [...permits.line, wait] }, has: false } : undefined;
}

/** No longer waits. If it had a permit by then, it goes to the next. */
export function leave(permits: Permits, wait: Wait): Permits {
  if (isIn(permits.line, wait)) return { ...permits, line: without(permits.line, wait) };
  if (!isIn(permits.given, wait)) return permits;
  const rest = { ...permits, given: without(permits.given, wait), held: add(permits.held, wait.process, -1) };
  return handOut({ ...rest, value: rest.value + 1 });
}

export type Given = { permits: Permits; outcome: 'given' | 'too often' | 'lost' };

/** `process` gives `count` back, or more than it had. `isHeld`: it means one that it acquired itself. */
export function give(
  permits: Permits,
  process: string,
  count: number,
  limit: number,
  isHeld: boolean,
): Given {
  const held = permits.held[process] ?? 0;
  const lost = permits.lost[process] ?? 0;
  if (isHeld && held === 0 && lost > 0) {
    return { permits: { ...permits, lost: add(permits.lost, process, -1) }, outcome: 'lost' };
  }
  if (permits.value + count > limit) return { permits, outcome: 'too often' };
  return {
    permits: handOut({
      ...permits,
      value: permits.value + count,
      held: add(permits.held, process, -Math.min(held, count)),
      isAnonymous: permits.isAnonymous || count > held,
    }),
    outcome: 'given',
  };
}

/** A process is gone: what it had goes to others, and it waits no more. */
export function bury(permits: Permits, process: string): Permits {
  const held = permits.isAnonymous ? 0 : (permits.held[process] ?? 0);
  return handOut({
    ...permits,
    value: permits.value + held,
    line: permits.line.filter((wait) => wait.process !== process),
    given: permits.given.filter((wait) => wait.process !== process),
    held: add(permits.held, process, -(permits.held[process] ?? 0)),
    lost: add(permits.lost, process, held),
  });
}

/** Whom a process that waits looks after: the one before it, and the first one all who hold. */
export function looksAfter({ line, held }: Permits, wait: Wait): string[] {
  const at = line.findIndex((each) => isSame(each, wait));
  const before = at > 0 ? [line[at - 1]?.process ?? ''] : Object.keys(held);
  return before.filter((process) => process !== wait.process);
}

function handOut(permits: Permits): Permits {
  const count = Math.min(permits.value, permits.line.length);
  if (count === 0) return permits;
  const lucky = permits.line.slice(0, count);
  let { held } = permits;
  for (const { process } of lucky) held = add(held, process, 1);
  return {
    ...permits,
    held,
    value: permits.value - count,
    line: permits.line.slice(count),
    given: [...permits.given, ...lucky],
  };
}

type Counts = { readonly [process: string]: number };

function add(counts: Counts, process: string, more: number): Counts {
  const { [process]: before = 0, ...others } = counts;
  return before + more > 0 ? { ...others, [process]: before + more } : others;
}

function isIn(waits: readonly Wait[], wait: Wait): boolean {
  return waits.some((each) => isSame(each, wait));
}

function without(waits: readonly Wait[], wait: Wait): readonly Wait[] {
  return waits.filter((each) => !isSame(each, wait));
}

function isSame(one: Wait, other: Wait): boolean {
  return one.process === other.process && one.id === other.id;
}
