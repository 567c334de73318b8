// Walks one order of a program, step by step, and notes what it comes to.
import type { Chooser } from './choosers';
import { tokenOf } from './codes';
import { BROKEN_KEY, orderKey } from './endings';
import { endingOf } from './final-state';
import type { Search } from './search';
import type { State, Step } from './states';

export interface WalkOptions {
  readonly anyOrder: boolean;
  isBroken(state: State): boolean;
  /** Is told of each step, and of the states before and behind it. */
  took?(step: Step, before: State, behind: State): void;
}

export interface Walked {
  /** The key of what it comes to, as endings.ts writes it. */
  readonly key: string;
  /** The tokens, as far as the order is told: where the invariant is broken, that is the last. */
  readonly tokens: readonly string[];
  readonly last: State;
}

export async function walkOrder(search: Search, choose: Chooser, options: WalkOptions): Promise<Walked> {
  const tokens: string[] = [];
  const printed: string[] = [];
  let state = search.first();
  let isBroken = options.isBroken(state);
  for (;;) {
    const steps = state.steps ?? (await search.steps(state));
    if (steps.length === 0) break;
    const step = steps.length === 1 && steps[0]?.isSilent ? steps[0] : choose(steps);
    const behind = search.next(state, step) ?? (await search.learn(state, step));
    options.took?.(step, state, behind);
    if (step.printed !== undefined) printed.push(step.printed);
    if (!step.isSilent && !isBroken) tokens.push(tokenOf(step));
    state = behind;
    isBroken ||= options.isBroken(state);
  }
  const key = orderKey(printed, endingOf(state, search), options.anyOrder);
  return { key: isBroken ? BROKEN_KEY : key, tokens, last: state };
}

/**
 * Every order, one after the other. Far slower than to count them behind states: for holding those counts
 * against. `anew`: all code is run from its beginning once more for each.
 */
export async function* walkEach(search: Search, options: WalkOptions, anew = false): AsyncGenerator<Walked> {
  const choices: { at: number; of: number }[] = [];
  for (;;) {
    let depth = 0;
    const walked = await walkOrder(
      search,
      (steps) => {
        const choice = choices[depth] ?? { at: 0, of: steps.length };
        choices[depth++] = choice;
        return steps[choice.at] as Step;
      },
      options,
    );
    if (anew) for (const { node } of walked.last.procs) await search.confirm(node);
    if (!walked.last.isLeftOut) yield walked;
    choices.length = depth;
    while (choices.length > 0) {
      const last = choices.at(-1) as { at: number; of: number };
      if (++last.at < last.of) break;
      choices.pop();
    }
    if (choices.length === 0) return;
  }
}
