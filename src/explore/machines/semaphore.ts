// A semaphore, as a value: how many permits are free, and who holds how many.
import type { Operation } from '../operations';
import { type Around, failed, isGone, OUTSIDE, type Rules } from './rule';

/** As many as the real one has, by sync/permits.ts. */
export const MOST_PERMITS = 2 ** 31 - 1;

type Held = readonly [path: string, count: number];
/** Anonymous: a process that held none has given, so it is not known any more whose a permit is. */
export type Permits = readonly [free: number, limit: number, isAnonymous: boolean, ...held: Held[]];

export function permits(free: number, limit = MOST_PERMITS, ...held: Held[]): Permits {
  return [free, limit, false, ...held.filter(([, count]) => count > 0)];
}

/** How many permits are held by processes that take no part. */
export function takenOutside([, , , ...held]: Permits): number {
  return held.find(([path]) => path === OUTSIDE)?.[1] ?? 0;
}

export const semaphore: Rules = {
  acquire: (before: Permits, operation, around) => {
    const after = before[0] > 0 ? before : withoutDead(before, (path) => isGone(path, operation, around));
    return after[0] === 0 ? undefined : { value: moved(after, around.me, 1), result: true };
  },
  release: (value: Permits, { args: [count] }: Operation, { me }) => {
    let after = value;
    for (let given = 0; given < Number(count); given++) {
      if (after[0] >= after[1]) return { value: after, result: tooOften(after[1]) };
      after = moved(after, me, -1);
    }
    return { value: after };
  },
  getValue: (value: Permits, _operation, around: Around) => {
    const after = withoutDead(value, (path) => around.hasEnded(path));
    return { value: after, result: after[0] };
  },
};

function tooOften(limit: number) {
  if (limit !== MOST_PERMITS) return failed('ReleasedTooOftenError', limit);
  const at = ['the number of permits', `at most ${MOST_PERMITS}`, MOST_PERMITS + 1] as const;
  return failed('InvalidArgumentError', ...at);
}

function moved([free, limit, isAnonymous, ...held]: Permits, me: string, by: 1 | -1): Permits {
  const mine = (held.find(([path]) => path === me)?.[1] ?? 0) + by;
  const others = held.filter(([path]) => path !== me);
  const now: Held[] = mine > 0 ? [...others, [me, mine]] : others;
  now.sort(([a], [b]) => (a < b ? -1 : 1));
  return [free - by, limit, isAnonymous || mine < 0, ...now];
}

function withoutDead(
  [free, limit, isAnonymous, ...held]: Permits,
  isDead: (path: string) => boolean,
): Permits {
  const dead = held.filter(([path]) => isDead(path));
  const back = isAnonymous ? 0 : dead.reduce((sum, [, count]) => sum + count, 0);
  return [free + back, limit, isAnonymous, ...held.filter((each) => !dead.includes(each))];
}
