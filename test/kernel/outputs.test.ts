// What cells and their processes write and show: all of it, in order, under the right cell, at any speed.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { startInMemory } from '../support/kernel/in-memory';
import { nothingLeft } from '../support/processes/nothing-left';

describe('output', () => {
  let kernel: Awaited<ReturnType<typeof startInMemory>>;
  before(async () => {
    kernel = await startInMemory();
  });
  after(async () => {
    await kernel.stop();
    await nothingLeft();
  });

  test('of 100,000 lines arrives whole, in few messages, before idle', async () => {
    const cell = kernel.client.execute('for (let i = 0; i < 100_000; i++) print("line " + i + "\\n")', {
      allow_stdin: false,
    });
    await cell.done();
    const lines = cell.text('stdout').split('\n');
    assert.equal(lines.length, 100_001);
    assert.ok(lines.slice(0, -1).every((line, i) => line === `line ${i}`));
    assert.ok(cell.contents('stream').length < 5_000, `${cell.contents('stream').length} messages`);
    assert.equal(cell.published.at(-1)?.content.execution_state, 'idle');
  });

  test('that nobody reads stops the writer instead of filling memory, and then arrives whole', async () => {
    let unblock = (): void => undefined;
    kernel.transport.iopubBlocked = new Promise((resolve) => {
      unblock = resolve;
    });
    const before = process.memoryUsage().rss;
    const cell = kernel.client.execute(
      'for (let i = 0; i < 20_000; i++) print("x".repeat(2000) + "\\n"); return "written"',
      { allow_stdin: false },
    );
    await new Promise((go) => setTimeout(go, 1500));
    const grown = process.memoryUsage().rss - before;
    assert.ok(grown < 30e6, `40 MB were printed, and the kernel holds ${grown} bytes more`);
    // No interrupt: a session that does not obey it is replaced, and this one does not while it writes.
    const { status } = await kernel.client.request('kernel_info_request', {}, 'control').reply();
    assert.equal(status, 'ok', 'the control channel answers meanwhile');
    kernel.transport.iopubBlocked = undefined;
    unblock();
    await cell.done();
    assert.equal(cell.text('stdout').length, 20_000 * 2001);
  });

  test('of an ended cell appears under that cell while another runs', async () => {
    const first = kernel.client.execute('setTimeout(() => print("late"), 100)');
    await first.done();
    const second = kernel.client.execute('await new Promise((go) => setTimeout(go, 300)); print("second")');
    await second.done();
    assert.equal(first.text('stdout'), 'late');
    assert.equal(second.text('stdout'), 'second');
  });

  test('of a subprocess that inherits the descriptors appears in the cell, before idle', async () => {
    const cell = kernel.client.execute(
      'require("node:child_process").execSync("echo out; echo err >&2", { stdio: "inherit" })',
    );
    await cell.done();
    assert.deepEqual([cell.text('stdout'), cell.text('stderr')], ['out\n', 'err\n']);
    assert.equal(cell.published.at(-1)?.content.execution_state, 'idle');
  });

  test('in raw bytes may cut a character anywhere', async () => {
    const cell = kernel.client.execute(`
      const { writeSync } = require("node:fs");
      for (const byte of Buffer.from("héllo 😀")) { writeSync(1, Buffer.of(byte)); await new Promise((go) => setTimeout(go, 2)); }`);
    await cell.done();
    assert.equal(cell.text('stdout'), 'héllo 😀');
  });

  test('that is displayed can be changed later by its id', async () => {
    const cell = kernel.client.execute(`
      show({ type: "displayed", bundle: { "text/plain": "1" }, metadata: {}, displayId: "d" });
      show({ type: "displayed", bundle: { "text/plain": "2" }, metadata: {}, displayId: "d", update: true });
      show({ type: "displayed", bundle: { "text/plain": "3" }, metadata: {} });
      show({ type: "cleared", wait: true });`);
    await cell.done();
    const shown = cell.published.slice(2, -1).map(({ type, content }) => ({ type, content }));
    assert.deepEqual(shown, [
      {
        type: 'display_data',
        content: { data: { 'text/plain': '1' }, metadata: {}, transient: { display_id: 'd' } },
      },
      {
        type: 'update_display_data',
        content: { data: { 'text/plain': '2' }, metadata: {}, transient: { display_id: 'd' } },
      },
      { type: 'display_data', content: { data: { 'text/plain': '3' }, metadata: {} } },
      { type: 'clear_output', content: { wait: true } },
    ]);
  });

  test('that JSON cannot say is named in the cell and harms nothing', async () => {
    const cell = kernel.client.execute(
      'show({ type: "displayed", bundle: { "application/json": 1n }, metadata: {} })',
    );
    assert.equal((await cell.done()).status, 'ok');
    assert.match(cell.text('stderr'), /cannot be displayed.*BigInt/);
  });

  test('of a failure in the background is an error under the cell that caused it', async () => {
    const cell = kernel.client.execute(
      'show({ type: "failed", name: "Error", message: "late", traceback: [] })',
    );
    assert.equal((await cell.done()).status, 'ok');
    assert.equal(cell.contents('error')[0]?.evalue, 'late');
  });

  test('and idle of 600 cells in a row arrive', async () => {
    const cells = Array.from({ length: 600 }, (_, i) => kernel.client.execute(`print("${i}"); return ${i}`));
    await Promise.all(cells.map((cell) => cell.done()));
    assert.ok(cells.every((cell, i) => cell.text('stdout') === `${i}` && cell.result === `${i}`));
  });
});
