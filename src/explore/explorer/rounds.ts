// The code of an order that never ends: as far as its loop, and once round. What follows is the last round
// of it again and again.
import { letterOf } from '../paths';
import { readToken, tokenOf } from '../search/codes';
import { endingKey } from '../search/endings';
import { endingOf } from '../search/final-state';
import { endlessIn, onceRound } from '../search/loop';
import type { Search } from '../search/search';
import type { State, Step } from '../search/states';

/** The moments of an order, from one to its end. */
export interface Way {
  readonly steps: readonly Step[];
  readonly last: State;
}

/**
 * From a state on, the last so many tokens again and again, until somebody has gone on for ever; undefined
 * where nobody does.
 */
export async function goRound(
  search: Search,
  from: State,
  tokens: readonly string[],
): Promise<Way | undefined> {
  for (let length = 1; length <= tokens.length; length++) {
    const way = await repeat(search, from, tokens.slice(-length));
    if (endlessIn(way.last, search.rules) !== undefined) return way;
  }
  return undefined;
}

/** The tokens one after the other, those of `round` again and again, as far as they are possible. */
async function repeat(search: Search, from: State, round: readonly string[], before: readonly string[] = []) {
  const taken: Step[] = [];
  let state = from;
  for (let at = 0; ; ) {
    const steps = await search.steps(state);
    const silent = steps.length === 1 && steps[0]?.isSilent ? steps[0] : undefined;
    const token = before[at] ?? round[(at - before.length) % round.length];
    const step = silent ?? steps.find((each) => token !== undefined && isNamed(each, token));
    if (step === undefined) return { steps: taken, last: state };
    if (silent === undefined) at++;
    taken.push(step);
    state = search.next(state, step) ?? (await search.learn(state, step));
  }
}

export function isNamed({ path, choice }: Step, token: string): boolean {
  const read = readToken(token);
  return letterOf(path) === read?.letter && choice === read.choice;
}

/** The short code of an order that never ends, if it comes to the same; else its own. */
export async function shortened(search: Search, tokens: readonly string[]): Promise<readonly string[]> {
  return await search.seeing(async () => {
    const { steps, last } = await repeat(search, search.first(), [], tokens);
    const endless = endlessIn(last, search.rules);
    if (endless === undefined) return tokens;
    const key = endingKey(endingOf(last, search));
    for (const shorter of shorterOnes(steps, endless)) {
      const begun = await repeat(search, search.first(), [], shorter);
      const way = await goRound(search, begun.last, shorter);
      const end = way?.last ?? begun.last;
      if (endingKey(endingOf(end, search)) === key) return shorter;
    }
    return tokens;
  });
}

/** Until the one who goes on for ever has gone round once; with all that others do; or once round for all. */
function shorterOnes(steps: readonly Step[], endless: string): string[][] {
  const one = onceRound(steps, endless);
  const all = onceRound(steps);
  const found: Step[][] = [];
  if (one !== undefined) {
    found.push(steps.slice(0, one));
    found.push(steps.filter(({ path }, at) => at < one || path !== endless));
  }
  if (all !== undefined) found.push(steps.slice(0, all));
  return found.map((some) => some.filter(({ isSilent }) => !isSilent).map(tokenOf));
}
