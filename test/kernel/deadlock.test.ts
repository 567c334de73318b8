// A deadlock of children that a cell starts is told under that cell, with cells and lines. What a later cell or a task in the
// background may bring is no deadlock, however long it takes.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Exchange } from '../support/kernel/client';
import { sharedKernel } from '../support/kernel/real-kernel';

/** Several times as long as it takes to tell a deadlock. */
const LONG_MS = 4500;

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
  const kernel = sharedKernel({}, 5000);

  /** What stands under the cell of its displays, by their ids, as a front end would have it. */
  function displays(cell: Exchange): string[] {
    const shown = new Map<string, string>();
    for (const { type, content } of cell.published) {
      if (type !== 'display_data' && type !== 'update_display_data') continue;
      const { display_id = '' } = (content.transient ?? {}) as { display_id?: string };
      shown.set(display_id, ((content.data as { [mime: string]: string })['text/plain'] ?? '').trim());
    }
    return [...shown.values()].filter((text) => text !== '');
  }

  function firstDisplay(cell: Exchange, mime: string): string {
    const [data = {}] = cell
      .contents('display_data')
      .map((content) => content.data as { [mime: string]: string });
    return data[mime] ?? '';
  }

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
      assert.equal(told.split('DeadlockError').length, 2, told);
      const [picture = ''] = displays(cell);
      assert.equal(picture.split('\n').filter((line) => line.startsWith('→ ')).length, 2 * seats, picture);
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

  test('says under a cell that only waits what it waits for, and takes it back when it goes on', async () => {
    const cell = kernel.client.execute(`
      import { Event, Process, Queue } from 'parlab';
      const jobs = new Queue<string>(0, { name: 'jobs' });
      async function work() {
        return void (await jobs.get());
      }
      const worker = new Process({ target: work, name: 'Worker <1>' });
      worker.start();
      async function join() {
        await worker.join();
        await new Promise((resolve) => setTimeout(resolve, 10));
        return worker.exitcode;
      }
      await join()`);
    await cell.until((each) => displays(each).length > 0, 'the line');
    const [line = ''] = displays(cell);
    assert.match(
      line,
      /^Waiting for 3 s: the cell waits for the end of Worker <1> \(Cell (.+), line 10\), which waits in Queue\.get\(\) for jobs \(Cell \1, line 5\)\. To end the wait, interrupt the kernel\.$/,
    );
    const html = firstDisplay(cell, 'text/html');
    assert.ok(html.includes('Worker &lt;1&gt;') && html.includes('data:image/svg+xml;base64,'), html);
    kernel.client.interrupt();
    await cell.done();
    assert.deepEqual(displays(cell), []);
    assert.equal(cell.contents('display_data').length, 1);
  });

  for (const [what, code, told] of [
    [
      'any of several things',
      `import { Queue, wait } from 'parlab';
      const several = [new Queue(0, { name: 'one' }), new Queue(0, { name: 'other' })];
      await wait(several)`,
      /^Waiting for 3 s: the cell waits in wait\(\) for one \(Cell .+, line 3\) and in wait\(\) for other \(Cell .+, line 3\)\./,
    ],
    [
      'a pool',
      `import { Event, Pool } from 'parlab';
      const never = new Event({ name: 'never' });
      const pool = new Pool({ processes: 1 });
      const task = () => never.wait();
      await pool.apply(task)`,
      /^Waiting for 3 s: the cell waits for results of its pool \(Cell .+, line 5\)\./,
    ],
    [
      'the lock of a condition',
      `import { Condition, Lock } from 'parlab';
      const gateOfAll = new Lock({ name: 'gate' });
      const opened = new Condition(gateOfAll);
      await gateOfAll.acquire();
      await opened.acquire()`,
      /^Waiting for 3 s: the cell waits for gate \(Cell .+, line 5\)/,
    ],
  ] as const) {
    test(`says what a cell waits for that waits for ${what}`, async () => {
      const cell = kernel.client.execute(code);
      await cell.until((each) => displays(each).length > 0, 'the line');
      assert.match(displays(cell)[0] ?? '', told);
      kernel.client.interrupt();
      await cell.done();
      assert.deepEqual(displays(cell), []);
    });
  }

  test('goes on without a line while a timer, a child or another wait may bring something', async () => {
    const cell = await run(`
      import { Event, Process, Queue } from 'parlab';
      const one = new Queue<number>();
      const child = new Process({ target: () => { for (const end = Date.now() + ${LONG_MS}; Date.now() < end; ); one.putSync(1); } });
      child.start();
      await one.get();
      await child.join();
      const sleeper = new Process({ target: () => new Promise((resolve) => setTimeout(resolve, ${LONG_MS})) });
      sleeper.start();
      await sleeper.join();
      await new Promise((resolve) => setTimeout(resolve, ${LONG_MS}));
      const later = new Event();
      setTimeout(() => later.set(), ${LONG_MS});
      await later.wait();
      await one.get({ timeout: ${LONG_MS} }).catch(() => 'nothing')`);
    assert.equal(cell.result, "'nothing'");
    assert.deepEqual(cell.contents('display_data'), []);
  });

  test('takes the line back when a child brings what the cell waits for', async () => {
    const cell = await run(`
      import { Event, Lock, Process } from 'parlab';
      const door = new Lock({ name: 'door' });
      const taken = new Event();
      async function hold() {
        await door.acquire();
        taken.set();
        await new Promise((resolve) => setTimeout(resolve, 6000));
        door.release();
      }
      const holder = new Process({ target: hold, name: 'Holder' });
      holder.start();
      await taken.wait();
      await door.with(() => 'inside')`);
    assert.equal(cell.result, "'inside'");
    assert.match(
      firstDisplay(cell, 'text/plain'),
      /^Waiting for 3 s: the cell waits for door \(Cell .+, line 14\), held by Holder, which is running\./,
    );
    assert.deepEqual(displays(cell), []);
  });
});
