// Condition: no notification is lost, whoever dies or gives up.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  Condition,
  InvalidArgumentError,
  Lock,
  LockOwnerDiedError,
  NotOwnerError,
  Process,
  Queue,
  Semaphore,
} from '../../src/index';
import { setAmbientSignal } from '../../src/waiting/wake';
import { nothingLeft } from '../support/processes/nothing-left';

after(nothingLeft);

test('a waiter that is killed after it was notified leaves the notification to another', async () => {
  const condition = new Condition(new Lock());
  const sleeping = new Semaphore(0);
  const woken = new Queue<number>();
  const target = () => {
    condition.acquireSync();
    sleeping.release();
    condition.waitSync();
    woken.putSync(process.pid);
    condition.release();
  };
  for (let round = 0; round < 4; round++) {
    const children = [1, 2].map(() => new Process({ target }));
    for (const child of children) child.start();
    for (const _ of children) await sleeping.acquire();
    await condition.acquire();
    condition.notify();
    // One of them has the notification and waits for the lock. Whichever is killed, exactly one is left to be woken.
    children[round % 2]?.kill();
    await children[round % 2]?.join();
    condition.release();
    const survivor = children[1 - (round % 2)];
    assert.equal(await woken.get({ timeout: 30_000 }), survivor?.pid);
    await survivor?.join();
  }
});

test('a waiter that gives up has the lock again, and leaves a notification to another', async () => {
  const condition = new Condition();
  const cancel = new AbortController();
  const ends: string[] = [];
  const wait = (name: string, signal?: AbortSignal) =>
    condition.with(async () => {
      try {
        await condition.wait(signal === undefined ? {} : { signal });
        ends.push(name);
      } catch (error) {
        condition.notify(0); // throws if the lock were not ours
        ends.push((error as Error).name);
      }
    });
  const waits = [wait('first', cancel.signal), wait('second')];
  await sleep(20);
  cancel.abort();
  await sleep(20);
  await condition.with(() => condition.notify());
  await Promise.all(waits);
  assert.deepEqual(ends, ['AbortError', 'second']);
  assert.equal(condition.locked(), false);
});

test('an interrupted cell does not take the lock again', async () => {
  const condition = new Condition();
  const cell = new AbortController();
  setAmbientSignal(() => cell.signal);
  const waiting = condition.with(() => condition.wait());
  await sleep(20);
  cell.abort();
  await assert.rejects(waiting, { name: 'AbortError' });
  setAmbientSignal(() => undefined);
  assert.equal(condition.locked(), false);
});

test('a waiter is told when another died with the lock', async () => {
  const condition = new Condition();
  const child = new Process({
    target: () => {
      condition.acquireSync();
      condition.notify();
      process.kill(process.pid, 'SIGKILL');
    },
    name: 'Owner',
  });
  await condition.acquire();
  child.start();
  await assert.rejects(condition.wait(), LockOwnerDiedError);
  assert.equal(condition.locked(), false);
  await child.join();
});

test('an RLock that was taken several times is given back while its owner waits', async () => {
  const condition = new Condition();
  await condition.acquire();
  await condition.acquire();
  const notifier = new Process({ target: () => condition.with(() => condition.notify()) });
  notifier.start();
  assert.equal(await condition.wait({ timeout: 30_000 }), true);
  condition.release();
  assert.equal(condition.locked(), true);
  condition.release();
  assert.equal(condition.locked(), false);
  await notifier.join();
});

test('who does not hold the lock may neither wait nor notify', async () => {
  for (const condition of [new Condition(), new Condition(new Lock())]) {
    await assert.rejects(condition.wait(), NotOwnerError);
    assert.throws(() => condition.waitSync(), NotOwnerError);
    assert.throws(() => condition.notify(), NotOwnerError);
    assert.throws(() => condition.notifyAll(), /Condition\.notifyAll\(\).*await/);
  }
});

test('waitFor() refuses a timeout that is none', async () => {
  const condition = new Condition();
  await condition.with(async () => {
    for (const timeout of [Number.NaN, '10' as never]) {
      await assert.rejects(() => condition.waitFor(() => false, { timeout }), InvalidArgumentError);
      assert.throws(() => condition.waitForSync(() => false, { timeout }), InvalidArgumentError);
    }
  });
});
