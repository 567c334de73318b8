// Sessions and kernels that die, for real: the reason is told, and no process outlives its kernel.

import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { freeConnection, whenListening } from '../support/kernel/free-ports';
import {
  findsProcesses,
  kernelProgram,
  processesWith,
  type RealKernel,
  sharedKernel,
  untilNone,
  withKernel,
} from '../support/kernel/real-kernel';
import { nothingLeft } from '../support/processes/nothing-left';

describe('a real session that ends', () => {
  // With little memory, so that it runs out soon.
  const kernel = sharedKernel({ NODE_OPTIONS: '--max-old-space-size=300' });

  const endings: [what: string, code: string, sentence: RegExp][] = [
    ['by process.exit(3)', 'process.exit(3)', /because process\.exit\(3\) was called/],
    [
      'by SIGKILL',
      'process.kill(process.pid, "SIGKILL"); await new Promise(() => {})',
      /was killed \(SIGKILL\)/,
    ],
    [
      'because memory ran out',
      'const hoard: number[][] = []; for (;;) hoard.push(new Array(10_000).fill(Math.random()));',
      /ran out of memory/,
    ],
  ];
  for (const [what, code, sentence] of endings) {
    test(`${what} says so, and the next cell runs in a new one without the old variables`, async () => {
      await kernel.client.execute('const lost = 1;').done();
      const cell = kernel.client.execute(`console.log("before");\n${code}`);
      const reply = await cell.done();
      assert.ok(reply.status === 'error', JSON.stringify(reply));
      assert.match(reply.evalue, sentence);
      assert.match(cell.text('stdout'), /^before\n/);
      assert.equal(kernel.process.exitCode, null);
      const next = kernel.client.execute('lost');
      assert.match(JSON.stringify(await next.done()), /Cannot find name 'lost'/);
      const after = kernel.client.execute('const lost = 2; lost');
      await after.done();
      assert.equal(after.result, '2');
    });
  }
});

const startChildren = `
  import { Process } from 'parlab';
  for (let i = 0; i < 2; i++) new Process({ target: () => { for (;;); } }).start();
  console.log('running');
  while (true) {}`;

const ends: [what: string, end: (kernel: RealKernel) => void][] = [
  ['that is killed with SIGKILL', (kernel) => kernel.process.kill('SIGKILL')],
  ['that gets SIGTERM', (kernel) => kernel.process.kill('SIGTERM')],
  [
    'that is told to shut down',
    (kernel) => kernel.client.request('shutdown_request', { restart: false }, 'control'),
  ],
];
for (const [what, end] of ends) {
  test(
    `A kernel ${what} takes its session and all processes with it, while they loop.`,
    findsProcesses,
    async () => {
      await withKernel(async (kernel) => {
        const cell = kernel.client.execute(startChildren);
        await cell.until(() => cell.text('stdout') === 'running\n', 'the processes');
        assert.ok(kernel.processes().length >= 4, 'kernel, session and two processes run');
        end(kernel);
        assert.deepEqual(await untilNone(kernel, 10_000), []);
      });
      await nothingLeft();
    },
  );
}

test('A kernel whose Jupyter server is killed ends by itself.', findsProcesses, async () => {
  const connection = await freeConnection();
  const directory = mkdtempSync(join(tmpdir(), 'parlab-orphan-'));
  const file = join(directory, 'connection.json');
  writeFileSync(file, JSON.stringify(connection));
  const server = spawn(
    process.execPath,
    [
      '-e',
      `const { spawn } = require('node:child_process');
       const env = { ...process.env, JPY_PARENT_PID: String(process.pid), PARLAB_TEST_KERNEL: '${connection.key}' };
       spawn(process.execPath, ${JSON.stringify([kernelProgram, 'kernel', file])}, { env, stdio: 'inherit', detached: true });
       setInterval(() => {}, 1000);`,
    ],
    { stdio: 'inherit' },
  );
  try {
    await whenListening(connection);
    server.kill('SIGKILL');
    const left = () => processesWith(`PARLAB_TEST_KERNEL=${connection.key}`);
    assert.ok(left().length > 0, 'the kernel runs');
    const deadline = Date.now() + 20_000;
    while (left().length > 0 && Date.now() < deadline) await sleep(50);
    assert.deepEqual(left(), []);
  } finally {
    server.kill('SIGKILL');
    rmSync(directory, { recursive: true });
  }
  await nothingLeft();
});

test('A kernel whose connection file is missing says so in a sentence, with exit code 1.', () => {
  const given = [kernelProgram, 'kernel', '/nowhere/connection.json'];
  const { status, stderr } = spawnSync(process.execPath, given, { encoding: 'utf8' });
  assert.equal(status, 1);
  assert.match(
    stderr,
    /^parlab: The connection file \/nowhere\/connection\.json cannot be used: ENOENT.*\n$/,
  );
});
