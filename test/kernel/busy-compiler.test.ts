// An interrupt while the compiler works, real kernels: it ends the cell at once, which leaves nothing behind, and all else stays.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { imageOf, isUsable } from '../../kernel/kernel-process/compiler/image';
import { HEAVY, ROWS } from '../support/compiler/heavy-cells';
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
const noImage = mkdtempSync(join(tmpdir(), 'parlab-cache-'));

after(() => rmSync(noImage, { recursive: true }));
after(nothingLeft);

/** Half a second, and what a loaded machine adds. */
const HEARD_MS = 1500;

async function endsSoon(t: TestContext, cell: ReturnType<RealKernel['client']['execute']>) {
  const startMs = performance.now();
  const reply = await cell.done();
  const tookMs = performance.now() - startMs;
  t.diagnostic(`heard after ${Math.round(tookMs)} ms`);
  assert.ok(reply.status === 'error', JSON.stringify(reply));
  assert.equal(reply.ename, 'KeyboardInterrupt');
  assert.ok(tookMs < HEARD_MS, `It took ${tookMs} ms.`);
  return reply;
}

describe('a notebook whose compiler is busy', () => {
  let kernel: RealKernel;
  before(async () => {
    kernel = await startRealKernel({ PARLAB_CACHE: cache });
    await kernel.client.execute('let kept = 5; interface Kept { a: number }').done();
  });
  after(async () => {
    await kernel.stop();
    assert.deepEqual(kernel.processes(), []);
  });

  /** Variables and declarations are there, and nothing of the cell that did not begin. */
  async function goesOn(...names: string[]) {
    const next = kernel.client.execute('const one: Kept = { a: kept }; one.a');
    await next.done();
    assert.equal(next.result, '5');
    for (const name of names) {
      const reply = await kernel.client.execute(name).done();
      assert.match(JSON.stringify(reply), new RegExp(`Cannot find name '${name}'`));
    }
  }

  const cells: [what: string, code: string, name: string][] = [
    ['heavy types', HEAVY, 'p0'],
    ['a literal of 60,000 rows', ROWS, 'rows'],
  ];
  for (const [what, code, name] of cells) {
    for (const how of ['request', 'signal'] as const) {
      test(`gives up ${what} when it is interrupted by a ${how}`, async (t) => {
        const cell = kernel.client.execute(code);
        await cell.until(({ published }) => published.length >= 2, 'the cell to begin');
        await sleep(1000);
        if (how === 'signal') kernel.process.kill('SIGINT');
        else kernel.client.interrupt();
        const { evalue } = await endsSoon(t, cell);
        assert.equal(evalue, 'The cell was interrupted before it began.');
        await goesOn(name);
      });
    }
  }

  test('gives up what a stopped compiler was asked, completions too', findsProcesses, async (t) => {
    process.kill(processWhose(kernel, COMPILER), 'SIGSTOP');
    const cell = kernel.client.execute('const neverRan = 1;');
    const completion = kernel.client.request('complete_request', { code: 'kep', cursor_pos: 3 });
    const inspection = kernel.client.request('inspect_request', { code: 'kept', cursor_pos: 3 });
    const complete = kernel.client.request('is_complete_request', { code: '1' });
    await sleep(100);
    kernel.client.interrupt();
    await endsSoon(t, cell);
    assert.deepEqual(((await completion.done()) as { matches: string[] }).matches, []);
    assert.equal(((await inspection.done()) as { found: boolean }).found, false);
    assert.equal((await complete.done()).status, 'error');
    await goesOn('neverRan');
  });

  test('answers what was asked behind an interrupt', findsProcesses, async (t) => {
    process.kill(processWhose(kernel, COMPILER), 'SIGSTOP');
    const cell = kernel.client.execute('const neverRan = 1;', { stop_on_error: false });
    await sleep(50);
    kernel.client.interrupt();
    await sleep(50);
    const completion = kernel.client.request('complete_request', { code: 'kep', cursor_pos: 3 });
    await endsSoon(t, cell);
    assert.deepEqual(((await completion.done()) as { matches: string[] }).matches, ['kept']);
    await goesOn('neverRan');
  });

  test('runs the next cell where an idle compiler was killed', findsProcesses, async () => {
    for (let round = 0; round < 5; round++) {
      process.kill(processWhose(kernel, COMPILER), 'SIGKILL');
      const cell = kernel.client.execute('kept');
      assert.equal((await cell.done()).status, 'ok');
      assert.equal(cell.result, '5');
    }
  });

  test(
    'tells of a cell that ends two compilers, with its number and an error to see',
    findsProcesses,
    async () => {
      const cell = kernel.client.execute(HEAVY);
      await cell.until(({ published }) => published.length >= 2, 'the cell to begin');
      for (let round = 0; round < 2; round++) {
        await sleep(1500);
        process.kill(processWhose(kernel, COMPILER), 'SIGKILL');
      }
      const reply = await cell.done();
      assert.ok(reply.status === 'error');
      assert.match(
        reply.evalue,
        /^The TypeScript compiler ended \(SIGKILL\), and so did the next one.*memory ran out/,
      );
      assert.equal(cell.contents('error')[0]?.evalue, reply.evalue);
      assert.equal(reply.execution_count, cell.contents('execute_input')[0]?.execution_count);
      await goesOn('p0');
    },
  );
});

for (const [what, folder] of [
  ['with an image', cache],
  ['without an image', noImage],
] as const) {
  for (const afterMs of [50, 200, 400, 800]) {
    test(`!sleep 12, the first cell of a kernel ${what}, ends when it is interrupted after ${afterMs} ms.`, async (t) => {
      const kernel = await startRealKernel({ PARLAB_CACHE: folder });
      try {
        const cell = kernel.client.execute('!sleep 12\nconst after = 1;');
        await cell.until(({ published }) => published.length >= 2, 'the cell to begin');
        await sleep(afterMs);
        kernel.process.kill('SIGINT');
        await endsSoon(t, cell);
        const next = kernel.client.execute('const after = 2; after');
        await next.done();
        assert.equal(next.result, '2');
      } finally {
        await kernel.stop();
        // What the session was just starting sees a moment later that it is gone.
        assert.deepEqual(await untilNone(kernel, 10_000), []);
      }
    });
  }
}

test('An image outlives kernels that end before their compiler is ready, and compilers that are killed then.', async () => {
  for (let round = 0; round < 3; round++) {
    const kernel = await startRealKernel({ PARLAB_CACHE: cache });
    if (round === 2 && !findsProcesses.skip) process.kill(processWhose(kernel, COMPILER), 'SIGKILL');
    await kernel.stop();
    assert.equal(isUsable(imageOf(cache)), true);
    assert.deepEqual(await untilNone(kernel, 10_000), []);
  }
});
