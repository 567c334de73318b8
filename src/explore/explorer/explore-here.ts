// Explores a program, in the process that is there for it.

import { ExplorationError } from '../../errors';
import { performance } from '../../system/timers';
import { hash } from '../hash';
import type { LateWrites, OutcomeCount } from '../outcome';
import { uniform } from '../search/choosers';
import { isSmaller, readCode, sized, tokensOf, writeCode } from '../search/codes';
import { type ReadEnding, readKey } from '../search/endings';
import type { Search } from '../search/search';
import { canBeLate } from '../search/stores';
import { smallestOf, type Tally } from '../search/tally';
import { timedWalk } from '../search/timed';
import { walkOrder } from '../search/walk';
import { NoSuchOrder, replay } from './follow';
import { faultOf, outcomeOf } from './judge';
import { climb } from './ladder';
import { checkLeftBehind } from './left-behind';
import type { Findings } from './messages';
import type { Prepared } from './prepared';
import { shortCodeOf } from './rounds';

/** How many orders are run once more, with all their code. */
const CONFIRMED = 5;
/** How many loops without end get a short code: to follow one takes as long as thousands of steps. */
const MOST_LOOPS = 20;

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
  const isEveryOrder = rungs.length === 1;
  if (last.orders === 0n) throw new ExplorationError(NO_END);
  const { hasDeferred, hasLeftOut, mostAtOnce } = search;
  await confirm(prepared, search);
  await checkLeftBehind(prepared);
  const { loops, cuts: isCut } = search.rules.sight;
  const alone = prepared.search();
  // Of a program that never ends it is seen soon how long it takes.
  alone.cutLoops(loops);
  const timed = await timedWalk(alone);
  const lateWrites = await late(prepared, tally, isEveryOrder);
  const states = rungs.reduce((sum, rung) => sum + rung.states, 0);
  const outcomes = await counts(prepared, tally, { isLate: false, isCut });
  return {
    orders: last.orders,
    isComplete: isEveryOrder && !hasLeftOut,
    outcomes,
    failing: smallestWrong(outcomes) ?? smallestWrong(lateWrites.outcomes),
    rungs,
    lateWrites,
    hasDeferred,
    hasLeftOut,
    mostAtOnce,
    idealMs: timed.ms,
    timed: timed.trace,
    escapes: [...prepared.escapes].sort(),
    cost: { states, executions: prepared.statistics.executions - executions, ms: performance.now() - began },
  };
}

/**
 * Runs all code of a few orders once more from its beginning: where it does something else, it is not the
 * order alone that it goes by.
 */
async function confirm(prepared: Prepared, search: Search): Promise<void> {
  const { seed } = prepared.settings;
  for (let round = 0; round < CONFIRMED; round++) {
    const options = { anyOrder: false, isBroken: () => false };
    const { last } = await search.seeing(() =>
      walkOrder(search, uniform(hash(`confirm ${seed} ${round}`)), options),
    );
    for (const { node } of last.procs) await search.confirm(node);
  }
}

async function late(prepared: Prepared, tally: Tally, isComplete: boolean): Promise<LateWrites<string>> {
  if (!prepared.settings.lateWrites) return nothingLate('off');
  if (!canBeLate(prepared.behaviours)) return nothingLate('unneeded');
  // What was left out would look as if late writes brought it.
  if (!isComplete) return nothingLate('too many');
  const climbed = await climb(prepared, prepared.late, false);
  // A replay of one of them walks that one alone.
  prepared.late.forgetStates();
  if (climbed === undefined) return nothingLate('too many');
  const added = new Map([...climbed.tally].filter(([key]) => !tally.has(key)));
  return { state: 'walked', outcomes: await counts(prepared, added, { isLate: true, isCut: false }) };
}

function nothingLate(state: LateWrites['state']): LateWrites<string> {
  return { state, outcomes: [] };
}

/** The most frequent first. */
async function counts(
  prepared: Prepared,
  tally: Tally,
  { isLate, isCut }: { isLate: boolean; isCut: boolean },
): Promise<OutcomeCount<string>[]> {
  const all: OutcomeCount<string>[] = [];
  let looped = 0;
  for (const [key, entry] of tally) {
    const read = readKey(key);
    const isEndless = read.ending.kind === 'endless' && looped++ < MOST_LOOPS;
    const whole = tokensOf(smallestOf(entry).code);
    const search = isLate ? prepared.late : prepared.current;
    const short = isEndless ? await shortCodeOf(search, whole, isCut) : undefined;
    const code = writeCode({ isLate, tokens: short ?? whole });
    // Which step broke the invariant, and what was printed until then, is seen on the way only.
    const { why, outcome } =
      read.isBroken || short !== undefined ? await replayed(prepared, code, read) : judged(prepared, read);
    all.push({ outcome, orders: entry.orders, isRight: why === undefined, why, code });
  }
  return all.sort((a, b) => (a.orders === b.orders ? bySize(a, b) : a.orders > b.orders ? -1 : 1));
}

/** An order that was left after a few rounds may be no whole one. */
async function replayed(prepared: Prepared, code: string, read: ReadEnding) {
  try {
    return await replay(prepared, code);
  } catch (error) {
    if (error instanceof NoSuchOrder) return judged(prepared, read);
    throw error;
  }
}

function judged({ expect }: Prepared, read: ReadEnding): Pick<OutcomeCount<string>, 'outcome' | 'why'> {
  const outcome = outcomeOf(read);
  return { outcome, why: faultOf(read, outcome, expect) };
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
