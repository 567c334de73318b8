// A lock, as a value: who has it.
import { pidOf } from '../paths';
import { FREE, failed, isGone, type Owner, type Rules } from './rule';

export const lock: Rules = {
  acquire: (owner: Owner, operation, around) => {
    const { me } = around;
    if (owner === FREE) return { value: me, result: true };
    if (owner === me || !isGone(owner, operation, around)) return undefined;
    if (operation.args[0] === 'continue') return { value: me, result: true };
    const end = { exitcode: around.exitcodeOf(owner), lock: around.nameOfThing(operation.object) };
    return { value: FREE, result: failed('LockOwnerDiedError', around.nameOf(owner), pidOf(owner), end) };
  },
  release: (owner: Owner) => (owner === FREE ? { result: failed('NotHeldError', 'Lock') } : { value: FREE }),
  locked: (owner: Owner) => ({ result: owner !== FREE }),
  owner: (owner: Owner, _operation, { me }) => ({
    result: owner === FREE ? 'nobody' : owner === me ? 'me' : 'another process',
  }),
};
