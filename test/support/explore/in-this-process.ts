// Explores in the process of a child of the test, several ways: by states, by walking each order, and by
// running all code anew for each.

import { exploreHere } from '../../../src/explore/explorer/explore-here';
import { faultOf, outcomeOf } from '../../../src/explore/explorer/judge';
import type { Subject } from '../../../src/explore/explorer/messages';
import { Prepared } from '../../../src/explore/explorer/prepared';
import { sized, tokensOf } from '../../../src/explore/search/codes';
import { readKey } from '../../../src/explore/search/endings';
import { addOrder, smallestOf, type Tally } from '../../../src/explore/search/tally';
import { walkEach } from '../../../src/explore/search/walk';

/** Everything that a student sees of it, as one text. */
export async function verdict(subject: Subject): Promise<string> {
  const { cost: _cost, ...found } = await exploreHere(new Prepared(subject));
  return JSON.stringify(found, big);
}

export async function outcomesByStates(subject: Subject): Promise<string | undefined> {
  const { outcomes, isComplete, orders } = await exploreHere(new Prepared(subject));
  if (!isComplete || orders > 3000n) return undefined;
  return JSON.stringify(
    outcomes.map(({ outcome, orders, isRight, code }) => ({ code, isRight, orders, outcome })).sort(byCode),
    big,
  );
}

export async function outcomesByWalking(subject: Subject, anew: boolean): Promise<string> {
  const prepared = new Prepared(subject);
  const { anyOrder } = prepared.settings;
  const tally = await prepared.current.seeing(async () => {
    const found: Tally = new Map();
    const options = { anyOrder, isBroken: prepared.brokenIn(prepared.current) };
    for await (const { key, tokens } of walkEach(prepared.current, options, anew))
      addOrder(found, key, 1n, sized(tokens));
    return found;
  });
  const outcomes = [...tally]
    .map(([key, entry]) => {
      const read = readKey(key);
      const outcome = outcomeOf(read);
      const isRight = faultOf(read, outcome, prepared.expect) === undefined;
      return { code: tokensOf(smallestOf(entry).code).join(' '), isRight, orders: entry.orders, outcome };
    })
    .sort(byCode);
  return JSON.stringify(outcomes, big);
}

function byCode(one: { code: string }, other: { code: string }): number {
  return one.code < other.code ? -1 : 1;
}

function big(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}
