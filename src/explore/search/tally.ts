// How many orders lead from a state to what, and the smallest of them. Pure.
import { before, isSmaller, NOTHING, type Sized } from './codes';
import { BROKEN_KEY, printedKey } from './endings';
import type { Step } from './states';

export interface Entry {
  orders: bigint;
  /**
   * The smallest, by the process that goes first: who comes in front may be the same one, which is no change.
   */
  readonly smallest: Map<string, Sized>;
}

/** The entries, by the key of an ending. */
export type Tally = Map<string, Entry>;

export function oneOrder(key: string): Tally {
  return new Map([[key, { orders: 1n, smallest: new Map([['', NOTHING]]) }]]);
}

/** Adds what lies behind a step to what lies behind the state before it. */
export function addStep(tally: Tally, step: Step, behind: Tally, anyOrder: boolean): void {
  for (const [suffix, { orders, smallest }] of behind) {
    const key = step.printed === undefined ? suffix : printedKey(step.printed, suffix, anyOrder);
    const mine = entryOf(tally, key);
    mine.orders += orders;
    for (const code of smallest.values()) keep(mine, step.isSilent ? code : before(step, code));
  }
}

/**
 * Returns the tally of a state in which the invariant is broken: it is broken in all orders that come through
 * it, and they are told as far as here.
 */
export function broken(tally: Tally): Tally {
  let orders = 0n;
  for (const entry of tally.values()) orders += entry.orders;
  return orders === 0n ? new Map() : new Map([[BROKEN_KEY, { orders, smallest: new Map([['', NOTHING]]) }]]);
}

export function smallestOf({ smallest }: Entry): Sized {
  return [...smallest.values()].reduce((least, each) => (isSmaller(each, least) ? each : least));
}

export function addOrder(tally: Tally, key: string, orders: bigint, code: Sized): void {
  const mine = entryOf(tally, key);
  mine.orders += orders;
  keep(mine, code);
}

function entryOf(tally: Tally, key: string): Entry {
  let entry = tally.get(key);
  if (entry === undefined) {
    entry = { orders: 0n, smallest: new Map() };
    tally.set(key, entry);
  }
  return entry;
}

function keep({ smallest }: Entry, code: Sized): void {
  const known = smallest.get(code.first);
  if (known === undefined || isSmaller(code, known)) smallest.set(code.first, code);
}
