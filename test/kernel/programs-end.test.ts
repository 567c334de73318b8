// Programs that cells start: they end with the session and with the kernel, however these end, and with the cell that is interrupted.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  COMPILER,
  findsProcesses,
  processWhose,
  type RealKernel,
  SESSION,
  sharedKernel,
  startRealKernel,
  untilNone,
  withKernel,
} from '../support/kernel/real-kernel';
import { nothingLeft } from '../support/processes/nothing-left';

after(nothingLeft);

/** A program that an interrupt does not end is killed after two seconds. */
const GONE_MS = 4000;

const USES =
  "import { spawn, execFile, execFileSync } from 'node:child_process'; import { once } from 'node:events';";
const LEFT = "const left = spawn('sleep', ['77']); left.on('exit', () => {}); console.log('begun');";

const RUNNING: [what: string, code: string][] = [
  ['`!sleep`', '!sleep 77'],
  ['`!` of a shell with a program in the background', "!bash -c 'sleep 77 & sleep 77; true'"],
  ['an awaited spawn', "await once(spawn('sleep', ['77']), 'exit')"],
  ['an awaited execFile', "await new Promise((go) => execFile('sh', ['-c', 'sleep 77; true'], go))"],
  ['execFileSync', "execFileSync('sleep', ['77'])"],
  ['a program that ignores the interrupt', '!sh -c \'trap "" INT; sleep 77; sleep 77\''],
];

function sleeping(kernel: RealKernel): number {
  return kernel.processes().filter((pid) => /^(sleep|sh|bash)\0(?!.*read -r name)/s.test(commandLine(pid)))
    .length;
}

function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

async function until(holds: () => boolean, what: () => string): Promise<void> {
  const deadline = Date.now() + GONE_MS;
  while (!holds()) {
    assert.ok(Date.now() < deadline, what());
    await sleep(20);
  }
}

async function begin(kernel: RealKernel, code: string) {
  await kernel.client.execute(USES).done();
  const running = kernel.client.execute(code);
  await until(
    () => sleeping(kernel) > 0,
    () => 'no program began',
  );
  return running;
}

describe('an interrupt', findsProcesses, () => {
  const kernel = sharedKernel();

  for (const [what, code] of RUNNING) {
    test(`ends ${what}`, async () => {
      const cell = await begin(kernel, code);
      await kernel.client.interrupt().done();
      const reply = await cell.done();
      assert.equal(reply.status === 'error' && reply.ename, 'KeyboardInterrupt');
      await until(
        () => sleeping(kernel) === 0,
        () => `${sleeping(kernel)} programs are left`,
      );
    });
  }

  test('ends what a program has left that has ended by itself', async () => {
    const cell = await begin(kernel, "!sh -c 'sleep 77 & true'");
    await until(
      () => kernel.processes().every((pid) => !commandLine(pid).startsWith('sh')),
      () => 'the shell does not end',
    );
    await kernel.client.interrupt().done();
    await cell.done();
    await until(
      () => sleeping(kernel) === 0,
      () => 'it is left',
    );
  });

  test('ends what an earlier cell has left only while no cell runs', async () => {
    await begin(kernel, LEFT);
    const cell = kernel.client.execute("console.log('begun'); await new Promise(() => {})");
    await cell.until(() => cell.text('stdout') === 'begun\n', 'the cell to begin');
    await kernel.client.interrupt().done();
    await cell.done();
    await sleep(100);
    assert.equal(sleeping(kernel), 1);
    await kernel.client.interrupt().done();
    await until(
      () => sleeping(kernel) === 0,
      () => 'it is left',
    );
  });
});

const kill = (pid: number | undefined, signal: NodeJS.Signals) => process.kill(pid as number, signal);

const ENDS: [what: string, end: (kernel: RealKernel) => void][] = [
  ['a shutdown', ({ client }) => client.request('shutdown_request', { restart: true }, 'control')],
  ['SIGTERM of the kernel', (kernel) => kill(kernel.process.pid, 'SIGTERM')],
  ['SIGKILL of the kernel', (kernel) => kill(kernel.process.pid, 'SIGKILL')],
  ['SIGKILL of the session', (kernel) => kill(processWhose(kernel, SESSION), 'SIGKILL')],
  [
    'SIGKILL of both',
    (kernel) => {
      const session = processWhose(kernel, SESSION);
      kill(kernel.process.pid, 'SIGKILL');
      kill(session, 'SIGKILL');
    },
  ],
  [
    'SIGKILL of the kernel while its session and its compiler are stopped',
    (kernel) => {
      for (const program of [SESSION, COMPILER]) kill(processWhose(kernel, program), 'SIGSTOP');
      kill(kernel.process.pid, 'SIGKILL');
    },
  ],
  ['process.exit()', ({ client }) => client.execute('process.exit()')],
];

const OUTLIVE: [what: string, code: string][] = [
  ['with `detached: true`', "spawn('sleep', ['78'], { detached: true, stdio: 'ignore' }).unref();"],
  ['with `setsid`', "spawn('setsid', ['sleep', '78'], { stdio: 'ignore' }).unref();"],
  ['as a daemon', "spawn('sh', ['-c', 'setsid sleep 78 & true'], { stdio: 'ignore' }).unref();"],
];
for (const [what, code] of OUTLIVE) {
  test(
    `A program that was started ${what} is to outlive the session, and does.`,
    findsProcesses,
    async () => {
      const kernel = await startRealKernel();
      const left = () => kernel.processes().filter((pid) => commandLine(pid) === 'sleep\x0078\0');
      try {
        await kernel.client.execute(`${USES}\n${code}`).done();
        await until(
          () => left().length === 1,
          () => 'no program began',
        );
      } finally {
        await kernel.stop();
        await sleep(500);
      }
      const outlived = left();
      for (const pid of outlived) kill(pid, 'SIGKILL');
      assert.equal(outlived.length, 1);
    },
  );
}

for (const [index, [what, end]] of ENDS.entries()) {
  const [running, code] =
    what === 'process.exit()' ? ['none', ''] : (RUNNING[index % RUNNING.length] as [string, string]);
  test(`With ${what} end ${running} and what an earlier cell has left.`, findsProcesses, async () => {
    await withKernel(async (kernel) => {
      await begin(kernel, LEFT);
      if (code !== '') kernel.client.execute(code);
      await until(
        () => sleeping(kernel) > (code === '' ? 0 : 1),
        () => 'no program began',
      );
      end(kernel);
      await until(
        () => sleeping(kernel) === 0,
        () => `${sleeping(kernel)} programs are left`,
      );
      if (/SIGKILL of the kernel|both/.test(what)) assert.deepEqual(await untilNone(kernel, GONE_MS), []);
    });
  });
}
