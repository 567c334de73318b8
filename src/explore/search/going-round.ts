// A process that goes round a loop without end and leaves everything as it was: it is made to wait until
// another one changes what it looks at. Pure, but for what is kept.
import type { Node } from '../behaviour';
import type { Done } from '../machines';
import { GAVE_UP } from '../operations';
import { wayTo } from './loops';
import { attempt, isEndless, type Rules } from './rules';
import { type Proc, type State, withNumber } from './states';

/** How many operations make up one round, at most. */
const LONGEST_ROUND = 12;
/** After how many rounds that were alike the next one will be. */
const ROUNDS = 3;
/** What no process can do again and again without a change. */
const CHANGING: ReadonlySet<string> = new Set(['start', 'kill', 'exit']);

/**
 * Whether it is in a loop without end, has gone round it with the same results each time, would do so once
 * more if it went on alone, and everything would then be as it is.
 */
export function goesRound(state: State, proc: Proc, rules: Rules): boolean {
  if (!rules.sight.loops || proc.ended !== undefined || !rules.loops.has(proc.node)) return false;
  const round = roundOf(proc.node);
  if (round === undefined || !round.every((node) => rules.loops.has(node))) return false;
  let { values } = state;
  let givesUp = false;
  let changes = false;
  for (const { of, event } of round) {
    if (of === undefined || event?.outcome === 'queued') continue;
    const { kind, object, timeoutMs } = of.operation;
    if (CHANGING.has(kind) || (kind === 'write' && rules.lateWrites)) return false;
    const done = attempt({ ...state, values }, proc, of.operation, rules);
    if (Array.isArray(done) || (done === undefined && timeoutMs === undefined)) return false;
    const { result, value } = done === undefined ? { result: GAVE_UP, value: undefined } : (done as Done);
    if (JSON.stringify(result) !== JSON.stringify(event?.result)) return false;
    if (value !== undefined) values = withNumber(values, object, rules.values.idOf(object, value));
    givesUp ||= result === GAVE_UP;
    changes ||= !isSame(values, state);
    // Two who take something, and give up because of each other, may do so for ever: an order to find.
    if (givesUp && changes) return false;
  }
  return isSame(values, state);
}

function isSame(values: readonly number[], state: State): boolean {
  return values.every((value, object) => value === (state.values[object] ?? 0));
}

/**
 * Learns of a state in which a process may have gone on for ever beside others: whether that is new, so that
 * the search has to begin anew.
 */
export function learnsLoops({ procs }: State, { loops, mostOperations, sight }: Rules): boolean {
  const living = procs.filter(({ ended }) => ended === undefined);
  if (living.length === 1) return false;
  const endless = living.filter(({ node }) => node.depth > mostOperations);
  const learnt = endless.filter(({ node }) => loops.learn(node));
  return learnt.length > 0 || (endless.length > 0 && !sight.loops);
}

/** Whether several processes go on for ever, and are not left before. */
export function hasLoops({ loops, sight }: Rules): boolean {
  return !sight.cuts && loops.count > 1;
}

/** Whether a process has gone on for ever in a state, beside others that may. */
export function isFullOfLoops({ procs }: State, rules: Rules): boolean {
  if (!hasLoops(rules) || !procs.some((proc) => isEndless(proc, rules))) return false;
  return procs.filter(({ path, ended }) => ended === undefined && rules.loops.isKnownOf(path)).length > 1;
}

const rounds = new WeakMap<Node, readonly Node[] | null>();

/** The last round, in its order; undefined where it is not the same as those before. */
function roundOf(last: Node): readonly Node[] | undefined {
  let round = rounds.get(last);
  if (round === undefined) {
    round = findRound(last) ?? null;
    rounds.set(last, round);
  }
  return round ?? undefined;
}

function findRound(last: Node): readonly Node[] | undefined {
  const recent: Node[] = [];
  for (const node of wayTo(last)) if (recent.push(node) === LONGEST_ROUND * ROUNDS) break;
  const signs = recent.map(signOf);
  for (let length = 1; length * ROUNDS <= recent.length; length++) {
    const same = signs.slice(0, length * (ROUNDS - 1)).every((sign, at) => sign === signs[at + length]);
    if (same) return recent.slice(0, length).reverse();
  }
  return undefined;
}

/** What it prints or writes may differ from round to round. */
function signOf({ of, event }: Node): string {
  if (of === undefined) return '';
  const { kind, object, where } = of.operation;
  return `${kind} ${object} ${event?.outcome} ${JSON.stringify(event?.result)} ${where}`;
}
