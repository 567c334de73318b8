// The stock of warm processes: as large as the machine allows, replaced when broken, and without growth.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { after, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Process } from '../../src/index';
import { isAlive, slotsUsed } from '../../src/memory/slots';
import { countObjects } from '../../src/objects/references';
import { prewarm, stockSize } from '../../src/start/stock';
import { isForkingPossible } from '../../src/start/zygote/zygote';
import { nothingLeft } from '../support/processes/nothing-left';

const GIB = 2 ** 30;
const COUNT = Number(process.env.PARLAB_PROCESSES ?? 40);

const sizes: [cores: number, gib: number, spawned: number, forked: number][] = [
  [1, 2, 1, 2],
  [1, 0.5, 1, 2],
  [2, 2, 2, 2],
  [2, 1.5, 1, 2],
  [4, 0.5, 1, 4],
  [8, 16, 4, 4],
];
for (const [cores, gib, spawned, forked] of sizes) {
  test(`a machine with ${cores} cores and ${gib} GiB keeps ${spawned} spawned or ${forked} forked warm`, () => {
    assert.equal(stockSize(cores, gib * GIB, false), spawned);
    assert.equal(stockSize(cores, gib * GIB, true), forked);
  });
}

test('a warm process that died is replaced without a word', async () => {
  prewarm();
  const deadline = Date.now() + 30_000;
  // And the zygote, where there is one.
  while (ownChildren().length < stockSize() + Number(isForkingPossible()) && Date.now() < deadline)
    await sleep(20);
  const warm = ownChildren();
  assert.equal(warm.length, stockSize() + Number(isForkingPossible()));
  for (const pid of warm) process.kill(pid, 'SIGKILL');
  const child = new Process({ target: () => process.exit(6) });
  child.start();
  child.joinSync();
  assert.equal(child.exitcode, 6);
});

test(`${COUNT} processes, one after another, leave nothing behind in their parent`, async () => {
  await run(5);
  const before = measure();
  await run(COUNT);
  await sleep(300);
  const after = measure();
  assert.deepEqual({ ...after, heapMiB: 0 }, { ...before, heapMiB: 0 });
  assert.ok(after.heapMiB - before.heapMiB < 8, `the heap grew by ${after.heapMiB - before.heapMiB} MiB`);
});

async function run(count: number): Promise<void> {
  for (let i = 0; i < count; i++) {
    const child = new Process({ target: (n: number) => process.exit(n), args: [i % 100] });
    child.start();
    await child.join();
    assert.equal(child.exitcode, i % 100);
  }
  prewarm();
  await sleep(300);
}

function measure() {
  let slots = 0;
  for (let slot = 0; slot < slotsUsed(); slot++) if (isAlive(slot)) slots++;
  const events = ['exit', 'beforeExit', 'SIGURG', 'SIGINT', 'SIGTERM', 'uncaughtException', 'warning'];
  globalThis.gc?.();
  return {
    slots,
    children: ownChildren().length,
    descriptors: readdirSync('/proc/self/fd').length,
    listeners: events.map((event) => `${event} ${process.listenerCount(event)}`),
    objects: countObjects(),
    heapMiB: Math.round(process.memoryUsage().heapUsed / 2 ** 20),
  };
}

function ownChildren(): number[] {
  const children = readFileSync(`/proc/self/task/${process.pid}/children`, 'latin1').trim();
  return children === '' ? [] : children.split(' ').map(Number);
}

after(nothingLeft);
