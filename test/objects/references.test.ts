// Shared objects live as long as somebody has them: nothing leaks, nothing is freed under a user.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { programMemory } from '../../src/memory/memory';
import { currentSlot } from '../../src/memory/slots';
import { type Handle, toHandle } from '../../src/objects/handle';
import {
  createObject,
  dropReference,
  objectKinds,
  objectsOfKind,
  pin,
  unpin,
} from '../../src/objects/references';
import { Lock } from '../../src/sync/lock';
import { hears, startChild } from '../support/processes/children';
import { collectGarbage } from '../support/processes/collect-garbage';
import { nothingLeft } from '../support/processes/nothing-left';

after(nothingLeft);

/** Whether the object that `handle` names is none any more. */
function isFree(handle: Handle): boolean {
  return !objectsOfKind(objectKinds.plain).includes(Number(handle.offset));
}

function madeAndForgotten(use: (lock: Lock) => void = () => {}): Handle {
  const lock = new Lock();
  use(lock);
  return lock[toHandle]();
}

test('a lock that nobody has any more gives its words back', async () => {
  const handle = madeAndForgotten();
  assert.equal(isFree(handle), false);
  await collectGarbage();
  assert.equal(isFree(handle), true);
});

test('a lock that was held gives its words back, too, wherever its place was noted', async () => {
  const handle = madeAndForgotten((lock) => lock.acquireSync().release());
  await collectGarbage();
  assert.equal(isFree(handle), true);
});

test('a lock that only a child has lives as long as the child', async () => {
  const children: ReturnType<typeof startChild>[] = [];
  const handle = madeAndForgotten((lock) => children.push(startChild('memory/idle.js', [lock])));
  const [child] = children;
  assert.ok(child);
  await hears(child, 'here');
  await collectGarbage();
  assert.equal(isFree(handle), false);
  child.process.kill('SIGKILL');
  await child.exited;
  assert.equal(isFree(handle), true);
});

test('a pinned object outlives its last reference', () => {
  const offset = createObject(64);
  pin(offset);
  dropReference(offset, currentSlot());
  dropReference(offset, currentSlot());
  assert.notEqual(createObject(64), offset);
  unpin(offset);
  assert.equal(createObject(64), offset);
});

test('a new object is zeroed, whatever was there before', () => {
  const offset = createObject(256);
  programMemory().i32.fill(-1, offset / 4, offset / 4 + 64);
  dropReference(offset, currentSlot());
  const again = createObject(256);
  assert.equal(again, offset);
  assert.ok(
    programMemory()
      .i32.subarray(again / 4, again / 4 + 64)
      .every((word) => word === 0),
  );
});
