// Each primitive, as explore() models it: what really happens is among what it finds.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { promisify } from 'node:util';
import { explore } from '../../src';
import { nothingLeft } from '../nothing-left';
import { programs } from './primitives/all';
import { OVER, RETURNED } from './primitives/run-for-real';

after(nothingLeft);

const TIMES = Number(process.env.PARLAB_REAL_RUNS ?? 10);
const RUN = join(__dirname, 'primitives', 'run-for-real.js');

/** `[printed, returned]` of so many real runs, as texts. */
async function realRuns(name: string): Promise<string[]> {
  const { stdout } = await promisify(execFile)(process.execPath, [RUN, name, String(TIMES)]);
  const runs = stdout.split(OVER).slice(0, -1);
  assert.equal(runs.length, TIMES);
  return runs.map((run) => {
    const [printed = '', returned = ''] = run.split(RETURNED);
    return JSON.stringify([printed, returned === '' ? null : JSON.parse(returned)]);
  });
}

for (const [name, program] of Object.entries(programs)) {
  test(`${name}: ${TIMES} real runs are among the explored`, async () => {
    const explored = await explore(program);
    const found = new Set(
      explored.outcomes.map(({ outcome }) =>
        JSON.stringify([outcome.printed.join(''), outcome.returned ?? null]),
      ),
    );
    for (const real of await realRuns(name)) {
      assert.ok(found.has(real), `${real} was not found among ${[...found].slice(0, 20).join('\n')}`);
    }
  });
}
