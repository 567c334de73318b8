// Subshells: cells that run beside the cells of the main queue, in the same session.

import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { sharedKernel } from '../support/kernel/real-kernel';

describe('a subshell', () => {
  const kernel = sharedKernel();
  let subshell: string;
  before(async () => {
    const created = await kernel.client.request('create_subshell_request', {}, 'control').done();
    assert.ok(created.status === 'ok');
    subshell = created.subshell_id;
  });

  const listed = async () => {
    const reply = await kernel.client.request('list_subshell_request', {}, 'control').done();
    return reply.status === 'ok' && reply.subshell_id;
  };

  test('is listed until it is deleted', async () => {
    const created = await kernel.client.request('create_subshell_request', {}, 'control').done();
    assert.ok(created.status === 'ok');
    assert.deepEqual(await listed(), [subshell, created.subshell_id]);
    const ask = { subshell_id: created.subshell_id };
    assert.equal(
      (await kernel.client.request('delete_subshell_request', ask, 'control').done()).status,
      'ok',
    );
    assert.deepEqual(await listed(), [subshell]);
    const again = await kernel.client.request('delete_subshell_request', ask, 'control').done();
    assert.equal(again.status === 'error' && again.ename, 'UnknownSubshell');
  });

  test('runs a cell while a cell of the main queue waits, with the same variables', async () => {
    await kernel.client.execute('let go: (value: string) => void = () => {};').done();
    const main = kernel.client.execute(
      "console.log('waiting'); await new Promise<string>((resolve) => { go = resolve; })",
    );
    await main.until(() => main.text('stdout') !== '', 'the main cell to wait');
    const beside = kernel.client.execute("go('from the subshell'); 2", {}, subshell);
    assert.equal((await beside.done()).status, 'ok');
    assert.equal(beside.result, '2');
    await main.done();
    assert.equal(main.result, "'from the subshell'");
  });

  test('keeps its own cells in order, and goes on when the main queue stops at an error', async () => {
    const failing = kernel.client.execute(
      'await new Promise((go) => setTimeout(go, 200)); throw new Error("main")',
    );
    const skipped = kernel.client.execute('1');
    const first = kernel.client.execute(
      'await new Promise((go) => setTimeout(go, 300)); console.log("first")',
      {},
      subshell,
    );
    const second = kernel.client.execute('console.log("second")', {}, subshell);
    assert.equal((await failing.done()).status, 'error');
    assert.equal((await skipped.done()).status, 'error');
    assert.equal((await first.done()).status, 'ok');
    assert.equal((await second.done()).status, 'ok');
  });

  test('is interrupted together with the main queue', async () => {
    const cells = [undefined, subshell].map((id) =>
      kernel.client.execute('console.log("begun"); await new Promise(() => {})', {}, id),
    );
    for (const cell of cells) await cell.until(() => cell.text('stdout') !== '', 'it to begin');
    await kernel.client.interrupt().done();
    for (const cell of cells) {
      const reply = await cell.done();
      assert.equal(reply.status === 'error' && reply.ename, 'KeyboardInterrupt');
    }
  });

  test('that nobody made is an error, and nothing runs', async () => {
    const cell = kernel.client.execute('console.log("ran")', {}, 'nowhere');
    const reply = await cell.done();
    assert.equal(reply.status === 'error' && reply.ename, 'UnknownSubshell');
    assert.equal(cell.text('stdout'), '');
  });

  test('does not run what waits in it when it is deleted', async () => {
    const running = kernel.client.execute(
      'await new Promise((go) => setTimeout(go, 300)); "ended"',
      {},
      subshell,
    );
    const waiting = kernel.client.execute('1', {}, subshell);
    await running.until(({ published }) => published.length >= 2, 'it to begin');
    // What comes behind it through the same socket has been answered, so it waits there; the next goes through another.
    await kernel.client.request('kernel_info_request', {}).done();
    await kernel.client.request('delete_subshell_request', { subshell_id: subshell }, 'control').done();
    const reply = await waiting.done();
    assert.match(reply.status === 'error' ? reply.evalue : '', /its subshell was deleted/);
    await running.done();
    assert.equal(running.result, "'ended'");
  });
});
