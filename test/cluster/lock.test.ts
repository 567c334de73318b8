import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { LeaseLostError, LockOwnerDiedError, NotHeldError, Process, Queue } from '../../src/index';
import { LEASE_MS, openRoom } from './room';

const room = openRoom();
/** On a machine with other work. */
const SLACK_MS = 6000;

/** Beside each of them the machine has other work, of less right than the test. */
const TURNS = [
  { turnMs: 0, each: 60 },
  { turnMs: 1, each: 50 },
  { turnMs: 5, each: 30 },
  { turnMs: 20, each: 15 },
];
const PROCESSES = 8;

/** Endless loops, two for each core, until what it returns is called. */
function otherWork(): () => Promise<void> {
  const loops = Array.from({ length: 2 * cpus().length }, () =>
    spawn('nice', [process.execPath, '-e', 'for (;;);'], { stdio: 'ignore' }),
  );
  return async () => {
    const ends = loops.map((loop) => new Promise((resolve) => loop.once('exit', resolve)));
    for (const loop of loops) loop.kill('SIGKILL');
    await Promise.all(ends);
  };
}

for (const { turnMs, each } of TURNS) {
  test(`of many processes one at a time has the lock, in turn, with a token that rises: ${turnMs} ms each`, async () => {
    const { mp } = room;
    const file = join(mkdtempSync(join(tmpdir(), 'lock-')), 'counter');
    writeFileSync(file, '0');
    const lock = new mp.Lock();
    const start = new mp.Barrier(PROCESSES);
    const log = new Queue<{ who: number; tokens: number[] }>();
    const children = Array.from({ length: PROCESSES }, (_, who) => {
      const target = async () => {
        await start.wait();
        const tokens: number[] = [];
        for (let i = 0; i < each; i++) {
          await lock.with(async (token) => {
            const before = Number(readFileSync(file, 'utf8'));
            if (turnMs > 0) await new Promise((resolve) => setTimeout(resolve, turnMs * Math.random()));
            writeFileSync(file, String(before + 1));
            tokens.push(token);
          });
        }
        log.putSync({ who, tokens });
      };
      return new Process({ target });
    });
    const endOtherWork = otherWork();
    const turns: { who: number; token: number }[] = [];
    try {
      for (const child of children) child.start();
      for (const _ of children) {
        const { who, tokens } = await log.get();
        assert.deepEqual(
          tokens,
          tokens.toSorted((a, b) => a - b),
        );
        turns.push(...tokens.map((token) => ({ who, token })));
      }
      for (const child of children) await child.join();
    } finally {
      await endOtherWork();
    }
    assert.equal(Number(readFileSync(file, 'utf8')), PROCESSES * each);
    rmSync(join(file, '..'), { recursive: true });
    turns.sort((a, b) => a.token - b.token);
    assert.equal(new Set(turns.map(({ token }) => token)).size, PROCESSES * each);
    // Nobody waits while the others have it again and again. One that the system does not let run asks late,
    // so it is a few rounds, and not one.
    const gaps = children.flatMap((_, who) => {
      const mine = turns.flatMap((one, at) => (one.who === who ? [at] : []));
      return mine.slice(1).map((at, i) => at - (mine[i] ?? 0));
    });
    gaps.sort((a, b) => a - b);
    const told = `waited for ${gaps.at(-1)} turns, and one in twenty for ${gaps[Math.floor(gaps.length * 0.95)]}`;
    assert.ok((gaps[Math.floor(gaps.length * 0.95)] ?? 0) <= 2 * PROCESSES, told);
    assert.ok((gaps.at(-1) ?? 0) <= 8 * PROCESSES, told);
    assert.equal(lock.locked(), false);
  });
}

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
  const ends = new Queue<number>();
  const computesMs = 3 * LEASE_MS;
  const child = new Process({
    target: () =>
      lock.with(() => {
        const end = Date.now() + computesMs;
        ends.putSync(end);
        while (Date.now() < end);
      }),
  });
  child.start();
  const end = await ends.get();
  await lock.with(() => {});
  assert.ok(Date.now() >= end);
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
