// A session that ends while or after a cell ran: the reason is told, the kernel stays, and a new session takes over.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { startInMemory } from '../support/kernel/in-memory';
import { nothingLeft } from '../support/processes/nothing-left';

describe('a session that ends', () => {
  let kernel: Awaited<ReturnType<typeof startInMemory>>;
  before(async () => {
    kernel = await startInMemory();
  });
  after(async () => {
    await kernel.stop();
    await nothingLeft();
  });

  const endings: [what: string, code: string, sentence: RegExp][] = [
    [
      'by process.exit(3)',
      'show({ type: "exited", exitcode: 3 }); process.exit(3)',
      /^The session ended because process\.exit\(3\) was called\. All variables are lost\./,
    ],
    [
      'because it wrote to the descriptor of the kernel',
      'setTimeout(() => raw(3, "this is no frame, whatever else it may be"), 20); await untilInterrupted()',
      /something wrote to its descriptor 3/,
    ],
    ['by an exit code of its own', 'process.reallyExit(7)', /by itself with exit code 7/],
    [
      'by SIGKILL',
      'process.kill(process.pid, "SIGKILL"); await untilInterrupted()',
      /was killed \(SIGKILL\)/,
    ],
    [
      'by another signal',
      'process.kill(process.pid, "SIGTERM"); await untilInterrupted()',
      /signal SIGTERM \(15\)/,
    ],
    ['by a crash', 'process.abort()', /signal SIGABRT \(6\)/],
    [
      'because memory ran out',
      'raw(2, "FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory\\n"); process.abort()',
      /ran out of memory/,
    ],
  ];
  for (const [what, code, sentence] of endings) {
    test(`${what} is reported in the cell that ran, with what it had printed`, async () => {
      const forgotten = kernel.cells.forgotten;
      const oldPid = kernel.kernel.sessionPid;
      const cell = kernel.client.execute(`variables.x = 1; print("before"); ${code}`);
      const reply = await cell.done();
      assert.equal(reply.status === 'error' && reply.ename, 'SessionEnded');
      assert.match(String(cell.contents('error')[0]?.evalue), sentence);
      assert.equal(cell.text('stdout'), 'before');
      const next = kernel.client.execute('return String(variables.x)');
      assert.equal((await next.done()).status, 'ok');
      assert.equal(next.result, 'undefined');
      assert.notEqual(kernel.kernel.sessionPid, oldPid);
      assert.equal(kernel.cells.forgotten, forgotten + 1);
    });
  }

  test('between two cells is reported under the last one', async () => {
    const cell = kernel.client.execute('setTimeout(() => process.kill(process.pid, "SIGKILL"), 50)');
    await cell.done();
    await cell.until(() => cell.contents('error').length === 1, 'the report');
    assert.match(String(cell.contents('error')[0]?.evalue), /was killed/);
    assert.equal((await kernel.client.execute('1').done()).status, 'ok');
  });

  test('just before a cell does not take the cell with it', async () => {
    const pid = kernel.kernel.sessionPid as number;
    process.kill(pid, 'SIGKILL');
    await until(() => !isAlive(pid), 'its end');
    const cell = kernel.client.execute('return 5');
    assert.equal((await cell.done()).status, 'ok');
  });

  test('twice in a row is replaced twice', async () => {
    const cells = ['process.reallyExit(1)', 'process.reallyExit(1)', '1'].map((code) =>
      kernel.client.execute(code, { stop_on_error: false }),
    );
    const replies = await Promise.all(cells.map((cell) => cell.done()));
    assert.deepEqual(
      replies.map(({ status }) => status),
      ['error', 'error', 'ok'],
    );
  });

  test('does not run the cells that waited', async () => {
    const dying = kernel.client.execute(
      'await new Promise((go) => setTimeout(go, 50)); process.reallyExit(1)',
    );
    const waiting = kernel.client.execute('print("ran")');
    await dying.done();
    const reply = await waiting.done();
    assert.equal(reply.status === 'error' && reply.ename, 'NotRun');
  });
});

test('A session that cannot even begin is told in each cell, and in the log, and is not started for ever.', async () => {
  const kernel = await startInMemory(['-e', 'console.error("no library"); process.exit(1)']);
  await until(() => kernel.log.length > 0, 'the log');
  assert.match(kernel.log.join('\n'), /The session says: no library/);
  for (let i = 0; i < 2; i++) {
    const reply = await kernel.client.execute('1').done();
    assert.match(reply.status === 'error' ? reply.evalue : '', /by itself with exit code 1/);
  }
  await until(() => kernel.kernel.sessionPid === undefined, 'no session');
  await kernel.stop();
  await nothingLeft();
});

for (const busy of [false, true]) {
  for (const channel of ['shell', 'control'] as const) {
    test(`shutdown on ${channel} ${busy ? 'while a cell runs ' : ''}replies when the session is gone`, async () => {
      const { kernel, client, ended, transport } = await startInMemory();
      await client.execute('1').done();
      const pid = kernel.sessionPid as number;
      if (busy) {
        const cell = client.execute('print("go"); for (;;);');
        await cell.until(() => cell.text('stdout') === 'go', 'the loop');
      }
      const exchange = client.request('shutdown_request', { restart: true }, channel);
      assert.deepEqual(await exchange.reply(), { status: 'ok', restart: true });
      assert.throws(() => process.kill(pid, 0), { code: 'ESRCH' });
      await ended;
      assert.deepEqual(exchange.contents('shutdown_reply'), [{ status: 'ok', restart: true }]);
      assert.ok(transport.closed);
      await nothingLeft();
    });
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function until(holds: () => boolean, what: string): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (!holds()) {
    assert.ok(Date.now() < deadline, `waited in vain for ${what}`);
    await sleep(2);
  }
}
