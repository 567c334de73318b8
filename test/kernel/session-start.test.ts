// A session that cannot be started as the one before it: the cell that ran is told, and later cells run again.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { after, afterEach, beforeEach, describe, test } from 'node:test';
import { nothingLeft } from './nothing-left';
import { findsProcesses, processWhose, type RealKernel, SESSION, startRealKernel } from './real-kernel';

describe('a session that is killed', findsProcesses, () => {
  let kernel: RealKernel;
  beforeEach(async () => {
    kernel = await startRealKernel();
    await kernel.client.execute('const x = 1').done();
  });
  afterEach(() => kernel.stop());
  after(nothingLeft);

  const waits = async () => {
    const cell = kernel.client.execute(
      "console.log('begun'); await new Promise(go => setTimeout(go, 60_000));",
    );
    await cell.until(() => cell.text('stdout') !== '', 'it to begin');
    return cell;
  };
  const killSession = () => process.kill(processWhose(kernel, SESSION), 'SIGKILL');

  test('while no descriptor is left', async () => {
    const limit = (files: number) =>
      execFileSync('prlimit', ['--pid', String(kernel.process.pid), `--nofile=${files}:`]);
    const cell = await waits();
    limit(readdirSync(`/proc/${kernel.process.pid}/fd`).length);
    killSession();
    const reply = await cell.done();
    assert.equal(reply.status === 'error' && reply.ename, 'SessionEnded');
    const during = await kernel.client.execute('1').done();
    assert.equal(during.status, 'error');
    limit(1024);
    assert.equal((await kernel.client.execute('2').done()).status, 'ok');
  });

  test('after its folder was removed', async () => {
    const cell = await waits();
    rmSync(kernel.directory, { recursive: true });
    killSession();
    assert.match(JSON.stringify(await cell.done()), /was killed/);
    const next = kernel.client.execute(
      "import { Process } from 'parlab'; const p = new Process({ target: () => 5 }); p.start(); await p.join(); p.exitcode",
    );
    await next.done();
    assert.equal(next.result, '0');
    mkdirSync(kernel.directory);
  });
});
