// The conversation that VS Code's Jupyter extension has with a kernel, in its order and with its extra fields. VS Code itself cannot
// be installed here.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { DebugClient } from '../support/kernel/debug-client';
import { sharedKernel } from '../support/kernel/real-kernel';

describe('VS Code', () => {
  const kernel = sharedKernel();

  const execute = (code: string, more: object = {}) =>
    kernel.client.execute(code, {
      stop_on_error: false,
      allow_stdin: true,
      store_history: true,
      user_expressions: {},
      cellId: 'vscode-notebook-cell:/notebook.ipynb#W0sZmlsZQ',
      ...more,
    });

  test('asks who the kernel is, several times at once, before anything else', async () => {
    const asked = [1, 2, 3].map(() => kernel.client.request('kernel_info_request', {}).done());
    for (const reply of await Promise.all(asked)) {
      assert.ok(reply.status === 'ok');
      assert.equal(reply.language_info.codemirror_mode, 'typescript');
      assert.equal(reply.debugger, true);
    }
    assert.equal((await kernel.client.request('comm_info_request', {}).done()).status, 'ok');
  });

  test('sends all cells at once, and each is answered though one of them fails', async () => {
    const cells = ['const a = 1; a', 'throw new Error("on purpose")', 'a + 1'].map((code) => execute(code));
    const replies = await Promise.all(cells.map((cell) => cell.done()));
    assert.deepEqual(
      replies.map(({ status }) => status),
      ['ok', 'error', 'ok'],
    );
    assert.equal(cells[2]?.result, '2');
  });

  test('runs silent code of its own, which counts as no cell', async () => {
    const silent = execute('globalThis.process.version', { silent: true, store_history: false });
    assert.equal((await silent.done()).status, 'ok');
    assert.deepEqual(silent.contents('execute_result'), []);
  });

  test('completes with every key, and inspects what is chosen', async () => {
    const text = 'Math.max';
    const replies = await Promise.all(
      [6, 7, 8].map((cursor_pos) =>
        kernel.client.request('complete_request', { code: text.slice(0, cursor_pos), cursor_pos }).done(),
      ),
    );
    for (const reply of replies) assert.ok(reply.status === 'ok' && reply.matches.includes('max'));
    const inspected = await kernel.client
      .request('inspect_request', { code: text, cursor_pos: text.length, detail_level: 0 })
      .done();
    assert.ok(inspected.status === 'ok' && inspected.found);
  });

  test('debugs a cell, as its own client of the Debug Adapter Protocol', async () => {
    const client = new DebugClient(kernel);
    await client.attach('vscode');
    const code = 'let sum = 0;\nfor (const n of [1, 2]) {\n  sum += n;\n}\nsum';
    await client.breakIn(code, 3);
    await client.ask('configurationDone');
    const cell = execute(code);
    const { top, threadId } = await client.stopped('breakpoint');
    assert.equal(top.line, 3);
    await client.ask('disconnect', { terminateDebuggee: false });
    assert.equal((await cell.done()).status, 'ok');
    assert.equal(cell.result, '3');
    assert.ok(threadId > 0);
  });

  test('interrupts by a message', async () => {
    const cell = execute('console.log("begun"); while (true) {}');
    await cell.until(() => cell.text('stdout') !== '', 'it to begin');
    await kernel.client.interrupt().done();
    const reply = await cell.done();
    assert.equal(reply.status === 'error' && reply.ename, 'KeyboardInterrupt');
  });
});
