// A barrier, as a value: a generation, who has come to it, and how those before it ended that did not pass.

import type { Operation } from '../operations';
import { pidOf } from '../paths';
import { type Around, type Done, failed, isGone, OUTSIDE, type Rules } from './rule';

/** `reason`: in words, of what was before explore() began. */
type Ended = readonly [ending: string, by: string, reason?: string];
interface Parties {
  readonly parties: number;
  readonly generation: number;
  readonly here: readonly string[];
  readonly broken: Ended | null;
  /** How generations ended. One that is not there has passed. */
  readonly ends: Readonly<Record<number, Ended>>;
  /** The name of a process that died here before explore() began. */
  readonly died?: string;
}

export function partiesOf(parties: number): Parties {
  return { parties, generation: 0, here: [], broken: null, ends: {} };
}

/**
 * Returns a barrier that broke before explore() began: so many are still counted, and the next process that
 * comes sees that one has died.
 */
export function brokenBefore(parties: number, reason: string, counted: number): Parties {
  const whole = partiesOf(parties);
  if (counted === 0) return { ...whole, broken: ['before', OUTSIDE, reason] };
  return { ...whole, here: Array.from({ length: counted }, () => OUTSIDE), died: reason };
}

export const barrier: Rules = {
  come: (before: Parties, operation, around) => {
    const now = afterDeaths(before, (path) => isGone(path, operation, around));
    if (now.broken !== null) return { value: now, result: brokenError(now.broken, around) };
    if (now.here.length >= now.parties) return undefined;
    const place = now.here.length;
    return { value: { ...now, here: [...now.here, around.me] }, result: [place, now.generation] };
  },
  ended: (before: Parties, operation, around) => {
    const now = afterDeaths(before, (path) => isGone(path, operation, around));
    return told(now, Number(operation.args[0]), around);
  },
  end: (value: Parties, { args: [generation, ending] }: Operation, around) => {
    const now = generation === value.generation ? end(value, [String(ending), around.me]) : value;
    return told(now, Number(generation), around);
  },
  endNow: (value: Parties, { args: [ending] }, { me }) => ({ value: end(value, [String(ending), me]) }),
  nWaiting: (value: Parties) => ({ result: value.here.length }),
  broken: (value: Parties) => ({ result: value.broken !== null }),
};

function end({ parties, generation, broken, ends }: Parties, ended: Ended): Parties {
  const [ending] = ended;
  if (ending === 'passed') return { parties, generation: generation + 1, here: [], broken, ends };
  const now = ending === 'reset' ? null : ended;
  return {
    parties,
    generation: generation + 1,
    here: [],
    broken: now,
    ends: { ...ends, [generation]: ended },
  };
}

function afterDeaths(value: Parties, isDead: (path: string) => boolean): Parties {
  if (value.died !== undefined && value.here[0] === OUTSIDE) return end(value, ['died', OUTSIDE, value.died]);
  const dead = value.here.find((path) => isDead(path));
  return dead === undefined ? value : end(value, ['died', dead]);
}

function told(value: Parties, generation: number, around: Around): Done | undefined {
  if (generation === value.generation) return undefined;
  const ended = value.ends[generation];
  return { value, result: ended === undefined ? true : brokenError(ended, around) };
}

function brokenError([ending, by, reason]: Ended, around: Around) {
  if (reason !== undefined) return failed('BrokenBarrierError', reason);
  const who = `${around.nameOf(by)} (pid ${pidOf(by)})`;
  return failed('BrokenBarrierError', reasons[ending]?.(who) ?? ending);
}

const reasons: Record<string, (who: string) => string> = {
  timeout: (who) => `${who} waited as long as its timeout allowed, and not everybody had come`,
  aborted: (who) => `${who} called abort()`,
  reset: (who) => `${who} called reset() while others waited`,
  died: (who) => `${who} died while it waited there`,
  threw: (who) => `its action threw an error in ${who}`,
  'gave up': (who) => `${who} gave its wait up`,
};
