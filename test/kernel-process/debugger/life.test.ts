// What a debugger meets besides breakpoints: nobody attached, interrupts, sessions that end, children, leaving.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, beforeEach, describe, test } from 'node:test';
import { DebugClient, values } from '../../support/kernel/debug-client';
import { type RealKernel, startRealKernel, untilNone } from '../../support/kernel/real-kernel';
import { nothingLeft } from '../../support/processes/nothing-left';

// Of our own, since the kernels of other test files make such folders at the same time.
const folder = mkdtempSync(join(tmpdir(), 'parlab-life-'));
process.env.TMPDIR = folder;
after(async () => {
  rmSync(folder, { recursive: true });
  await nothingLeft();
});

describe('a debugger', () => {
  let kernel: RealKernel;
  let client: DebugClient;
  beforeEach(async () => {
    kernel = await startRealKernel();
    client = new DebugClient(kernel);
  });
  afterEach(async () => {
    await kernel.stop();
    // A process that was just starting when its session ended is gone by then.
    assert.deepEqual(await untilNone(kernel, 2000), []);
    assert.deepEqual(debugSockets(), []);
  });

  test('shows the variables of the notebook with their types, also when nobody has attached', async () => {
    const info = await client.ask('debugInfo');
    assert.deepEqual([info.isStarted, info.hashMethod, info.breakpoints], [false, 'Murmur2', []]);
    const code = `let n = 1;
const names: string[] = ['Ada'];
function twice(n: number) { return n * 2; }
const looked: string[] = [];
const lazy = { get secret() { looked.push('!'); return 7; } };
const large = new Map(Array.from({ length: 250 }, (_, i) => [i, i * i]));`;
    await kernel.client.execute(code).done();
    const { variables } = await client.ask('inspectVariables');
    const shown = Object.fromEntries(variables.map(({ name, type, value }) => [name, [type, value]]));
    assert.deepEqual(shown.n, ['number', '1']);
    assert.deepEqual(shown.names, ['string[]', "Array(1) ['Ada']"]);
    assert.equal(shown.twice?.[0], '(n: number) => number');
    assert.deepEqual(shown.lazy?.[1], '{ secret: (getter) }');
    const open = (name: string) => variables.find((each) => each.name === name)?.variablesReference ?? 0;
    const ranges = await client.variables(open('large'));
    assert.deepEqual(
      ranges.map(({ name }) => name),
      ['[0 … 99]', '[100 … 199]', '[200 … 249]'],
    );
    const last = values(await client.variables(ranges[2]?.variablesReference ?? 0));
    assert.deepEqual([Object.keys(last).length, last['249']], [50, String(249 * 249)]);
    assert.equal(values(await client.variables(open('large'), { start: 3, count: 1 }))['3'], '9');
    const [getter] = await client.variables(open('lazy'));
    assert.equal(values((await client.ask('inspectVariables')).variables).looked, 'Array(0) []');
    assert.ok(getter);
    assert.deepEqual((await client.ask('richInspectVariables', { variableName: 'names' })).data, {
      'text/plain': "[ 'Ada' ]",
    });
    assert.deepEqual((await client.ask('richInspectVariables', { variableName: 'unheard' })).data, {});
  });

  test('leaves a statement debugger alone that nobody asked for', async () => {
    assert.equal((await kernel.client.execute('debugger; 1').done()).status, 'ok');
  });

  test('gives way to an interrupt: the cell that is stopped ends there, variables stay', async () => {
    await client.attach();
    const code = 'let reached = 1;\nreached = 2;\nreached = 3;';
    await client.breakIn(code, 3);
    const cell = kernel.client.execute(code);
    await client.stopped('breakpoint');
    await kernel.client.request('complete_request', { code: 'reach', cursor_pos: 5 }).done();
    await kernel.client.interrupt().done();
    const reply = await cell.done();
    assert.ok(reply.status === 'error' && reply.ename === 'KeyboardInterrupt', JSON.stringify(reply));
    const next = kernel.client.execute('reached');
    await next.done();
    assert.equal(next.result, '2');
    const again = kernel.client.execute(code);
    await client.stopped('breakpoint');
    await client.ask('continue', { threadId: 1 });
    assert.equal((await again.done()).status, 'ok');
  });

  test('takes nothing from an interrupt, while it is attached and after it has left', async () => {
    const loops = async (when: string) => {
      for (const code of ['while (true) {}', 'await 0; while (true) {}', 'await new Promise(() => {});']) {
        const cell = kernel.client.execute(`console.log('begun');\n${code}`);
        await cell.until(() => cell.text('stdout') === 'begun\n', 'the beginning');
        await kernel.client.interrupt().done();
        const reply = await cell.done();
        assert.equal(reply.status === 'error' && reply.ename, 'KeyboardInterrupt', `${when}: ${code}`);
      }
    };
    await kernel.client.execute('const kept = 1;').done();
    await client.attach();
    await loops('attached');
    await client.ask('disconnect', { restart: false, terminateDebuggee: false });
    await loops('left');
    const kept = kernel.client.execute('kept');
    await kept.done();
    assert.equal(kept.result, '1');
  });

  test('lets everything go on when its client leaves, and stops nowhere any more', async () => {
    await client.attach();
    const code = 'let a = 1;\na += 1;\na';
    await client.breakIn(code, 2);
    const cell = kernel.client.execute(code);
    await client.stopped('breakpoint');
    assert.deepEqual((await client.ask('debugInfo')).stoppedThreads, [1]);
    await client.ask('disconnect', { restart: false, terminateDebuggee: false });
    await cell.done();
    assert.equal(cell.result, '2');
    assert.deepEqual(debugSockets(), []);
    assert.equal((await kernel.client.execute(code).done()).status, 'ok');
    const info = await client.ask('debugInfo');
    assert.deepEqual([info.isStarted, info.breakpoints, info.stoppedThreads], [false, [], []]);
  });

  for (const [command, given] of [
    ['attach', {}],
    ['inspectVariables', {}],
    ['evaluate', { expression: '1' }],
  ] as const) {
    for (const order of ['just before', 'just behind']) {
      test(`that asks to ${command} ${order} a shutdown does not hold the kernel up`, async () => {
        const ask = () =>
          kernel.client.request(
            'debug_request',
            { type: 'request', seq: 1, command, arguments: given },
            'control',
          );
        await kernel.client.execute('1').done();
        if (order === 'just before') ask();
        const exited = once(kernel.process, 'exit', { signal: AbortSignal.timeout(8000) });
        kernel.client.request('shutdown_request', { restart: false }, 'control');
        if (order === 'just behind') ask();
        await exited;
      });
    }
  }

  test('goes with the kernel, also while a cell is stopped', async () => {
    await client.attach();
    await client.breakIn('let b = 1;\nb;', 2);
    kernel.client.execute('let b = 1;\nb;');
    await client.stopped('breakpoint');
  });

  test('goes on with the session that follows one that ended', async () => {
    await client.attach();
    const code = 'let c = 1;\nc += 1;';
    await client.breakIn(code, 2);
    const ended = await kernel.client.execute('process.exit(3)').done();
    assert.equal(ended.status, 'error');
    const cell = kernel.client.execute(code);
    const { top, threadId } = await client.stopped('breakpoint');
    assert.equal(top.line, 2);
    await client.ask('continue', { threadId });
    assert.equal((await cell.done()).status, 'ok');
  });

  test('stops in a child process, which is a thread of its own', async () => {
    await client.attach();
    const code = `import { Process } from 'parlab';
const base = 40;
function work(n: number) {
  const result = base + n;
  console.log('result', result);
}
const child = new Process({ target: work, args: [2], name: 'Adder' });
child.start();
await child.join();
child.exitcode`;
    await client.breakIn(code, 5);
    const cell = kernel.client.execute(code);
    const { top, threadId } = await client.stopped('breakpoint');
    assert.notEqual(threadId, 1);
    assert.deepEqual([top.name, top.line, top.source?.name], ['work', 5, 'Cell 1']);
    const { threads } = await client.ask('threads');
    assert.deepEqual(
      threads.map(({ name }) => name.replace(/\d+/, 'N')),
      ['Notebook', 'Adder (pid N)'],
    );
    assert.deepEqual(await client.scope(top.id, 'Locals'), { n: '2', result: '42' });
    assert.equal((await client.scope(top.id, 'Globals')).base, '40');
    assert.equal(
      (await client.ask('evaluate', { expression: 'base + n + 1', frameId: top.id })).result,
      '43',
    );
    // As JupyterLab does, which names thread 1 here.
    await client.ask('continue', { threadId: 1 });
    await cell.done();
    assert.deepEqual([cell.result, cell.text('stdout')], ['0', 'result 42\n']);
    await client.event('thread', ({ reason }) => reason === 'exited');
  });

  test('stops in processes that ran before it came, each time that it comes', async () => {
    await client.ask('disconnect');
    const code = `import { Pool, Process, Queue } from 'parlab';
const pool = new Pool({ processes: 1 });
const orders = new Queue<number>();
const waiting = new Process({ target: async () => {
  const order = await orders.get();
  console.log('order', order);
}, name: 'Waiter' });
waiting.start();
const double = (n: number) => {
  const doubled = n * 2;
  return doubled;
};
await pool.apply(double, [1])`;
    const declared = kernel.client.execute(code);
    assert.equal((await declared.done()).status, 'ok');
    for (const n of [4, 5]) {
      await client.attach();
      // The worker and the one that waits.
      for (let child = 0; child < 2; child++)
        await client.event('thread', ({ reason }) => reason === 'started');
      await client.breakIn(code, 11);
      const cell = kernel.client.execute(`await pool.apply(double, [${n}])`);
      const { top, threadId } = await client.stopped('breakpoint');
      assert.notEqual(threadId, 1);
      assert.deepEqual([top.name, top.line, top.source?.name], ['double', 11, 'Cell 1']);
      assert.equal((await client.scope(top.id, 'Locals')).doubled, String(2 * n));
      await client.ask('continue', { threadId });
      await cell.done();
      assert.equal(cell.result, String(2 * n));
      if (n === 4) await client.ask('disconnect');
    }
    await client.breakIn(code, 6);
    const cell = kernel.client.execute('orders.put(3); await waiting.join(); pool.terminate();');
    const { top, threadId } = await client.stopped('breakpoint');
    assert.deepEqual([top.line, (await client.scope(top.id, 'Locals')).order], [6, '3']);
    await client.ask('continue', { threadId });
    await cell.done();
  });
});

function debugSockets(): string[] {
  return readdirSync(tmpdir()).filter((name) => name.startsWith('parlab-debug-'));
}
