// Each primitive, as explore() models it: what really happens is among what it finds.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { promisify } from 'node:util';
import { explore } from '../../src';
import { endExplorer } from '../../src/explore/explorer/explorer';
import { nothingLeft } from '../support/processes/nothing-left';
import { files } from './primitives/all';
import { OVER, RETURNED } from './primitives/run-for-real';

after(async () => {
  endExplorer();
  await nothingLeft();
});

/** More of them for who wants to know better. */
const TIMES = Number(process.env.PARLAB_REAL_RUNS ?? 10);
const RUN = join(__dirname, 'primitives', 'run-for-real.js');
const MOST_BYTES = 2 ** 26;

/** A standstill takes half a second until it is certain. */
const timesOf = (file: string) => (file === 'standstills' ? Math.ceil(TIMES / 10) : TIMES);

/** `[printed, returned]` of all runs of a file, as texts. */
async function realRuns(file: string, times: number): Promise<string[]> {
  const options = { maxBuffer: MOST_BYTES };
  // A process that explores reads source maps: so must the one whose sentences are compared with its own.
  const args = ['--enable-source-maps', RUN, file, String(times)];
  const { stdout } = await promisify(execFile)(process.execPath, args, options);
  const runs = stdout.split(OVER).slice(0, -1);
  return runs.map((run) => {
    const [printed = '', returned = ''] = run.split(RETURNED);
    return JSON.stringify([printed, returned === '' ? null : JSON.parse(returned)]);
  });
}

for (const [file, programs] of Object.entries(files)) {
  const times = timesOf(file);
  describe(`${file}: ${times} real runs are among the explored`, async () => {
    const runs = realRuns(file, times);
    for (const [at, [name, program]] of Object.entries(programs).entries()) {
      test(name, async () => {
        const { outcomes } = await explore(program);
        const found = outcomes.map(({ outcome }) =>
          JSON.stringify([outcome.printed.join(''), outcome.returned ?? null]),
        );
        const real = (await runs).slice(at * times, (at + 1) * times);
        assert.equal(real.length, times);
        const outside = [...new Set(real)].filter((run) => !found.includes(run));
        assert.deepEqual(outside, [], `not found among these: ${found.slice(0, 20).join('\n')}`);
      });
    }
  });
}
