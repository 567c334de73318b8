import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { LeaseLostError, LockOwnerDiedError, NotHeldError, Process, Queue } from '../../src/index';
import { LEASE_MS, openRoom } from './room';

const room = openRoom();
/** On a machine with other work. */
const SLACK_MS = 6000;

test('of many processes one at a time has the lock, in turn, with a token that rises', async () => {
  const { mp } = room;
  const processes = 8;
  const each = 15;
  const file = join(tmpdir(), 'counter');
  writeFileSync(file, '0');
  const lock = new mp.Lock();
  const start = new mp.Barrier(processes);
  const log = new Queue<{ who: number; token: number }>();
  const children = Array.from({ length: processes }, (_, who) => {
    const target = async () => {
      await start.wait();
      for (let i = 0; i < each; i++) {
        await lock.with(async (token) => {
          const before = Number(readFileSync(file, 'utf8'));
          // As long as the others need to ask again, on a machine with other work, too.
          await new Promise((resolve) => setTimeout(resolve, 20));
          writeFileSync(file, String(before + 1));
          log.putSync({ who, token });
        });
      }
    };
    return new Process({ target });
  });
  for (const child of children) child.start();
  for (const child of children) await child.join();
  assert.deepEqual(
    children.map(({ exitcode }) => exitcode),
    children.map(() => 0),
  );
  assert.equal(Number(readFileSync(file, 'utf8')), processes * each);
  rmSync(file);
  const seen: { who: number; token: number }[] = [];
  while (!log.empty()) seen.push(await log.get());
  const tokens = seen.map(({ token }) => token);
  assert.deepEqual(
    tokens,
    tokens.toSorted((a, b) => a - b),
  );
  assert.equal(new Set(tokens).size, processes * each);
  // Nobody waits while the others have it again and again.
  for (let who = 0; who < processes; who++) {
    const turns = seen.flatMap((one, at) => (one.who === who ? [at] : []));
    const gaps = turns.slice(1).map((at, i) => at - (turns[i] ?? 0));
    assert.ok(Math.max(...gaps) <= 3 * processes, `${who} waited for ${Math.max(...gaps)} others`);
  }
  assert.equal(lock.locked(), false);
});

test('tasks of one process get it in the order in which they asked', async () => {
  const lock = new room.mp.Lock();
  const order: number[] = [];
  const first = await lock.acquire();
  const waiting = [1, 2, 3, 4].map(async (n) => {
    const held = await lock.acquire();
    order.push(n);
    await held.release();
  });
  await sleep(50);
  await first.release();
  await Promise.all(waiting);
  assert.deepEqual(order, [1, 2, 3, 4]);
});

test('whoever gives up, by timeout or by signal, awaiting or blocking, does not get it later', async () => {
  const lock = new room.mp.Lock();
  const elsewhere = new room.mp.Event();
  const done = new room.mp.Event();
  const child = new Process({
    target: () =>
      lock.with(async () => {
        await elsewhere.set();
        await done.wait();
      }),
  });
  child.start();
  await elsewhere.wait();
  assert.equal(await lock.acquire({ timeout: 0 }), false);
  assert.equal(await lock.acquire({ timeout: 30 }), false);
  assert.equal(lock.acquireSync({ timeout: 0 }), false);
  assert.equal(lock.acquireSync({ timeout: 30 }), false);
  await assert.rejects(lock.acquire({ signal: AbortSignal.timeout(30) }), { name: 'AbortError' });
  await assert.rejects(lock.acquire({ signal: AbortSignal.abort() }), { name: 'AbortError' });
  await done.set();
  await child.join();
  const held = lock.acquireSync();
  assert.equal(lock.locked(), true);
  held.releaseSync();
  assert.equal(lock.locked(), false);
  await assert.rejects(lock.release(), NotHeldError);
});

