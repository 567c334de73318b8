// The code of an order that never ends: as far as its loop, and once round. What follows is the last round
// of it again and again.
import { letterOf } from '../paths';
import { preferring } from '../search/choosers';
import { readToken, tokenOf } from '../search/codes';
import { endingOf } from '../search/final-state';
import { endlessIn, onceRound } from '../search/loop';
import type { Search } from '../search/search';
import type { State, Step } from '../search/states';
import { walkOrder } from '../search/walk';

/** The moments of an order, from one to its end. */
export interface Way {
  readonly steps: readonly Step[];
  readonly last: State;
}

/**
 * From a state on, the last token again and again, else the last two, and so on, until a process has gone on
 * for ever; undefined where none does.
 */
export async function goRound(
  search: Search,
  from: State,
  tokens: readonly string[],
  most = tokens.length,
): Promise<Way | undefined> {
  const { looksFar } = search;
  try {
    for (let length = 1; length <= most; length++) {
      // Where several take turns, no process goes far alone.
      search.looksFar = length === 1;
      const way = await repeat(search, from, tokens.slice(-length));
      if (endlessIn(way.last, search.rules) !== undefined) return way;
    }
    return undefined;
  } finally {
    search.looksFar = looksFar;
  }
}

/** The tokens one after the other, those of `round` again and again, as far as any of them is possible. */
async function repeat(search: Search, from: State, round: readonly string[], before: readonly string[] = []) {
  const taken: Step[] = [];
  let state = from;
  for (let at = 0; ; ) {
    const steps = await search.steps(state);
    const silent = steps.length === 1 && steps[0]?.isSilent ? steps[0] : undefined;
    let step = silent;
    // A process that has ended or waits is left out of a round.
    for (let tried = 0; step === undefined && tried < (at < before.length ? 1 : round.length); tried++) {
      const token = before[at] ?? (round[(at - before.length) % round.length] as string);
      step = steps.find((each) => isNamed(each, token));
      at++;
    }
    if (step === undefined) return { steps: taken, last: state };
    taken.push(step);
    state = search.next(state, step) ?? (await search.learn(state, step));
  }
}

export function isNamed({ path, choice }: Step, token: string): boolean {
  const read = readToken(token);
  return letterOf(path) === read?.letter && choice === read.choice;
}

/**
 * The short code of an order that never ends, if it comes to the same, else its own. `isCut`: it was left
 * after a few rounds; then undefined where the one that goes round does not go on so for ever.
 */
export async function shortCodeOf(
  search: Search,
  tokens: readonly string[],
  isCut: boolean,
): Promise<readonly string[] | undefined> {
  search.cutLoops(isCut);
  const { steps, last } = await search.seeing(() => repeat(search, search.first(), [], tokens));
  const endless = endlessIn(last, search.rules);
  const { sentence } = endingOf(last, search);
  search.cutLoops(false);
  if (endless === undefined) return tokens;
  const most = isCut ? 1 : undefined;
  for (const shorter of shorterOnes(steps, endless)) {
    const end = await search.seeing(async () => {
      const begun = await repeat(search, search.first(), [], shorter);
      const way = await goRound(search, begun.last, shorter, most);
      return way?.last ?? begun.last;
    });
    if (endlessIn(end, search.rules) !== undefined && endingOf(end, search).sentence === sentence)
      return shorter;
  }
  if (!isCut) return tokens;
  // Others were in its way: it goes on for ever in another order.
  const options = { anyOrder: false, isBroken: () => false };
  const walked = await search.seeing(() => walkOrder(search, preferring(endless), options));
  if (endingOf(walked.last, search).sentence !== sentence) return undefined;
  return await shortCodeOf(search, walked.tokens, false);
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
