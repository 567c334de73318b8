// A session that is gone, or does not answer, and whose follower cannot be started as it was: the cell is told, and later cells run.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { after, afterEach, beforeEach, describe, test } from 'node:test';
import {
  findsProcesses,
  processWhose,
  type RealKernel,
  SESSION,
  startRealKernel,
} from '../support/kernel/real-kernel';
import { nothingLeft } from '../support/processes/nothing-left';

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

  test('by an interrupt, after it was stopped: that it does not answer is told', async () => {
    process.kill(processWhose(kernel, SESSION), 'SIGSTOP');
    const cell = kernel.client.execute('2');
    await cell.until(() => /does not answer/.test(cell.text('stderr')), 'the sentence');
    await kernel.client.interrupt().done();
    const reply = await cell.done();
    assert.match(reply.status === 'error' ? reply.evalue : '', /did not answer to an interrupt/);
    assert.equal((await kernel.client.execute('3').done()).status, 'ok');
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
