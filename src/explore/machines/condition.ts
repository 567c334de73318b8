// A condition, as a value: whose tasks wait, and how many of them have been notified. Which of them it is
// cannot be said before.
import type { Plain } from '../operations';
import { type Around, type Done, FREE, failed, type Owner, type Rules } from './rule';

type Waiters = readonly [waiting: readonly string[], notified: number];

export const condition: Rules = {
  enter: ([waiting, notified]: Waiters, { args: [lock, method] }, around) =>
    notOwner(Number(lock), method, around) ?? {
      value: [[...waiting, around.me].sort(), notified],
      result: true,
    },
  wake: ([waiting, notified]: Waiters, _operation, { me }) =>
    notified > 0 ? { value: [without(waiting, me), notified - 1], result: true } : undefined,
  /** Its time is up. It may have been notified all the same, and has been if all have. */
  leave: ([waiting, notified]: Waiters, _operation, { me }) => {
    const left = without(waiting, me);
    const was: Done = { value: [left, notified - 1], result: true };
    if (notified === 0) return { value: [left, 0], result: false };
    return notified === waiting.length ? was : [{ value: [left, notified], result: false }, was];
  },
  /** Another gets what it may have got. */
  giveUp: ([waiting, notified]: Waiters, _operation, { me }) => {
    const left = without(waiting, me);
    return { value: [left, Math.min(notified, left.length)] };
  },
  notify: ([waiting, notified]: Waiters, { args: [lock, method, count] }, around) => {
    const alive = waiting.filter((path) => !around.isDead(path));
    return (
      notOwner(Number(lock), method, around) ?? {
        value: [alive, Math.min(alive.length, notified + Number(count))],
      }
    );
  },
};

function without(paths: readonly string[], path: string): string[] {
  const at = paths.indexOf(path);
  return paths.filter((_, index) => index !== at);
}

function notOwner(lock: number, method: Plain, around: Around): Done | undefined {
  const owner = around.valueOf(lock) as Owner;
  if (owner === around.me) return undefined;
  return { result: failed('NotOwnerError', method, owner === FREE ? undefined : 'another process') };
}