test('a process that computes for longer than the lease keeps it', async () => {
  const lock = new room.mp.Lock();
  const began = new room.mp.Event();
  const child = new Process({
    target: () =>
      lock.with(async () => {
        await began.set();
        const end = Date.now() + 3000;
        while (Date.now() < end);
      }),
  });
  child.start();
  await began.wait();
  const at = performance.now();
  await lock.with(() => {});
  assert.ok(performance.now() - at > 2 * LEASE_MS);
  await child.join();
  assert.equal(child.exitcode, 0);
});

test('when its owner is killed the next gets it after the lease, and is told if it wants to be', async () => {
  const lock = new room.mp.Lock();
  const has = new room.mp.Event();
  const kill = async (): Promise<void> => {
    const child = new Process({
      target: async () => {
        await lock.acquire();
        await has.set();
        await new Promise(() => setTimeout(() => {}, 60_000));
      },
    });
    child.start();
    await has.wait();
    await has.clear();
    child.kill();
    await child.join();
  };
  await kill();
  const at = performance.now();
  const held = await lock.acquire();
  assert.ok(performance.now() - at < LEASE_MS + SLACK_MS);
  await held.release();
  await kill();
  const waiting = lock.acquire({ onOwnerDied: 'throw' });
  await assert.rejects(waiting, LockOwnerDiedError);
  // Told once; the lock is free.
  await (await lock.acquire({ onOwnerDied: 'throw' })).release();
});

test('a process that stood still for longer than the lease is told when it releases', async () => {
  const lock = new room.mp.Lock();
  const has = new room.mp.Event();
  const go = new room.mp.Event();
  const told = new Queue<string>();
  const child = new Process({
    target: async () => {
      const held = await lock.acquire();
      await has.set();
      await go.wait();
      await held.release().catch((error) => told.putSync(error.name));
      told.putSync(String(held.token));
    },
  });
  child.start();
  await has.wait();
  process.kill(child.pid ?? 0, 'SIGSTOP');
  const mine = await lock.acquire();
  process.kill(child.pid ?? 0, 'SIGCONT');
  await go.set();
  assert.equal(await told.get(), 'LeaseLostError');
  assert.ok(mine.token > Number(await told.get()));
  // What the other said has freed nothing.
  assert.equal(await lock.acquire({ timeout: 0 }), false);
  await mine.release();
  await child.join();
});

test('one that dies or stands still while it waits is passed over', async () => {
  const lock = new room.mp.Lock();
  const waits = new room.mp.Semaphore(0);
  const held = await lock.acquire();
  const begin = () => {
    const child = new Process({
      target: async () => {
        const waiting = lock.acquire();
        await waits.release();
        await (await waiting).release();
      },
    });
    child.start();
    return child;
  };
  const [dead, asleep] = [begin(), begin()];
  await waits.acquire();
  await waits.acquire();
  await sleep(300);
  dead.kill();
  await dead.join();
  process.kill(asleep.pid ?? 0, 'SIGSTOP');
  const mine = lock.acquire();
  await sleep(100);
  await held.release();
  await (await mine).release();
  process.kill(asleep.pid ?? 0, 'SIGCONT');
  await asleep.join();
  assert.equal(asleep.exitcode, 0);
  assert.equal(lock.locked(), false);
});

test('a broker that is away for a moment changes nothing', async () => {
  const { mp, broker } = room;
  const lock = new mp.Lock();
  const held = await lock.acquire();
  const next = lock.acquire();
  const fresh = new mp.Lock();
  await broker.restart();
  assert.equal(await fresh.with(() => 'also new ones'), 'also new ones');
  await held.release().catch((error) => assert.ok(error instanceof LeaseLostError));
  await (await next).release();
});

test('a broker that forgot everything has no lock to release, and the next gets it', async () => {
  const { mp, broker } = room;
  const lock = new mp.Lock();
  const held = await lock.acquire();
  const next = lock.acquire();
  await broker.restart({ wipe: true });
  await assert.rejects(held.release(), LeaseLostError);
  await (await next).release();
});
