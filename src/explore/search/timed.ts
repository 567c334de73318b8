// How long the program takes if there are cores enough and only sleeping takes time: always the process goes
// whose clock is behind. What takes as long as if one did it alone, does too much in turn.
import type { Trace } from '../../trace/record';
import { timeOf } from './clocks';
import type { Search } from './search';
import type { State, Step } from './states';
import { ownSteps } from './steps';
import { Tracer } from './tracer';

const MOST_STEPS = 20_000;

interface Timed {
  readonly ms: number;
  /** The trace, on the clock of the program. */
  readonly trace: Trace;
}

export async function timedWalk(search: Search): Promise<Timed> {
  search.see('clocks');
  return await search.seeing(() => walk(search));
}

/**
 * Returns the steps in time, also those of others beside one that no process can notice: that may be a long
 * sleep, and they come before its end.
 */
async function inTime(search: Search, state: State): Promise<readonly Step[]> {
  const steps = await search.steps(state);
  if (steps.length === 0) return steps;
  const all = state.procs.flatMap((proc) => ownSteps(state, proc, search.rules));
  const going = all.filter(({ isSpin }) => !isSpin);
  return going.length > 0 ? going : steps;
}

async function walk(search: Search): Promise<Timed> {
  const tracer = new Tracer(search.rules, 'ms');
  let state = search.first();
  for (let taken = 0; taken < MOST_STEPS; taken++) {
    const steps = await inTime(search, state);
    tracer.stands(state);
    if (steps.length === 0) break;
    const before = state;
    const step = steps.reduce((least, each) => (timeOf(before, each) < timeOf(before, least) ? each : least));
    state = search.next(before, step) ?? (await search.learn(before, step));
    tracer.took(step, before, state);
  }
  return { ms: Math.max(...state.procs.map(({ clock }) => clock)), trace: tracer.trace };
}
