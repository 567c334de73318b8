// Counts all orders of a program without walking them one by one: depth first over its states, each met once;
// what lies behind a state is counted there.
import { endingKey, wholeKey } from './endings';
import { endingOf } from './final-state';
import { hasLoops, isFullOfLoops } from './going-round';
import type { Search } from './search';
import type { State, Step } from './states';
import { addOrder, addStep, broken, oneOrder, smallestOf, type Tally } from './tally';

interface CountOptions {
  readonly anyOrder: boolean;
  readonly mostStates: number;
  readonly mostOutcomes: number;
  /**
   * How often, at most, a process that could go on has to let another one go, or the work of a pool is not
   * given out in turn.
   */
  readonly mostForced: number;
  /**
   * How many ends are met, at most, of orders with several loops without end: each is thousands of steps
   * away.
   */
  readonly mostLoops: number;
  isBroken(state: State): boolean;
}

/** What was counted, and how many states that took; or why it was given up. */
export type Counted =
  | { readonly tally: Tally; readonly states: number }
  | { readonly tooMany: 'states' | 'outcomes' | 'rounds'; readonly states: number };

interface Frame {
  readonly state: State;
  readonly steps: readonly Step[];
  /**
   * Which process went last, and how often one had to let another go; told apart only where that is limited.
   */
  readonly last: string;
  readonly forced: number;
  readonly tally: Tally;
  next: number;
}

/** The factor by which fewer states are met where several processes go on for ever. */
const FEWER_IN_LOOPS = 5;

export async function countOrders(search: Search, options: CountOptions): Promise<Counted> {
  const { anyOrder, mostForced } = options;
  const isBounded = mostForced !== Number.POSITIVE_INFINITY;
  const keyOf = ({ key }: State, last: string, forced: number) =>
    isBounded ? `${key}|${last}|${forced}` : key;
  const known = new Map<string, Tally>();
  const frames = [await newFrame(search, search.first(), '', 0)];
  let loops = 0;
  for (;;) {
    const frame = frames.at(-1) as Frame;
    const step = frame.steps[frame.next++];
    if (step === undefined) {
      const tally = options.isBroken(frame.state) ? broken(frame.tally) : frame.tally;
      known.set(keyOf(frame.state, frame.last, frame.forced), tally);
      frames.pop();
      const parent = frames.at(-1);
      if (parent === undefined) return { tally: wholeTally(tally, anyOrder), states: known.size };
      addStep(parent.tally, parent.steps[parent.next - 1] as Step, tally, anyOrder);
      if (parent.tally.size > options.mostOutcomes) return { tooMany: 'outcomes', states: known.size };
      continue;
    }
    const isOdd = isBounded && (isForced(frame, step) || isOutOfTurn(frame, step));
    const forced = isOdd ? frame.forced + 1 : frame.forced;
    if (forced > mostForced) continue;
    const state = search.next(frame.state, step) ?? (await search.learn(frame.state, step));
    const last = isBounded && !step.isSilent ? step.path : frame.last;
    const behind = known.get(keyOf(state, last, forced));
    if (behind !== undefined) addStep(frame.tally, step, behind, anyOrder);
    else if (known.size + frames.length > options.mostStates)
      return { tooMany: 'states', states: known.size };
    else if (hasLoops(search.rules) && known.size + frames.length > options.mostStates / FEWER_IN_LOOPS)
      return { tooMany: 'rounds', states: known.size };
    else {
      const next = await newFrame(search, state, last, forced);
      if (next.steps.length === 0 && isFullOfLoops(state, search.rules)) loops++;
      if (loops > options.mostLoops) return { tooMany: 'rounds', states: known.size };
      frames.push(next);
    }
  }
}

/** Whether the process that went last could have gone on, and another goes instead. */
function isForced({ last, steps }: Frame, { isSilent, path }: Step): boolean {
  return !isSilent && last !== '' && last !== path && steps.some((step) => step.path === last);
}

/** In turn, the first of the workers who wait gets the piece of work that was given first. */
function isOutOfTurn({ last, steps }: Frame, { asked, choice, path, object }: Step): boolean {
  if (asked?.operation.kind !== 'take') return false;
  if (path === last) return choice > 0;
  const first = steps.find((step) => step.asked?.operation.kind === 'take' && step.object === object);
  return choice > 0 || first?.path !== path;
}

async function newFrame(search: Search, state: State, last: string, forced: number): Promise<Frame> {
  const steps = await search.steps(state);
  const tally =
    steps.length === 0 && !state.isLeftOut ? oneOrder(endingKey(endingOf(state, search))) : new Map();
  return { state, steps, last, forced, tally, next: 0 };
}

function wholeTally(tally: Tally, anyOrder: boolean): Tally {
  if (!anyOrder) return tally;
  const whole: Tally = new Map();
  for (const [key, entry] of tally) addOrder(whole, wholeKey(key, anyOrder), entry.orders, smallestOf(entry));
  return whole;
}
