// Slots: who belongs to the program, and who has died, known without asking the event loop.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { NAME_BYTES } from '../../src/memory/layout';
import { programMemory } from '../../src/memory/memory';
import {
  claimSlot,
  currentSlot,
  isAlive,
  isTagAlive,
  lifeWordIndex,
  markDied,
  ownerTag,
  releaseSlot,
  renameSlot,
  slotInfo,
  slotOfTag,
  tagOf,
  whoIs,
} from '../../src/memory/slots';
import { hears, startChild } from '../support/processes/children';
import { nothingLeft } from '../support/processes/nothing-left';

after(nothingLeft);

test('the root has a slot of its own', () => {
  const own = slotInfo(currentSlot());
  assert.equal(own.name, 'MainProcess');
  assert.equal(own.pid, process.pid);
  assert.equal(own.state, 'entered');
  assert.equal(isAlive(own.slot), true);
  assert.equal(slotOfTag(ownerTag()), own.slot);
});

test('a killed child is seen as dead at once, while the event loop stands still', async () => {
  const child = startChild('memory/idle.js');
  await hears(child, 'here');
  assert.equal(slotInfo(child.slot).state, 'entered');
  assert.equal(isAlive(child.slot), true);
  child.process.kill('SIGKILL');
  const { i32, waitSync } = programMemory();
  const deadline = Date.now() + 5000;
  while (isAlive(child.slot) && Date.now() < deadline) {
    const word = lifeWordIndex(child.slot);
    waitSync(word, Atomics.load(i32, word), 50);
  }
  assert.equal(isAlive(child.slot), false);
  await child.exited;
});

test('a slot that is claimed again no longer answers to the tag of its former owner', () => {
  const slot = claimSlot({ name: 'first', kind: 'process' });
  const tag = tagOf(slot);
  assert.equal(isTagAlive(tag), true);
  markDied(slot, 7);
  assert.equal(isTagAlive(tag), false);
  assert.equal(slotInfo(slot).exitcode, 7);
  releaseSlot(slot);
  assert.equal(whoIs(tag).name, 'first');
  const claimed: number[] = [];
  while (claimed.at(-1) !== slot) claimed.push(claimSlot({ name: 'second', kind: 'process' }));
  assert.equal(isTagAlive(tag), false);
  assert.notEqual(whoIs(tag).name, 'second');
  assert.equal(slotInfo(slot).exitcode, null);
  for (const each of claimed) releaseSlot(each);
});

test('a name may be long or of any script', () => {
  const slot = claimSlot({ name: 'Prozeß-進程', kind: 'thread' });
  assert.equal(slotInfo(slot).name, 'Prozeß-進程');
  assert.equal(slotInfo(slot).processSlot, currentSlot());
  renameSlot(slot, 'é'.repeat(200));
  assert.equal(slotInfo(slot).name, 'é'.repeat(NAME_BYTES / 2));
  releaseSlot(slot);
});

test('a program has room for more than a thousand, and says so when it is full', () => {
  const claimed: number[] = [];
  assert.throws(() => {
    for (;;) claimed.push(claimSlot({ name: 'many', kind: 'process' }));
  }, /alive already/);
  assert.ok(claimed.length > 1000);
  for (const slot of claimed) releaseSlot(slot);
});
