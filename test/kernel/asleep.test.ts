// A notebook that nobody has used for a while, a real kernel: it holds two processes, and its next cell goes on as if nothing had been.

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { ownImage } from '../support/compiler/own-image';
import {
  COMPILER,
  findsProcesses,
  processWhose,
  type RealKernel,
  startRealKernel,
  untilNone,
} from '../support/kernel/real-kernel';
import { nothingLeft } from '../support/processes/nothing-left';

const cache = ownImage();

/** The kernel, its guard and the session. */
const ASLEEP = 3;

after(nothingLeft);

describe('a notebook that nobody uses', findsProcesses, () => {
  let kernel: RealKernel;
  let cells = 0;
  before(async () => {
    kernel = await startRealKernel({ PARLAB_CACHE: cache, PARLAB_COMPILER_IDLE: '0.5' });
  });
  after(async () => {
    await sleeps();
    await kernel.stop();
    assert.deepEqual(await untilNone(kernel, 10_000), []);
  });

  async function sleeps(left = ASLEEP): Promise<void> {
    for (let looks = 0; kernel.processes().length !== left; looks++) {
      assert.ok(looks < 600, `It stays awake: ${kernel.processes().length} processes.`);
      await sleep(50);
    }
  }

  async function run(code: string): Promise<unknown> {
    const cell = kernel.client.execute(code);
    const reply = await cell.done();
    cells += 1;
    assert.equal(reply.execution_count, cells);
    return reply.status === 'error' ? reply.evalue : cell.result;
  }

  test('goes on after each sleep: variables, types, children, the counting of cells, places of errors', async () => {
    await run(
      'import { Pool, Process } from "parlab";\nlet n = 20;\nfunction twice(x: number) { return 2 * x; }',
    );
    await sleeps();
    const start =
      'const child = new Process({ target: twice, args: [n] });\nchild.start();\nawait child.join();\nchild.exitcode';
    assert.equal(await run(start), '0');
    await sleeps();
    assert.match(String(await run('\nn = "one";')), /^Cell 3:2:1: .*not assignable/);
    const thrown = kernel.client.execute('\n\nthrow new Error(String(n));');
    const reply = await thrown.done();
    cells += 1;
    assert.ok(reply.status === 'error');
    assert.match(reply.traceback.join('\n'), /Cell 4.*3/);
    await sleeps();
    const asked = await kernel.client.request('complete_request', { code: 'twi', cursor_pos: 3 }).done();
    assert.deepEqual((asked as { matches: string[] }).matches, ['twice']);
    assert.equal(await run('twice(n)'), '40');
  });

  test('has the file beside it as it is now, and types for the panel of variables', async () => {
    const file = join(kernel.directory, 'beside.ts');
    writeFileSync(file, 'export const beside = 1;');
    assert.equal(await run('import { beside } from "./beside"; beside'), '1');
    await sleeps();
    writeFileSync(file, 'export const beside = "now a text";');
    assert.equal(await run('import { beside } from "./beside"; beside.toUpperCase()'), "'NOW A TEXT'");
    const ask = { type: 'request', seq: 1, command: 'inspectVariables' };
    // Each look counts its handles on.
    const variables = async () =>
      JSON.stringify(await kernel.client.request('debug_request', ask, 'control').done()).replaceAll(
        /"(seq|variablesReference)":\d+/g,
        '',
      );
    const awake = await variables();
    assert.match(awake, /"name":"n","value":"20","type":"number"/);
    await sleeps();
    assert.equal(await variables(), awake);
  });

  test('keeps its pool, and the process that its workers were forked from', async () => {
    await run('const pool = new Pool({ processes: 1 });\nawait pool.map(twice, [1])');
    await sleep(2000);
    assert.ok(kernel.processes().length > ASLEEP + 1);
    assert.equal(await run('await pool.map(twice, [n])'), '[ 40 ]');
    await run('await pool.terminate()');
  });

  test('is interrupted while its compiler thaws, and survives that it is killed then', async () => {
    await sleeps();
    const cell = kernel.client.execute('const gone = n;');
    kernel.client.interrupt();
    const reply = await cell.done();
    cells += 1;
    assert.ok(reply.status === 'error');
    assert.equal(reply.ename, 'KeyboardInterrupt');
    await sleeps();
    const other = kernel.client.execute('n');
    await sleeps(ASLEEP + 1);
    process.kill(processWhose(kernel, COMPILER), 'SIGKILL');
    await other.done();
    cells += 1;
    assert.equal(other.result, '20');
  });
});
