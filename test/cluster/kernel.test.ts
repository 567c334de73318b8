// A notebook in a room: one line is another, and all the rest is as on one computer.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Exchange } from '../support/kernel/client';
import { type RealKernel, startRealKernel, untilNone } from '../support/kernel/real-kernel';
import { nothingLeft } from '../support/processes/nothing-left';
import { startBroker, type TestBroker } from './broker';
import { endHosts, startHost, until } from './hosts';

let broker: TestBroker;
let kernel: RealKernel;
before(async () => {
  broker = await startBroker();
  await Promise.all(['anna', 'bert'].map((name) => startHost(broker, name)));
  kernel = await startRealKernel(broker.env);
  // The line that is another: import { Pool, sleep } from 'parlab'.
  await run(`import { getContext, sleep } from 'parlab';\nconst { Pool } = getContext('${broker.url()}');`);
});
after(async () => {
  await kernel.stop();
  assert.deepEqual(await untilNone(kernel, 5000), []);
  await endHosts();
  await broker.stop();
  await nothingLeft();
});

async function run(code: string): Promise<Exchange> {
  const cell = kernel.client.execute(code);
  const reply = await cell.done();
  assert.ok(reply.status === 'ok', `${code}: ${JSON.stringify(reply)}`);
  return cell;
}

const printed = (cell: Exchange) =>
  cell
    .contents('stream')
    .map(({ text }) => String(text))
    .join('');

function notebookCells(): string[] {
  const file = join(__dirname, '../../../notebooks/14-capstone.ipynb');
  const { cells } = JSON.parse(readFileSync(file, 'utf8')) as {
    cells: { cell_type: string; source: string[] | string }[];
  };
  return cells.filter((cell) => cell.cell_type === 'code').map(({ source }) => [source].flat().join(''));
}

test('the cells of the capstone run unchanged', async () => {
  const all = notebookCells();
  const cell = (beginning: string) => all.find((source) => source.startsWith(beginning)) ?? '';
  for (const beginning of ['const book', 'type Counts', 'async function countPage', 'function merge']) {
    await run(cell(beginning));
  }
  await run(`
async function wordCount(pages: string[], workers: number) {
  await using pool = new Pool({ processes: workers });
  const all: Counts = {};
  for (const counts of await pool.map(countPage, pages)) merge(all, counts);
  return all;
}`);
  const shown = await run('JSON.stringify(Object.entries(await wordCount(book, 3)).sort()).length');
  const result = shown.contents('execute_result')[0]?.data as { 'text/plain': string };
  assert.ok(Number(result['text/plain']) > 50);
});

test('what is printed there stands under the cell that called, before its result', async () => {
  await run('const pool = new Pool();');
  const cell = await run(`
    const later = await pool.map(async (n) => { console.log('item', n); await sleep(50); return n * n; }, [1, 2, 3, 4], { progress: 'squares' });
    console.log('done', later);`);
  const text = printed(cell);
  for (const n of [1, 2, 3, 4]) assert.match(text, new RegExp(`item ${n}\n`));
  assert.match(text, /done \[ 1, 4, 9, 16 \]\n$/);
  const bars = cell.published.filter(({ type }) => type === 'display_data' || type === 'update_display_data');
  assert.match(JSON.stringify(bars.at(-1)?.content), /squares.*4 of 4/);
});

test('an error has the line of the cell, there and here', async () => {
  const cell = kernel.client.execute(
    'const fails = (n: number) => {\n  throw new RangeError(String(n));\n};\nawait pool.map(fails, [1]);',
  );
  const reply = await cell.done();
  assert.equal(reply.status, 'error');
  const traceback = JSON.stringify(reply);
  assert.match(traceback, /RangeError/);
  assert.match(traceback, /PoolWorker-\d+ on (?:anna|bert)/);
  assert.match(traceback, /:2:/);
  assert.match(traceback, /:4:/);
});

test('an interrupt ends what runs there, and the pool serves the next cell', async () => {
  const cell = kernel.client.execute(
    'await pool.map(() => { for (;;); }, [1, 2, 3, 4], { chunkSize: 1, progress: true });',
  );
  await until(() => cell.published.some(({ type }) => type === 'display_data'), 'its bar is there');
  const began = performance.now();
  void kernel.client.request('interrupt_request', {}, 'control');
  const reply = await cell.done();
  assert.ok(performance.now() - began < 3000);
  assert.equal(reply.status, 'error');
  const next = await run(
    'console.log(await pool.map((n) => n, [1, 2, 3, 4], { chunkSize: 1, timeout: 20_000 }));',
  );
  assert.equal(printed(next), '[ 1, 2, 3, 4 ]\n');
});
