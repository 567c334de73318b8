// Explores a program, in the process that is there for it.
import { ExplorationError } from '../../errors';
import { hash } from '../hash';
import type { LateWrites, OutcomeCount } from '../outcome';
import { uniform } from '../search/choosers';
import { isSmaller, readCode, sized, tokensOf, writeCode } from '../search/codes';
import { readKey } from '../search/endings';
import type { Search } from '../search/search';
import { canBeLate } from '../search/stores';
import { smallestOf, type Tally } from '../search/tally';
import { timedWalk } from '../search/timed';
import { walkOrder } from '../search/walk';
import { replay } from './follow';
import { faultOf, outcomeOf } from './judge';
import { climb } from './ladder';
import type { Findings } from './messages';
import type { Prepared } from './prepared';

/** So many orders are run once more, with all their code. */
const CONFIRMED = 5;

const NO_END =
  'No order comes to an end: a process catches a DeadlockError and comes into the same wait again and again. ' +
  'Let it give up when it is told.';

export async function exploreHere(prepared: Prepared): Promise<Omit<Findings, 'isSpoilt'>> {
  const began = performance.now();
  const { executions } = prepared.statistics;
  const search = prepared.current;
  const climbed = await climb(prepared, search);
  if (climbed === undefined) throw new TypeError('The last rung is always walked.');
  const { tally, rungs } = climbed;
  const last = rungs.at(-1) as (typeof rungs)[number];
  const isComplete = rungs.length === 1;
  if (last.orders === 0n) throw new ExplorationError(NO_END);
  const { hasDeferred, mostAtOnce } = search;
  await confirm(prepared, search);
  const timed = await timedWalk(prepared.search());
  const lateWrites = await late(prepared, tally, isComplete);
  const states = rungs.reduce((sum, rung) => sum + rung.states, 0);
  const outcomes = await counts(prepared, tally, false);
  return {
    orders: last.orders,
    isComplete,
    outcomes,
    failing: smallestWrong(outcomes) ?? smallestWrong(lateWrites.outcomes),
    rungs,
    lateWrites,
    hasDeferred,
    mostAtOnce,
    idealMs: timed.ms,
    timed: timed.trace,
    escapes: [...prepared.escapes].sort(),
    cost: { states, executions: prepared.statistics.executions - executions, ms: performance.now() - began },
  };
}

/**
 * All code once more from the beginning: where it does something else, it is not the order alone that it goes
 * by.
 */
async function confirm(prepared: Prepared, search: Search): Promise<void> {
  const { seed } = prepared.settings;
  for (let round = 0; round < CONFIRMED; round++) {
    const options = { anyOrder: false, isBroken: () => false };
    const { last } = await search.seeing(() =>
      walkOrder(search, uniform(hash(`confirm ${seed} ${round}`)), options),
    );
    await search.confirm(last);
  }
}

async function late(prepared: Prepared, tally: Tally, isComplete: boolean): Promise<LateWrites<string>> {
  if (!prepared.settings.lateWrites) return nothingLate('off');
  if (!canBeLate(prepared.behaviours)) return nothingLate('unneeded');
  // What was left out would look as if late writes brought it.
  if (!isComplete) return nothingLate('too many');
  const climbed = await climb(prepared, prepared.late, false);
  // Whoever replays one of them walks that one alone.
  prepared.late.forgetStates();
  if (climbed === undefined) return nothingLate('too many');
  const added = new Map([...climbed.tally].filter(([key]) => !tally.has(key)));
  return { state: 'walked', outcomes: await counts(prepared, added, true) };
}

function nothingLate(state: LateWrites['state']): LateWrites<string> {
  return { state, outcomes: [] };
}

async function counts(prepared: Prepared, tally: Tally, isLate: boolean): Promise<OutcomeCount<string>[]> {
  const all: OutcomeCount<string>[] = [];
  for (const count of toCounts(prepared, tally, isLate)) {
    // Which step broke the invariant, and what was printed until then, is seen on the way only.
    const { why, outcome } = count.outcome.isBroken ? await replay(prepared, count.code) : count;
    all.push({ ...count, why, outcome });
  }
  return all;
}

/** The most frequent first. */
function toCounts(prepared: Prepared, tally: Tally, isLate: boolean): OutcomeCount<string>[] {
  return [...tally]
    .map(([key, entry]) => {
      const read = readKey(key);
      const outcome = outcomeOf(read);
      const why = faultOf(read, outcome, prepared.expect);
      const code = writeCode({ isLate, tokens: tokensOf(smallestOf(entry).code) });
      return { outcome, orders: entry.orders, isRight: why === undefined, why, code };
    })
    .sort((a, b) => (a.orders === b.orders ? bySize(a, b) : a.orders > b.orders ? -1 : 1));
}

function smallestWrong(outcomes: readonly OutcomeCount<string>[]): OutcomeCount<string> | undefined {
  return outcomes.filter(({ isRight }) => !isRight).sort(bySize)[0];
}

/** The shortest code first, and of these the one that changes least from one process to another. */
function bySize(one: OutcomeCount, other: OutcomeCount): number {
  const a = sized(readCode(one.code).tokens);
  const b = sized(readCode(other.code).tokens);
  if (a.length !== b.length) return a.length - b.length;
  return isSmaller(a, b) ? -1 : 1;
}
