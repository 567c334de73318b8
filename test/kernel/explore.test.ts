// explore() in a notebook: functions straight from typed cells, lines named by their cells, and an interrupt that ends it.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { sharedKernel } from '../support/kernel/real-kernel';

describe('in a notebook', () => {
  const kernel = sharedKernel({}, 5000);

  async function run(code: string) {
    const cell = kernel.client.execute(code);
    const reply = await cell.done();
    assert.ok(reply.status === 'ok', `${code}: ${JSON.stringify(reply)}`);
    return cell;
  }

  test('a program of several typed cells is explored, and its result is a text', async () => {
    await run(`import { explore, Process, RawValue } from 'parlab';
const counter: RawValue<'int32'> = new RawValue('int32', 0);`);
    await run('function increment(): void { counter.value = counter.value + 1; }');
    await run(`async function both(): Promise<number> {
  const processes = [1, 2].map(() => new Process({ target: increment }));
  for (const each of processes) each.start();
  for (const each of processes) await each.join();
  return counter.value;
}
const found = await explore(both, { expect: 2 });`);
    const cell = await run('found');
    assert.equal(
      cell.result,
      '6 orders: 1 in 4 of them, 2 in 2 of them.\\nSmallest order that goes wrong: A B B A. It returned 1 and not 2.'.replace(
        '\\n',
        '\n',
      ),
    );
    const replayed = await run("(await found.replay('A B B A')).lines[2]");
    assert.match(String(replayed.result), /^'?A \(Process-1\) reads counter: 0 \(Cell 2, line 1\)'?$/);
    assert.equal((await run('counter.value')).result, '0');
  });

  test('no process is seen of it, and the cell ends while it stays', async () => {
    const cell = await run("import { activeChildren } from 'parlab';\nactiveChildren().length");
    assert.equal(cell.result, '0');
  });

  test('an interrupt ends it, and the next exploration is well', async () => {
    const cell = kernel.client.execute(`await explore(async () => {
  const all = [1, 2, 3].map(() => new Process({ target: () => { for (let i = 0; i < 30; i++) increment(); } }));
  for (const each of all) each.start();
  for (const each of all) await each.join();
})`);
    await sleep(1000);
    await kernel.client.interrupt().done();
    const reply = await cell.done();
    assert.equal(reply.status, 'error');
    assert.equal((await run('String(await explore(both)).split(":")[0]')).result, "'6 orders'");
  });
});
