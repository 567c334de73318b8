// Lock: one owner at a time, across processes, whoever dies.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { InvalidArgumentError, LockOwnerDiedError, NotHeldError } from '../../src/errors';
import { programMemory } from '../../src/memory/memory';
import { restoreHandle, toHandle } from '../../src/objects/handle';
import { Lock } from '../../src/sync/lock';
import { setAmbientSignal } from '../../src/waiting/wake';
import { hears, startChild } from '../support/processes/children';
import { nothingLeft } from '../support/processes/nothing-left';

after(nothingLeft);

const PROCESSES = 4;
const TIMES = 50_000;

async function count(how: string): Promise<number> {
  const lock = new Lock();
  const { i32, allocate } = programMemory();
  const offset = allocate(64);
  i32.fill(0, offset / 4, offset / 4 + 2);
  const children = Array.from({ length: PROCESSES }, () =>
    startChild('sync/count.js', [lock], offset, PROCESSES, TIMES, how),
  );
  assert.deepEqual(await Promise.all(children.map((child) => child.exited)), [0, 0, 0, 0]);
  return i32[offset / 4] ?? 0;
}

for (const how of ['blocking', 'awaited']) {
  test(`four processes count exactly under the lock (${how})`, async () => {
    assert.equal(await count(how), PROCESSES * TIMES);
  });
}

test('without the lock some of the counting is lost', async () => {
  assert.ok((await count('without')) < PROCESSES * TIMES);
});

test('no process starves, whether it awaits the lock or blocks', async () => {
  const lock = new Lock();
  const turns = 200;
  const { i32, allocate } = programMemory();
  const offset = allocate((turns + 64) * 4);
  i32.fill(0, offset / 4, offset / 4 + turns + 64);
  const ways = ['awaited', 'awaited', 'blocking'];
  const children = ways.map((how, i) =>
    startChild('sync/take-turns.js', [lock], offset, ways.length, turns, how, i),
  );
  assert.deepEqual(await Promise.all(children.map((child) => child.exited)), [0, 0, 0]);
  const whose = [...i32.subarray(offset / 4 + 2, offset / 4 + 2 + turns)];
  for (const each of ways.keys()) {
    const share = whose.filter((self) => self === each).length;
    assert.ok(share > turns / 20, `process ${each} got ${share} of ${turns} turns`);
  }
});

for (const how of ['blocking', 'awaited']) {
  test(`when the owner is killed, one waiter is told by name and the others get the lock (${how})`, async () => {
    const lock = new Lock();
    const owner = startChild('sync/hold.js', [lock], 'busy');
    await hears(owner, 'holding');
    const waiters = [1, 2, 3].map(() => startChild('sync/wait.js', [lock], how));
    await Promise.all(waiters.map((waiter) => hears(waiter, 'waiting')));
    await pause(200);
    const killedAt = Date.now();
    owner.process.kill('SIGKILL');
    const outputs = await Promise.all(waiters.map((waiter) => waiter.output));
    const told = outputs.filter((output) => output.includes(`LockOwnerDiedError Child-`));
    assert.equal(told.length, 1, outputs.join());
    assert.match(told[0] ?? '', new RegExp(` ${owner.pid} `));
    const toldAt = Number(told[0]?.trim().split(' ').at(-1));
    // A slice of 50 ms is the promise; the rest is for a machine that does other things too.
    assert.ok(toldAt - killedAt < 1000, `told after ${toldAt - killedAt} ms`);
    assert.equal(lock.locked(), false);
  });
}

test('a lock whose owner died long ago tells the next one too, who may continue at once', async () => {
  for (const onOwnerDied of ['throw', 'continue'] as const) {
    const lock = new Lock();
    const owner = startChild('sync/hold.js', [lock]);
    await hears(owner, 'holding');
    owner.process.kill('SIGKILL');
    await owner.exited;
    if (onOwnerDied === 'continue') {
      lock.acquireSync({ onOwnerDied }).release();
      continue;
    }
    assert.throws(
      () => lock.acquireSync(),
      (error: unknown) =>
        error instanceof LockOwnerDiedError &&
        error.pid === owner.pid &&
        error.processName.startsWith('Child-'),
    );
    lock.acquireSync().release();
  }
});

