// What `with` of each thing that is held tells when both go wrong: what is done inside, and giving it back.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openRoom } from './room';

const room = openRoom();

const KINDS = {
  Lock: () => new room.mp.Lock(),
  RLock: () => new room.mp.RLock(),
  Semaphore: () => new room.mp.Semaphore(1),
  BoundedSemaphore: () => new room.mp.BoundedSemaphore(1),
};

for (const [kind, make] of Object.entries(KINDS)) {
  test(`${kind}.with tells what went wrong inside rather than that it was lost`, async () => {
    const held = make();
    const inside = held.with(async () => {
      await room.broker.restart({ wipe: true });
      throw new RangeError('inside');
    });
    await assert.rejects(inside, { name: 'RangeError', message: 'inside' });
  });
}

for (const kind of ['Lock', 'RLock'] as const) {
  test(`${kind}.with tells that it was lost if nothing else went wrong`, async () => {
    const held = KINDS[kind]();
    await assert.rejects(
      held.with(() => room.broker.restart({ wipe: true })),
      { name: 'LeaseLostError' },
    );
  });
}
