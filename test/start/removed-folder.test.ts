// A program whose folder is removed starts processes; that it can start no thread there is said in a sentence.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';

const LIBRARY = join(__dirname, '..', '..', 'src');

const program = `
  const { mkdtempSync, rmdirSync } = require('node:fs');
  const { tmpdir } = require('node:os');
  const { join } = require('node:path');
  const { getContext } = require(${JSON.stringify(LIBRARY)});
  const folder = mkdtempSync(join(tmpdir(), 'parlab-removed-'));
  process.chdir(folder);
  rmdirSync(folder);
  const context = getContext(process.argv[1]);
  (async () => {
    const child = new context.Process({ target: () => console.log('works') });
    child.start();
    await child.join();
    process.exitCode = child.exitcode;
  })();
`;

function run(method: string) {
  return spawnSync(process.execPath, ['-e', program, method], { encoding: 'utf8' });
}

test('process', () => {
  const { stdout, stderr, status } = run('process');
  assert.deepEqual({ stdout, stderr, status }, { stdout: 'works\n', stderr: '', status: 0 });
});

test('thread', () => {
  const { stderr, status } = run('thread');
  assert.equal(status, 1);
  assert.match(
    stderr,
    /^Process ThreadProcess-1:\nThe folder in which this program works was removed, and there Node\.js/,
  );
});
