// A student's own copy of the tutorial, by the commands that she types in it.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { bringUpToDate } from '../../../kernel/cli/own-copy/work-folder';
import { installation } from '../../../kernel/package-root';
import { parlab } from '../../support/commands/parlab';
import { nothingLeft } from '../../support/processes/nothing-left';

describe('in the work folder', () => {
  let folder: string;
  const run = (...args: string[]) => parlab(args, { cwd: folder });
  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'work-'));
    bringUpToDate({ originals: path.join(installation, 'notebooks'), folder });
  });
  after(async () => {
    rmSync(folder, { recursive: true });
    await nothingLeft();
  });

  test('parlab reset gets a fresh notebook, and keeps hers', async () => {
    const name = '01-what-is-a-process';
    writeFileSync(path.join(folder, `${name}.ipynb`), 'spoiled');
    assert.match((await run('progress')).stdout, new RegExp(`^${name} +cannot be read$`, 'm'));
    const { code, stdout } = await run('reset', '01');
    assert.equal(stdout, `${name}.ipynb is fresh. Yours is now ${name}.mine-1.ipynb.\n`);
    assert.equal(code, 0);
    assert.equal(readFileSync(path.join(folder, `${name}.mine-1.ipynb`), 'utf8'), 'spoiled');
    const original = path.join(installation, 'notebooks', `${name}.ipynb`);
    assert.deepEqual(readFileSync(path.join(folder, `${name}.ipynb`)), readFileSync(original));
    // What was put aside is none of her notebooks, unless she names it.
    assert.doesNotMatch((await run('progress')).stdout, /mine/);
    assert.match((await run('progress', `${name}.mine-1.ipynb`)).stdout, /^01-.*mine-1 +cannot be read$/m);
  });

  test('parlab reset of what she has not written in keeps nothing', async () => {
    const name = '05-shared-resources.ipynb';
    for (const _ of [1, 2]) assert.equal((await run('reset', '05')).stdout, `${name} is fresh.\n`);
  });

  test('parlab progress names lessons and nothing else, also to who reads the first line only', async () => {
    const all = (await run('progress')).stdout;
    assert.match(all, /^appendix-c/m);
    assert.doesNotMatch(all, /primitives/);
    const program = path.join(installation, 'kernel', 'parlab.cjs');
    const { stdout, stderr } = spawnSync('sh', ['-c', 'node "$0" progress | head -1', program], {
      cwd: folder,
      encoding: 'utf8',
    });
    assert.equal(stderr, '');
    assert.equal(stdout.split('\n').length, 2);
  });

  test('parlab progress says how far she is', async () => {
    const { code, stdout } = await run('progress', '02-create-then-start.ipynb');
    assert.deepEqual([code, stdout], [0, '02-create-then-start  not begun\n']);
  });

  test('parlab reset of what is not there names what is', async () => {
    const { code, stderr } = await run('reset', '77');
    assert.match(stderr, /^parlab: There is no notebook 77: give one of 00-ready\.ipynb, 01-what/);
    assert.equal(code, 1);
  });
});
