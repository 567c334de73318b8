// A deadlock of children that a cell starts is told under that cell, with cells and lines. What a later cell or a task in the
// background may bring is no deadlock, however long it takes.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Exchange } from './client';
import { nothingLeft } from './nothing-left';
import { type RealKernel, startRealKernel, untilNone } from './real-kernel';

/** Several times as long as it takes to tell a deadlock. */
const LONG_MS = 3000;

const DINE = `
import { Barrier, Lock, Process } from 'parlab';

async function dine(seats: number) {
  const forks = Array.from({ length: seats }, (_, n) => new Lock({ name: 'fork ' + (n + 1) }));
  const hungry = new Barrier(seats);
  async function eat(seat: number) {
    const left = await forks[seat].acquire();
    await hungry.wait();
    try {
      using right = await forks[(seat + 1) % seats].acquire();
      console.log('ate');
    } finally {
      left.release();
    }
  }
  const eaters = forks.map((_, seat) => new Process({ target: eat, args: [seat] }));
  for (const eater of eaters) eater.start();
  for (const eater of eaters) await eater.join();
  return eaters.filter((eater) => eater.exitcode === 0).length;
}
await dine(2)`;

describe('a notebook', () => {
  let kernel: RealKernel;
  before(async () => {
    kernel = await startRealKernel();
  });
  after(async () => {
    await kernel.stop();
    assert.deepEqual(await untilNone(kernel, 5000), []);
    await nothingLeft();
  });

  async function run(code: string): Promise<Exchange> {
    const cell = kernel.client.execute(code);
    const reply = await cell.done();
    assert.ok(reply.status === 'ok', `${code}: ${JSON.stringify(reply)}`);
    return cell;
  }

  for (const seats of [2, 5]) {
    test(`of ${seats} philosophers, children of a cell, tells one of the deadlock, and all others eat`, async () => {
      const cell = await run(DINE.replace('dine(2)', `dine(${seats})`));
      const told = cell.text('stderr');
      assert.equal(cell.result, String(seats - 1), told);
      assert.equal(cell.text('stdout'), 'ate\n'.repeat(seats - 1));
      assert.equal(told.split('DeadlockError: ').length, 2, told);
      for (let fork = 1; fork <= seats; fork++) {
        assert.match(told, new RegExp(`holds fork ${fork} \\(Cell .{1,8}, line 8\\)`));
        assert.match(told, new RegExp(`waits for fork ${fork} \\(Cell .{1,8}, line 11\\)`));
      }
    });
  }

  test('may bring in a later cell what its children wait for', async () => {
    const started = await run(`
      import { Lock, Process, Queue } from 'parlab';
      const items = new Queue<string>();
      const gate = new Lock();
      async function consume() {
        console.log('begun');
        console.log(await items.get());
      }
      function pass() {
        gate.acquireSync();
        console.log('begun');
        gate.acquireSync();
      }
      const waiting = [new Process({ target: consume }), new Process({ target: pass })];
      for (const each of waiting) each.start();`);
    await started.until((cell) => cell.text('stdout') === 'begun\nbegun\n', 'both to have begun');
    await sleep(LONG_MS);
    const ended = await run(`
      items.putSync('bread');
      gate.release();
      for (const each of waiting) await each.join();
      waiting.map((each) => each.exitcode)`);
    assert.equal(ended.result, '[ 0, 0 ]', started.text('stderr'));
  });

  test('may await what its own background brings, and block for what a child brings', async () => {
    await run(`
      import { Event } from 'parlab';
      const soon = new Event();
      setTimeout(() => soon.set(), ${LONG_MS});`);
    assert.equal((await run('await soon.wait()')).result, 'true');
    const cell = await run(`
      const late = new Event();
      async function bring() {
        await new Promise((resolve) => setTimeout(resolve, ${LONG_MS}));
        late.set();
      }
      new Process({ target: bring }).start();
      late.waitSync()`);
    assert.equal(cell.result, 'true');
  });
});
