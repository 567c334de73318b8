// What is walked of a program's orders: all of them; where there are too many, all with few forced switches;
// else some by chance. The limits are counts, never times, so that the same program gets the same answer on
// every machine.
import { numbered } from '../exploration-text';
import { hash } from '../hash';
import type { Rung } from '../outcome';
import { byPriority, uniform } from '../search/choosers';
import { sized } from '../search/codes';
import { countOrders } from '../search/count';
import { CUT_AFTER_ROUNDS } from '../search/loops';
import type { Search } from '../search/search';
import { addOrder, type Tally } from '../search/tally';
import { walkOrder } from '../search/walk';
import type { Prepared } from './prepared';

interface Climbed {
  /** What the last rung found. */
  readonly tally: Tally;
  readonly rungs: readonly Rung[];
}

/** How many different outcomes are told apart. */
const MOST_OUTCOMES = 5_000;

/**
 * What the code does is remembered for so many results of its operations; then no more orders are walked by
 * chance.
 */
const MOST_NODES = 100_000;
/** How many ends are walked to at which several processes go on for ever. */
const MOST_LOOPS = 3;
const LOOPS = 'several processes go on for ever';

/** How many are walked all the same. */
const FEWEST_ORDERS = 10;

const FORCED = [Number.POSITIVE_INFINITY, 2, 1] as const;

/** Undefined where all were too many, and none were to be chosen by chance. */
export async function climb(
  prepared: Prepared,
  search: Search,
  byChance = true,
): Promise<Climbed | undefined> {
  const rungs: Rung[] = [];
  const bounds: number[] = [...FORCED];
  for (let forced = bounds.shift(); forced !== undefined; forced = bounds.shift()) {
    const { tally, rung, isInLoops } = await count(prepared, search, forced);
    rungs.push(rung);
    if (tally !== undefined) return { tally, rungs };
    search.forgetStates();
    if (!isInLoops) continue;
    if (!byChance) return undefined;
    search.cutLoops(true);
    bounds.unshift(forced);
  }
  if (!byChance) return undefined;
  const { seed } = prepared.settings;
  const { tally, walked } = await search.seeing(() => walkByChance(prepared, search));
  const name = `${numbered(BigInt(walked), 'seeded order')}, seed ${seed}`;
  rungs.push({ name, isWalked: true, orders: BigInt(walked), states: 0 });
  return { tally, rungs };
}

async function count(
  prepared: Prepared,
  search: Search,
  mostForced: number,
): Promise<{ tally?: Tally; rung: Rung; isInLoops?: boolean }> {
  const { anyOrder, states: mostStates } = prepared.settings;
  const isBroken = prepared.brokenIn(search);
  const limits = { mostStates, mostOutcomes: MOST_OUTCOMES, mostForced, mostLoops: MOST_LOOPS };
  const options = { anyOrder, isBroken, ...limits };
  const counted = await search.seeing(() => countOrders(search, options));
  const { states } = counted;
  const name = nameOf(mostForced, search.rules.sight.cuts);
  if ('tooMany' in counted) {
    const isInLoops = counted.tooMany === 'rounds';
    const most = counted.tooMany === 'states' ? mostStates : MOST_OUTCOMES;
    const why = isInLoops ? LOOPS : `there are more than ${most.toLocaleString('en')} ${counted.tooMany}`;
    return { rung: { name, isWalked: false, orders: 0n, states, why }, isInLoops };
  }
  let orders = 0n;
  for (const entry of counted.tally.values()) orders += entry.orders;
  return { tally: counted.tally, rung: { name, isWalked: true, orders, states } };
}

function nameOf(mostForced: number, isCut: boolean): string {
  const limits: string[] = [];
  if (isCut) limits.push(`${CUT_AFTER_ROUNDS} rounds of a loop without end`);
  if (mostForced !== Number.POSITIVE_INFINITY)
    limits.push(`${mostForced} forced switch${mostForced === 1 ? '' : 'es'}`);
  return limits.length === 0 ? 'every order' : `every order with at most ${limits.join(' and ')}`;
}

/** One half any order as likely as any other step by step, the other half with few switches. */
async function walkByChance(prepared: Prepared, search: Search): Promise<{ tally: Tally; walked: number }> {
  const { seed, orders, anyOrder } = prepared.settings;
  const tally: Tally = new Map();
  const isBroken = prepared.brokenIn(search);
  search.looksFar = false;
  for (let round = 0; round < orders; round++) {
    if (round >= FEWEST_ORDERS && prepared.behaviours.nodes > MOST_NODES) return { tally, walked: round };
    const number = hash(`${seed} ${round}`);
    const choose = round % 2 === 0 ? uniform(number) : byPriority(number);
    const { key, tokens, last } = await walkOrder(search, choose, { anyOrder, isBroken });
    if (!last.isLeftOut) addOrder(tally, key, 1n, sized(tokens));
    search.forgetStates();
  }
  return { tally, walked: orders };
}
