// Where an order that never ends begins to do the same again and again. Pure.
import { isEndless, type Rules } from './rules';
import type { State, Step } from './states';

/** How many steps make up one round, at most. */
const LONGEST_ROUND = 400;
/** A round counts when it comes so often at the end. */
const ROUNDS = 3;

/**
 * Returns how many of the steps are what comes before the loop and once round it; `of`: the loop of that
 * process, or of all of them together. Undefined where no round is found.
 */
export function onceRound(steps: readonly Step[], of?: string): number | undefined {
  const places = [...steps.keys()].filter((at) => of === undefined || steps[at]?.path === of);
  const signs = places.map((at) => signOf(steps[at] as Step));
  for (let period = 1; period <= LONGEST_ROUND && period * ROUNDS <= signs.length; period++) {
    let begin = signs.length - period;
    while (begin > 0 && signs[begin - 1] === signs[begin - 1 + period]) begin--;
    // Whatever comes by chance twice at the end is no round: it has to fill the half of the order.
    const isRound = signs.length - begin >= Math.max(period * ROUNDS, signs.length / 2);
    if (isRound) return (places[begin + period - 1] as number) + 1;
  }
  return undefined;
}

/** Returns the first process that goes on for ever in a state. */
export function endlessIn({ procs }: State, rules: Rules): string | undefined {
  return procs.find((proc) => isEndless(proc, rules))?.path;
}

/** Values may go up from round to round: it is the same line again. */
function signOf({ path, asked, isFlush }: Step): string {
  const { kind, object, where } = asked?.operation ?? { kind: 'end', object: -1, where: '' };
  return `${path} ${isFlush ? 'flush' : kind} ${object} ${where}`;
}
