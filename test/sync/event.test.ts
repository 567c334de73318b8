// Event: those who wait when it is set go on, whatever happens next.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Event, Process, Queue } from '../../src/index';
import { nothingLeft } from '../support/processes/nothing-left';

after(nothingLeft);

test('who waits when it is set goes on, though it is cleared again at once', async () => {
  const event = new Event();
  const woken = new Queue<boolean>();
  const children = [() => woken.put(event.waitSync()), async () => woken.put(await event.wait())].map(
    (target) => new Process({ target }),
  );
  const ready = new Queue<boolean>();
  const task = event.wait();
  for (const child of children) child.start();
  const checked = new Process({ target: () => ready.putSync(event.isSet()) });
  checked.start();
  assert.equal(await ready.get(), false);
  await checked.join();
  await sleep(500);
  event.set();
  event.clear();
  assert.equal(await task, true);
  assert.deepEqual(
    [await woken.get({ timeout: 30_000 }), await woken.get({ timeout: 30_000 })],
    [true, true],
  );
  for (const child of children) await child.join();
});

test('waiters that are killed leave the event as it was for the others', async () => {
  const event = new Event();
  const begun = new Queue<boolean>();
  const victims = [1, 2, 3].map(
    () =>
      new Process({
        target: () => {
          begun.putSync(true);
          event.waitSync();
        },
      }),
  );
  for (const victim of victims) victim.start();
  for (const _ of victims) await begun.get();
  const waiting = event.wait();
  for (const victim of victims) victim.kill();
  for (const victim of victims) await victim.join();
  assert.equal(event.isSet(), false);
  event.set();
  assert.equal(await waiting, true);
});

test('a process that is killed while it sets and clears leaves waiters that can still be woken', async () => {
  const event = new Event();
  const begun = new Queue<boolean>();
  const toggler = new Process({
    target: () => {
      begun.putSync(true);
      for (;;) {
        event.set();
        event.clear();
      }
    },
  });
  toggler.start();
  await begun.get();
  assert.equal(await event.wait({ timeout: 30_000 }), true);
  toggler.kill();
  await toggler.join();
  event.clear();
  assert.equal(await event.wait({ timeout: 20 }), false);
  setTimeout(() => event.set(), 20);
  assert.equal(event.waitSync({ timeout: 0 }), false);
  assert.equal(await event.wait(), true);
});
