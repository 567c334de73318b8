// Stopping a cell at its lines, looking around, stepping, going on: a real kernel over real sockets.

import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { DebugClient } from '../../support/kernel/debug-client';
import { sharedKernel } from '../../support/kernel/real-kernel';

describe('a debugger', () => {
  const kernel = sharedKernel();
  let client: DebugClient;
  before(async () => {
    client = new DebugClient(kernel);
    await client.attach();
  });

  test('stops a cell at the line of a breakpoint, shows its variables, steps and lets it go on', async () => {
    const code = `interface Point { x: number; y: number }

const point: Point = { x: 1, y: 2 };
let sum: number = point.x;
sum += point.y;
sum`;
    const [breakpoint] = await client.breakIn(code, 4);
    assert.equal(breakpoint?.line, 4);
    const cell = kernel.client.execute(code);
    const { top, threadId, frames } = await client.stopped('breakpoint');
    assert.deepEqual([top.line, top.source?.name, frames.length], [4, 'Cell 1', 1]);
    const globals = await client.scope(top.id, 'Globals');
    assert.equal(globals.point, '{ x: 1, y: 2 }');
    assert.ok(!('exports' in globals) && !('display' in globals));
    await client.ask('next', { threadId });
    const next = await client.stopped('step');
    assert.equal(next.top.line, 5);
    assert.equal((await client.scope(next.top.id, 'Globals')).sum, '1');
    await client.ask('continue', { threadId });
    await client.event('continued');
    assert.equal((await cell.done()).status, 'ok');
    assert.equal(cell.result, '3');
  });

  test('stops in a function of an earlier cell, with the cells that called it beneath', async () => {
    const code = `function triple(n: number): number {
  const factor = 3;
  return n * factor;
}`;
    await kernel.client.execute(code).done();
    const [breakpoint] = await client.breakIn(code, 3);
    assert.deepEqual([breakpoint?.line, breakpoint?.verified], [3, true]);
    const cell = kernel.client.execute('const nine = triple(3);\nnine');
    const { frames, top, threadId } = await client.stopped('breakpoint');
    assert.deepEqual(
      frames.map(({ name, line }) => [name, line]),
      [
        ['triple', 3],
        [frames[1]?.source?.name, 1],
      ],
    );
    assert.deepEqual(await client.scope(top.id, 'Locals'), { n: '3', factor: '3' });
    await client.ask('setVariable', {
      variablesReference:
        (await client.ask('scopes', { frameId: top.id })).scopes[0]?.variablesReference ?? 0,
      name: 'factor',
      value: '5 as number',
    });
    await client.ask('stepOut', { threadId });
    const out = await client.stopped('step');
    assert.equal(out.top.line, 2, 'the statement after the call');
    await client.ask('continue', { threadId });
    await cell.done();
    assert.equal(cell.result, '15');
    await client.breakIn(code);
  });

  test('stops each time that a cell with a breakpoint runs, also unchanged', async () => {
    const code = 'let again = 1;\nagain += 1;';
    await client.breakIn(code, 2);
    for (let time = 0; time < 2; time++) {
      const cell = kernel.client.execute(code);
      const { top, threadId } = await client.stopped('breakpoint');
      assert.equal(top.line, 2);
      await client.ask('continue', { threadId });
      await cell.done();
    }
    await client.breakIn(code);
    assert.equal((await kernel.client.execute(code).done()).status, 'ok');
  });

  test('stops under a condition, in the names of the cell', async () => {
    await kernel.client.execute('const limit = 2; const i = 100;').done();
    const code = 'let total = 0;\nfor (let i = 0; i < 5; i++) {\n  total += i;\n}\ntotal';
    await client.breakIn(code, { line: 3, condition: 'i === limit + 1 && total === 3' });
    const cell = kernel.client.execute(code);
    const { top, threadId } = await client.stopped('breakpoint');
    assert.equal((await client.scope(top.id, 'Locals')).i, '3');
    await client.ask('continue', { threadId });
    await cell.done();
    assert.equal(cell.result, '10');
  });

  test('prints what a logpoint says, and stops nowhere', async () => {
    const code = 'for (const name of ["Ada", "Alan"]) {\n  name.length;\n}';
    await client.breakIn(code, { line: 2, logMessage: 'name is {name}, {name.length} long' });
    const cell = kernel.client.execute(code);
    assert.equal((await cell.done()).status, 'ok');
    assert.equal(cell.text('stdout'), 'name is Ada, 3 long\nname is Alan, 4 long\n');
  });

  test('steps into a function, and over an await', async () => {
    const code = `async function later(n: number) {
  await new Promise((go) => setTimeout(go, 5));
  return n + 1;
}
const two = await later(1);
two`;
    await client.breakIn(code, 5);
    const cell = kernel.client.execute(code);
    const { threadId } = await client.stopped('breakpoint');
    await client.ask('stepIn', { threadId });
    let within = await client.stopped('step');
    // Before Node 24, V8 stops where a function begins, and not at its first statement only.
    if (Number(process.versions.node.split('.')[0]) < 24) {
      assert.deepEqual([within.top.name, within.top.line], ['later', 1]);
      await client.ask('next', { threadId });
      within = await client.stopped('step');
    }
    assert.deepEqual([within.top.name, within.top.line], ['later', 2]);
    await client.ask('next', { threadId });
    const after = await client.stopped('step');
    assert.deepEqual([after.top.name, after.top.line], ['later', 2 + 1]);
    assert.deepEqual(
      after.frames.slice(1).map(({ line }) => line),
      [5],
      'who awaits it stands beneath',
    );
    await client.ask('continue', { threadId });
    await cell.done();
    assert.equal(cell.result, '2');
  });

  test('steps to each line that declares, also one that takes a value apart, and a class', async () => {
    const code = `const one = 1;
const { length } = 'abc';
const [first, second] = [one, length];
const { max } = ((n) => ({ max: n }))(second);
let { x, ...others } = { x: 1, y: 2 };
class Box { static side = 1 }
first + max;`;
    await client.breakIn(code, 1);
    const cell = kernel.client.execute(code);
    await client.stopped('breakpoint');
    await client.stepOverTo(2, 3, 4, 5, 6, 7);
    await client.ask('continue', { threadId: 1 });
    await cell.done();
    assert.equal(cell.result, '4');
  });

  test('pauses a loop, and a statement debugger stops by itself', async () => {
    const loop = kernel.client.execute(
      'let turns = 0;\nwhile (turns >= 0) {\n  turns += 1;\n}\ndebugger;\n"out"',
    );
    await new Promise((go) => setTimeout(go, 300));
    await client.ask('pause', { threadId: 1 });
    const { top, threadId } = await client.stopped('pause');
    assert.ok([2, 3].includes(top.line), String(top.line));
    await client.ask('evaluate', { expression: 'turns = -5', frameId: top.id, context: 'repl' });
    await client.ask('continue', { threadId });
    const statement = await client.stopped('breakpoint');
    assert.equal(statement.top.line, 5);
    await client.ask('continue', { threadId });
    await loop.done();
    assert.equal(loop.result, "'out'");
  });

  test('evaluates in a frame and in the notebook; a hover changes nothing', async () => {
    const code =
      'const list: number[] = [1, 2, 3];\nfunction sumOf(all: number[]) {\n  return all.length;\n}\nsumOf(list)';
    await client.breakIn(code, 3);
    const cell = kernel.client.execute(code);
    const { top, threadId, frames } = await client.stopped();
    const inFrame = await client.ask('evaluate', {
      expression: 'all.map((n: number) => n * 2)',
      frameId: top.id,
    });
    assert.equal(inFrame.result, 'Array(3) [2, 4, 6]');
    const items = await client.variables(inFrame.variablesReference);
    assert.deepEqual(
      items.slice(0, 3).map(({ name, value }) => `${name}=${value}`),
      ['0=2', '1=4', '2=6'],
    );
    assert.equal(
      (await client.ask('evaluate', { expression: 'list.length + 1', frameId: frames[1]?.id })).result,
      '4',
    );
    assert.equal(
      (await client.ask('evaluate', { expression: 'all.length', frameId: top.id, context: 'hover' })).result,
      '3',
    );
    const hover = await client.answer('evaluate', {
      expression: 'all.push(4)',
      frameId: top.id,
      context: 'hover',
    });
    assert.ok(!hover.success);
    const wrong = await client.answer('evaluate', { expression: 'nothing.here', frameId: top.id });
    assert.ok(!wrong.success && /nothing is not defined/.test(wrong.message), JSON.stringify(wrong));
    const { data } = await client.ask('richInspectVariables', { variableName: 'all', frameId: top.id });
    assert.deepEqual(data, { 'text/plain': '[ 1, 2, 3 ]' });
    await client.ask('copyToGlobals', {
      srcVariableName: 'all',
      dstVariableName: 'copied',
      srcFrameId: top.id,
    });
    await client.ask('continue', { threadId });
    await cell.done();
    const stale = await client.answer('scopes', { frameId: top.id });
    assert.ok(!stale.success && /gone on/.test(stale.message));
    const copied = kernel.client.execute('copied.length');
    await copied.done();
    assert.equal(copied.result, '3');
    await client.breakIn(code);
  });
});
