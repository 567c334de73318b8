// A lock, as a value: who has it.
import { pidOf } from '../paths';
import { type Around, FREE, failed, isGone, OUTSIDE, type Owner, type Rules } from './rule';

export const lock: Rules = {
  acquire: (owner: Owner, operation, around) => {
    const { me } = around;
    if (owner === FREE) return { value: me, result: true };
    if (owner === OUTSIDE && operation.timeoutMs === undefined) {
      return { result: failed('ExplorationError', heldOutside(around.nameOfThing(operation.object))) };
    }
    if (owner === me || !isGone(owner, operation, around)) return undefined;
    if (operation.args[0] === 'continue') return { value: me, result: true };
    const exitcode = around.exitcodeOf(owner);
    // A process that was killed has left no word of it.
    const where = exitcode !== null && exitcode >= 0 ? around.takenAt(owner, operation.object) : undefined;
    const end = {
      exitcode,
      lock: around.nameOfThing(operation.object),
      ...(where !== undefined && { where }),
    };
    return { value: FREE, result: failed('LockOwnerDiedError', around.nameOf(owner), pidOf(owner), end) };
  },
  release: (owner: Owner) => (owner === FREE ? { result: failed('NotHeldError', 'Lock') } : { value: FREE }),
  locked: (owner: Owner) => ({ result: owner !== FREE }),
  holder: (owner: Owner, { object }, around) => ({ result: holderWords(owner, object, around) }),
  owner: (owner: Owner, _operation, { me }) => ({
    result: owner === FREE ? 'nobody' : owner === me ? 'me' : 'another process',
  }),
};

/** Returns the words for the holder, as the real lock says them. */
function holderWords(owner: Owner, object: number, around: Around): string {
  if (owner === FREE) return 'free';
  if (owner === OUTSIDE) return 'held by a process that takes no part';
  const where = around.takenAt(owner, object);
  const place = where === undefined ? '' : ` (${where})`;
  return `held by ${around.nameOf(owner)}${place}${around.hasEnded(owner) ? ', which has ended' : ''}`;
}

/** Says that it was so when explore() was called, and that no process which takes part can change it. */
function heldOutside(name: string): string {
  return (
    `${name} is held by a process that takes no part in what is explored, or that has ended: ` +
    `release it before, or make it anew.`
  );
}
