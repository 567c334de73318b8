// Stopping in the student's own modules: while they are loaded, when a cell calls them, and in a child process.

import assert from 'node:assert/strict';
import { realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { DebugClient } from '../../support/kernel/debug-client';
import { sharedKernel } from '../../support/kernel/real-kernel';

const TABLE = `interface Row { factor: number }

const rows: Row[] = [{ factor: 6 }];
export function product(n: number): number {
  const [row] = rows;
  return n * (row?.factor ?? 0);
}
`;

describe('a debugger, in a local module that a cell imports', () => {
  const kernel = sharedKernel();
  let client: DebugClient;
  let file: string;
  before(async () => {
    file = join(realpathSync(kernel.directory), 'table.ts');
    writeFileSync(file, TABLE);
    client = new DebugClient(kernel);
    await client.attach();
  });

  const breakAt = async (...lines: number[]) => {
    const breakpoints = lines.map((line) => ({ line }));
    return (await client.ask('setBreakpoints', { source: { path: file }, breakpoints })).breakpoints;
  };

  test('stops at its first line too, although it was not loaded when the breakpoint was set', async () => {
    assert.deepEqual(
      (await breakAt(3, 6)).map(({ verified }) => verified),
      [false, false],
    );
    const code = "import { product } from './table';\nconst seven = 7;\nproduct(seven)";
    await client.breakIn(code, 2);
    const cell = kernel.client.execute(code);
    const loading = await client.stopped('breakpoint');
    assert.deepEqual([loading.top.line, loading.top.source?.path], [3, file]);
    await client.ask('continue', { threadId: 1 });
    assert.equal((await client.stopped('breakpoint')).top.line, 2);
    await client.ask('continue', { threadId: 1 });
    const { top, frames } = await client.stopped('breakpoint');
    assert.deepEqual([top.name, top.line, frames[1]?.source?.name], ['product', 6, 'Cell 1']);
    assert.deepEqual(await client.scope(top.id, 'Locals'), { n: '7', row: '{ factor: 6 }' });
    await client.ask('continue', { threadId: 1 });
    await cell.done();
    assert.equal(cell.result, '42');
  });

  test('steps over the line that loads it, and finds its lines again when it has changed', async () => {
    await breakAt();
    writeFileSync(file, TABLE.replace('6', '60'));
    const code = "const before = 1;\nconst { product: again } = await import('./table.ts');\nagain(before)";
    await client.breakIn(code, 1);
    const cell = kernel.client.execute(code);
    await client.stopped('breakpoint');
    await client.stepOverTo(2, 3);
    await breakAt(6);
    await client.ask('continue', { threadId: 1 });
    assert.equal((await client.stopped('breakpoint')).top.line, 6);
    await client.ask('continue', { threadId: 1 });
    await cell.done();
    assert.equal(cell.result, '60');
  });

  for (const [what, load] of [
    ['awaits', "const { product: loaded } = await import('./table.ts');"],
    ['requires', "const loaded = (require('./table') as typeof import('./table')).product;"],
  ] as const) {
    test(`steps over the line that ${what} it, and out of it again, also with a breakpoint in it`, async () => {
      await breakAt(6);
      writeFileSync(file, TABLE.replace('6', what === 'awaits' ? '3' : '4'));
      const code = `const one = 1;\n${load}\nloaded(one);\none;`;
      await client.breakIn(code, 1);
      const cell = kernel.client.execute(code);
      await client.stopped('breakpoint');
      await client.stepOverTo(2, 3);
      await client.ask('next', { threadId: 1 });
      assert.equal((await client.stopped('breakpoint')).top.line, 6);
      await client.ask('stepOut', { threadId: 1 });
      assert.equal((await client.stopped('step')).top.line, 4);
      await client.ask('continue', { threadId: 1 });
      await cell.done();
    });
  }

  test('steps out of the function that loads it', async () => {
    await breakAt(6);
    writeFileSync(file, TABLE.replace('6', '5'));
    const code = `function load() {
  const table = require('./table') as typeof import('./table');
  return table.product(0);
}
const zero = load();
zero;`;
    await client.breakIn(code, 2);
    const cell = kernel.client.execute(code);
    await client.stopped('breakpoint');
    await client.ask('stepOut', { threadId: 1 });
    // Its breakpoint comes first.
    assert.equal((await client.stopped('breakpoint')).top.line, 6);
    await client.ask('stepOut', { threadId: 1 });
    assert.equal((await client.stopped('step')).top.line, 3);
    await client.ask('stepOut', { threadId: 1 });
    assert.equal((await client.stopped('step')).top.line, 6);
    await client.ask('continue', { threadId: 1 });
    await cell.done();
    assert.equal(cell.result, '0');
  });

  test('steps over the line that loads it in a function that has called itself', async () => {
    await breakAt(6);
    writeFileSync(file, TABLE.replace('6', '7'));
    const code = `function loadAt(depth: number): number {
  if (depth > 0) return loadAt(depth - 1);
  const table = require('./table') as typeof import('./table');
  return table.product(1);
}
loadAt(2)`;
    await client.breakIn(code, 3);
    const cell = kernel.client.execute(code);
    await client.stopped('breakpoint');
    await client.ask('next', { threadId: 1 });
    const { top, frames } = await client.stopped('step');
    assert.deepEqual([top.line, frames.length], [4, 4]);
    await breakAt();
    await client.ask('continue', { threadId: 1 });
    await cell.done();
    assert.equal(cell.result, '7');
  });

  test('stops in a child process that loads it', async () => {
    await breakAt(6);
    const cell = kernel.client.execute(`import { Process } from 'parlab';
import { product as make } from './table';
const maker = new Process({ target: make, args: [2] });
maker.start();
await maker.join();
maker.exitcode`);
    const { threadId, top } = await client.stopped('breakpoint');
    assert.notEqual(threadId, 1);
    assert.deepEqual([top.name, top.line, top.source?.path], ['product', 6, file]);
    await client.ask('continue', { threadId });
    await cell.done();
    assert.equal(cell.result, '0');
  });
});