test('acquire resolves to false when the time is up', async () => {
  const lock = new Lock();
  lock.acquireSync();
  for (const timeout of [0, -1, 20]) {
    assert.equal(await lock.acquire({ timeout }), false);
    assert.equal(lock.acquireSync({ timeout }), false);
  }
  lock.release();
  assert.notEqual(await lock.acquire({ timeout: -1 }), false);
  assert.throws(() => lock.acquireSync({ timeout: Number.NaN }), InvalidArgumentError);
});

test('a cancelled acquire never takes the lock', async () => {
  const lock = new Lock();
  lock.acquireSync();
  const cancel = new AbortController();
  const waiting = lock.acquire({ signal: cancel.signal });
  cancel.abort(new Error('enough'));
  await assert.rejects(
    waiting,
    (error: Error) => error.name === 'AbortError' && error.cause instanceof Error,
  );
  lock.release();
  await pause(80);
  assert.equal(lock.locked(), false);
  await assert.rejects(lock.acquire({ signal: cancel.signal }), { name: 'AbortError' });
  assert.equal(lock.locked(), false);
});

test('the signal of the surrounding cell ends every wait in it, blocking ones too', async () => {
  const lock = new Lock();
  lock.acquireSync();
  const cell = new AbortController();
  setAmbientSignal(() => cell.signal);
  try {
    const waits = Array.from({ length: 20 }, () => lock.acquire());
    const ended = Promise.allSettled(waits);
    cell.abort();
    for (const outcome of await ended) assert.equal(outcome.status, 'rejected');
    assert.throws(() => lock.acquireSync(), { name: 'AbortError' });
  } finally {
    setAmbientSignal(() => undefined);
  }
  lock.release();
  assert.equal(lock.locked(), false);
});

test('the tasks of one process get the lock in the order they asked, however greedy the holder', async () => {
  const lock = new Lock();
  const order: number[] = [];
  async function task(number: number): Promise<void> {
    for (let round = 0; round < 3; round++) {
      await lock.acquire();
      order.push(number);
      lock.release();
    }
  }
  await lock.acquire();
  const tasks = Promise.all([0, 1, 2, 3].map(task));
  lock.release();
  await tasks;
  assert.deepEqual(order, [0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3]);
});

test('a thousand tasks of one process wait for a lock that another process holds', async () => {
  const lock = new Lock();
  const owner = startChild('sync/hold.js', [lock]);
  await hears(owner, 'holding');
  let inside = 0;
  const tasks = Array.from({ length: 1000 }, () =>
    lock.with(async () => {
      inside++;
      await null;
      assert.equal(inside, 1);
      inside--;
    }),
  );
  const outcomes = Promise.allSettled(tasks);
  owner.process.kill('SIGKILL');
  const failed = (await outcomes).filter((outcome) => outcome.status === 'rejected');
  assert.equal(failed.length, 1);
  assert.ok(failed[0]?.reason instanceof LockOwnerDiedError);
});

test('release says that nobody holds the lock, and that an await may be missing', () => {
  assert.throws(
    () => new Lock().release(),
    (error: Error) => error instanceof NotHeldError && /await/.test(error.message),
  );
});

test('`using` and `with` release at the end, also after an error, and never twice', async () => {
  const lock = new Lock();
  {
    using held = await lock.acquire();
    assert.equal(lock.locked(), true);
    assert.ok(held);
    lock.release();
    lock.acquireSync();
  }
  assert.equal(lock.locked(), true, 'the later acquisition is not the block’s to release');
  lock.release();
  await assert.rejects(
    lock.with(() => Promise.reject(new Error('inside'))),
    /inside/,
  );
  assert.equal(lock.locked(), false);
  assert.equal(await lock.with(() => 7), 7);
});

test('a lock restored from its handle is the same object', () => {
  const lock = new Lock();
  assert.equal(restoreHandle(lock[toHandle]()), lock);
});

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
