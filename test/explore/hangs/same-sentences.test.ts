// A hang is told in the same words, with the same names and lines, whether it really happened or explore() found it.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { explore, type Outcome } from '../../../src';
import { nothingLeft } from '../../support/processes/nothing-left';
import { hangs } from './programs';
import { SAID } from './run-for-real';

const PATIENCE_MS = 120_000;

/** The first sentences of a real run. */
function saidReally(name: string): string | undefined {
  const options = { encoding: 'utf8', timeout: PATIENCE_MS } as const;
  const args = ['--enable-source-maps', join(__dirname, 'run-for-real.js'), name];
  const { stderr } = spawnSync(process.execPath, args, options);
  const line = stderr.split('\n').find((each) => each.startsWith(SAID));
  // Behind an error of a child come its fields.
  return line?.slice(SAID.length).replace(/ \{$/, '');
}

/** The worker of a pool catches the error, and the call of the pool throws it. */
function saidOf({ hang, returned, failures }: Outcome): unknown {
  return hang ?? returned ?? failures[0]?.error?.replace(SAID, '').replace(/ \(\S+, line \d+\)$/, '');
}

for (const [name, program] of Object.entries(hangs)) {
  test(name, async () => {
    const { outcomes } = await explore(program);
    const said = saidReally(name);
    assert.deepEqual(
      outcomes.map(({ outcome }) => saidOf(outcome)),
      [said],
    );
    // However many lines of the library lie between it and the wait.
    if (name.startsWith('with()'))
      assert.match(String(said), /^(.* each other .*\. )?Ada waits .*? \(programs\.ts, line \d+\)/);
  });
}

after(nothingLeft);
