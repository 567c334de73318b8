// Places that a program may run in: little memory for addresses, no machine code, no permissions, a bundle.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { after, test } from 'node:test';
import { needsProcesses } from '../support/contract/needs-processes';
import { nothingLeft } from '../support/processes/nothing-left';

after(nothingLeft);

const library = JSON.stringify(require.resolve('../../src/index'));
const PROGRAM = `
  const { Pool, Process } = require(${library});
  const child = new Process({ target: () => console.log('child') });
  child.start();
  child.join().then(async () => {
    const pool = new Pool({ processes: 1 });
    console.log(await pool.map((n) => n * 2, [1, 2]));
    pool.terminate();
  });`;

function run(command: string, args: string[]): Promise<{ stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    execFile(command, args, { timeout: 60_000 }, (_error, stdout, stderr) => resolve({ stdout, stderr }));
  });
}

test('under a limit of addresses, as graders and shared hosts set it', needsProcesses, async () => {
  const script = 'ulimit -v 8000000; exec "$0" -e "$1"';
  const { stdout, stderr } = await run('bash', ['-c', script, process.execPath, PROGRAM]);
  assert.deepEqual([stdout, stderr], ['child\n[ 2, 4 ]\n', '']);
});

test('without machine code, where there is no WebAssembly', async () => {
  const { stdout } = await run(process.execPath, ['--jitless', '-e', PROGRAM]);
  assert.equal(stdout, 'child\n[ 2, 4 ]\n');
});

test('without permissions it says what is missing', async () => {
  const flag = process.allowedNodeEnvironmentFlags.has('--permission')
    ? '--permission'
    : '--experimental-permission';
  const { stderr } = await run(process.execPath, [flag, '--allow-fs-read=*', '-e', PROGRAM]);
  assert.match(stderr, /Nothing can be started: the permission model.*Start node without --permission/);
});

test('within a bundle it says how to keep it outside', () => {
  const text = readFileSync(require.resolve('../../src/system/own-files'), 'utf8');
  const load = (file: string | undefined) => new Function('__filename', 'exports', text)(file, {});
  load('/app/node_modules/parlab/dist/system/own-files.js');
  for (const file of ['/app/out.js', '/index.js', undefined])
    assert.throws(() => load(file), /esbuild --external:parlab/);
});
