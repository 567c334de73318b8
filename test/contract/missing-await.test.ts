// A release() of what the caller does not hold asks about the `await` that a beginner forgets, whatever is released.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import {
  BoundedSemaphore,
  Condition,
  getAllStartMethods,
  Lock,
  NotHeldError,
  NotOwnerError,
  Process,
  Queue,
  ReleasedTooOftenError,
  RLock,
  SharedArray,
  Value,
} from '../../src/index';
import { nothingLeft } from '../support/processes/nothing-left';

interface Releasable {
  release(): void;
}

const primitives: [what: string, make: () => Releasable, error: new (...args: never[]) => Error][] = [
  ['a Lock', () => new Lock(), NotHeldError],
  ['an RLock', () => new RLock(), NotOwnerError],
  ['a BoundedSemaphore', () => new BoundedSemaphore(2), ReleasedTooOftenError],
  ['a Condition', () => new Condition(), NotOwnerError],
  ['a Condition over a Lock', () => new Condition(new Lock()), NotHeldError],
  ['the lock of a Value', () => new Value('i', 0).getLock(), NotHeldError],
  ['the lock of an Array', () => new SharedArray('i', 3).getLock(), NotHeldError],
];

for (const method of getAllStartMethods()) {
  describe(`by the method '${method}'`, () => {
    for (const [what, make, expected] of primitives) {
      test(`a child that releases ${what} which nobody holds is asked about a missing await`, async () => {
        const shared = make();
        const told = new Queue<[name: string, message: string]>();
        const child = new Process({
          target: () => {
            try {
              shared.release();
            } catch (error) {
              const { name, message } = error as Error;
              told.putSync([name, message]);
            }
          },
          method,
        });
        child.start();
        const [name, message] = await told.get({ timeout: 30_000 });
        assert.equal(name, expected.name);
        assert.match(message, /is an `await` missing before/);
        await child.join();
      });
    }
  });
}

after(nothingLeft);
