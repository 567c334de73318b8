// An array and a number under one lock: nobody sees them half changed, but for the one who holds the lock after a death.
import { Lock, LockOwnerDiedError, SharedArray, Value } from '../../../src/index';
import { type Actor, MOST_ACTORS } from '../actor';
import type { Stage } from '../stage';

const CELLS = 64;

async function fill(self: Actor, numbers: SharedArray<'float64'>, isChanging: Value<'int8'>): Promise<void> {
  const lock = numbers.getLock();
  for (let n = self.row; !self.isOver(); n += MOST_ACTORS) {
    self.says('acquires the array');
    try {
      using _held = self.random.chance(0.5) ? lock.acquireSync() : await lock.acquire();
      self.says('holds the array');
      const differ = numbers.some((number) => number !== numbers[0]);
      if (differ && isChanging.value === 0)
        throw new Error(`The array is half changed: ${numbers.join(' ')}`);
      isChanging.value = 1;
      for (let i = 0; i < CELLS; i++) numbers[i] = n;
      isChanging.value = 0;
    } catch (error) {
      if (!(error instanceof LockOwnerDiedError)) throw error;
    }
  }
}

export async function sharedArray(stage: Stage): Promise<void> {
  const lock = new Lock();
  const numbers = new SharedArray('float64', CELLS, { lock });
  const isChanging = new Value('int8', 0, { lock });
  const fillers = stage.keep(3, 'filler', fill, numbers, isChanging);
  await stage.torment();
  await fillers.ended();
  stage.check(
    isChanging.value === 1 || new Set(numbers.getObj()).size === 1,
    `the array is half changed: ${numbers.join(' ')}`,
  );
}
