// The defects of other kernels that concern the protocol, each shown not to be ours: a real kernel over real sockets.

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { type RealKernel, sharedKernel } from '../support/kernel/real-kernel';

describe('a real kernel', () => {
  const kernel = sharedKernel();

  /** Runs a cell that must succeed, and gives its result. */
  async function run(code: string): Promise<unknown> {
    const cell = kernel.client.execute(code);
    const reply = await cell.done();
    assert.ok(reply.status === 'ok', `${code}: ${JSON.stringify(reply)}`);
    return cell.result;
  }

  test('answers the 200th 1+1 as it did the first', async () => {
    for (let i = 0; i < 200; i++) assert.equal(await run('1+1'), '2');
  });

  test('takes what a cell only declares, and names that begin with two underscores', async () => {
    await run('declare const Plotly: any;');
    assert.equal(await run('typeof Plotly'), "'undefined'");
    await run("const { __typename } = { __typename: 'User' };");
    assert.equal(await run('__typename'), "'User'");
  });

  test('says of a cell that is nested too deeply for its compiler what to do, and runs the next', async () => {
    const cell = kernel.client.execute(`${'['.repeat(50_000)}${']'.repeat(50_000)}`);
    const reply = await cell.done();
    assert.ok(reply.status === 'error');
    assert.match(reply.evalue, /nested too deeply/);
    assert.equal(cell.contents('error')[0]?.evalue, reply.evalue);
    assert.equal(await run('1 + 1'), '2');
  });

  test('brings every line of 1,000 console.log', async () => {
    const cell = kernel.client.execute('for (let i = 0; i < 1000; i++) console.log(i);');
    await cell.done();
    assert.equal(cell.text('stdout'), Array.from({ length: 1000 }, (_, i) => `${i}\n`).join(''));
  });

  test('brings every line of 10,000, before idle', async () => {
    const cell = kernel.client.execute('for (let i = 0; i < 10_000; i++) console.log(i);');
    await cell.done();
    assert.equal(cell.text('stdout').split('\n').length, 10_001);
    assert.equal(cell.published.at(-1)?.content.execution_state, 'idle');
  });

  test('brings idle for each of 600 cells that were sent at once', async () => {
    const cells = Array.from({ length: 600 }, (_, i) => kernel.client.execute(`${i}`));
    for (const [i, cell] of cells.entries()) {
      await cell.done();
      assert.equal(cell.result, String(i));
    }
  });

  test('shows late output under the cell that caused it', async () => {
    const first = kernel.client.execute(
      'setTimeout(() => { console.log("late"); console.error("later"); }, 300); 1',
    );
    await first.done();
    const second = kernel.client.execute(
      'await new Promise((go) => setTimeout(go, 700)); console.log("second");',
    );
    await second.done();
    assert.deepEqual([first.text('stdout'), first.text('stderr')], ['late\n', 'later\n']);
    assert.equal(second.text('stdout'), 'second\n');
  });

  test('imports at run time what a notebook does not have beside it, without a word from Node', async () => {
    const cell = kernel.client.execute(
      'typeof (await import("parlab")).Lock + typeof (await import("node:os")).EOL',
    );
    await cell.done();
    assert.deepEqual([cell.result, cell.text('stderr')], ["'functionstring'", '']);
  });

  test('shows what a subprocess writes to the stdout that it inherits', async () => {
    const cell = kernel.client.execute(`
      import { execSync } from 'node:child_process';
      execSync('echo to stdout; echo to stderr >&2', { stdio: 'inherit' });`);
    await cell.done();
    assert.deepEqual([cell.text('stdout'), cell.text('stderr')], ['to stdout\n', 'to stderr\n']);
  });

  test('shows what a forked program prints', async () => {
    writeFileSync(join(kernel.directory, 'program.js'), 'console.log("forked", process.argv.slice(2));');
    const cell = kernel.client.execute(`
      import { fork } from 'node:child_process';
      import { once } from 'node:events';
      await once(fork('./program.js', ['one']), 'exit');`);
    await cell.done();
    await cell.until(() => cell.text('stdout') !== '', 'its line');
    assert.equal(cell.text('stdout'), "forked [ 'one' ]\n");
  });

  test('displays a picture of 5 MB whole, and changes a display by its id', async () => {
    const cell = kernel.client.execute(`
      import * as tslab from 'tslab';
      tslab.display.html('x'.repeat(5_000_000));
      const shown = tslab.newDisplay();
      shown.text('one');
      shown.text('two');`);
    assert.equal((await cell.done()).status, 'ok');
    const [large, one] = cell.contents('display_data') as {
      data: Record<string, string>;
      transient?: object;
    }[];
    assert.equal(large?.data['text/html']?.length, 5_000_000);
    const [two] = cell.contents('update_display_data') as {
      data: Record<string, string>;
      transient?: object;
    }[];
    assert.deepEqual([one?.data['text/plain'], two?.data['text/plain']], ['one', 'two']);
    assert.deepEqual(one?.transient, two?.transient);
  });

  test('completes behind an emoji, where the front end counts it as one', async () => {
    const code = 'const smile = "😀😀"; smile.toUpp';
    const reply = await kernel.client
      .request('complete_request', { code, cursor_pos: [...code].length })
      .done();
    assert.ok(reply.status === 'ok');
    assert.deepEqual(reply.matches, ['toUpperCase']);
    assert.deepEqual([reply.cursor_start, reply.cursor_end], [[...code].length - 5, [...code].length]);
  });

  test('completes, inspects and tells what it is while a cell blocks', async () => {
    const cell = kernel.client.execute(
      'console.log("blocking"); const until = Date.now() + 1500; while (Date.now() < until);',
    );
    await cell.until(() => cell.text('stdout') !== '', 'the cell to block');
    const completed = await kernel.client
      .request('complete_request', { code: 'Math.ma', cursor_pos: 7 })
      .done();
    assert.deepEqual(completed.status === 'ok' && completed.matches, ['max']);
    const inspected = await kernel.client
      .request('inspect_request', { code: 'Math.max', cursor_pos: 6 })
      .done();
    assert.ok(inspected.status === 'ok');
    assert.match(String(inspected.data['text/plain']), /max\(\.\.\.values: number\[\]\): number/);
    assert.equal((await kernel.client.request('kernel_info_request', {}, 'control').done()).status, 'ok');
    assert.ok(
      !cell.contents('status').some((status) => status.execution_state === 'idle'),
      'all that while it blocked',
    );
    await cell.done();
  });

  test('tells what it, its session and its children use, for the status bar', async () => {
    const usage = async () => {
      const reply = await kernel.client.request('usage_request', {}, 'control').done();
      assert.ok(reply.status === 'ok');
      return reply;
    };
    const before = await usage();
    assert.equal(before.pid, kernel.process.pid);
    await run(`
      import { Event as Signal, Process as Child } from 'parlab';
      const isFull = new Signal();
      const busy = new Child({
        target: () => { const kept = Buffer.alloc(300e6, 1); isFull.set(); while (kept.length > 0); },
      });
      busy.start();
      await isFull.wait();`);
    const during = await usage();
    await run('busy.kill(); await busy.join();');
    // Against the figure from afterwards: the process that makes the compiler's image may have ended since the first look.
    const after = await usage();
    const bytes = during.kernel_memory - after.kernel_memory;
    assert.ok(bytes > 250e6, `${during.kernel_memory} → ${after.kernel_memory}`);
    assert.ok(during.kernel_cpu > 1, `${during.kernel_cpu} %`);
  });

  test('asks, and a blocked question is interrupted', async () => {
    kernel.client.onInput = (text) => `${text} 42`;
    assert.equal(await run('prompt("How many?")'), "'How many? 42'");
    const asked = new Promise<void>((resolve) => {
      kernel.client.onInput = () => void resolve();
    });
    const cell = kernel.client.execute('prompt("And now?")');
    await asked;
    const reply = await interrupted(cell);
    assert.equal(reply.ename, 'KeyboardInterrupt');
  });

  async function interrupted(cell: ReturnType<RealKernel['client']['execute']>) {
    const start = performance.now();
    await kernel.client.interrupt().reply();
    const reply = await cell.done();
    const tookMs = performance.now() - start;
    assert.ok(reply.status === 'error', JSON.stringify(reply));
    // The promise is 500 ms on a quiet machine.
    assert.ok(tookMs < 3000, `it took ${tookMs} ms`);
    return reply;
  }

  const loops: [what: string, code: string][] = [
    ['while (true) {}', 'while (true) {}'],
    ['await null; while (true) {}', 'await null; while (true) {}'],
    ['a loop of awaits of nothing', 'for (;;) await null;'],
    ['a loop of pauses', 'for (;;) await new Promise((go) => setTimeout(go, 10));'],
    ['a promise that never settles', 'await new Promise(() => {});'],
    ['an endless storm of output', 'for (let i = 0; ; i++) console.log("line", i);'],
  ];
  for (const [i, [what, code]] of loops.entries()) {
    test(`stops ${what} and keeps the variables`, async () => {
      await run(`const kept${i} = ${i};`);
      const cell = kernel.client.execute(`console.log("begun"); let reached${i} = true;\n${code}`);
      await cell.until(() => cell.text('stdout').includes('begun'), 'the loop to begin');
      await sleep(100);
      const waiting = kernel.client.execute('console.log("must not run")');
      assert.equal((await interrupted(cell)).ename, 'KeyboardInterrupt');
      assert.equal((await waiting.done()).status, 'error');
      assert.equal(waiting.text('stdout'), '');
      assert.equal(await run(`[kept${i}, reached${i}]`), `[ ${i}, true ]`);
    });
  }

  test('shows a process under the cell that started it, also after that cell', async () => {
    const first = kernel.client.execute(`
      import { Process } from 'parlab';
      const child = new Process({ target: async () => {
        console.log('started');
        await new Promise((go) => setTimeout(go, 800));
        console.log('from', process.pid);
      } });
      child.start();`);
    assert.equal((await first.done()).status, 'ok');
    const second = kernel.client.execute('await child.join(); [child.pid, child.exitcode]');
    await second.done();
    const [pid] = JSON.parse(String(second.result).replace(/'/g, '"')) as [number];
    await first.until(() => first.text('stdout').includes('from'), 'the late line');
    assert.equal(first.text('stdout'), `started\nfrom ${pid}\n`);
    assert.equal(second.text('stdout'), '');
  });
});
